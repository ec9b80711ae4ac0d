"""Names of the OpenAPI document of which clients in typed languages are made,
each of which has names of its own.

What compiles clients in Java and Go isn't everywhere;
what kept them from compiling can be looked at.
"""

import re
from collections import Counter
from collections.abc import Iterable

from tests.public.api.guide.pages import START
from tracker.public.api.documentation import document, publication

# Of java.lang, java.util and java.time, which generated classes name without a package;
# likewise JavaScript's own.
OF_JAVA = """
    Boolean Byte Character CharSequence Class ClassLoader Cloneable Comparable Deprecated Double Enum Error Exception
    Float FunctionalInterface Integer Iterable Long Math Module Number Object Override Package Process Readable Record
    Runnable Runtime Short String StringBuffer StringBuilder SuppressWarnings System Thread Throwable Void ArrayList
    Arrays BitSet Calendar Collection Collections Comparator Currency Date Dictionary Formatter GregorianCalendar
    HashMap HashSet Iterator LinkedHashMap LinkedHashSet LinkedList List Locale Map Objects Observer Optional Properties
    Queue Random Scanner Set Stack StringJoiner Timer TimeZone TreeMap TreeSet UUID Vector Clock Duration Instant
    LocalDate LocalDateTime LocalTime Month OffsetDateTime OffsetTime Period Year ZonedDateTime ZoneId
"""
OF_JAVASCRIPT = "Array Function JSON Promise Proxy Reflect RegExp Request Response Symbol"


def twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def constant(*words: str) -> str:
    """Return a constant as OpenAPI Generator names it:
    letters and digits alone count, in capitals.
    """
    return re.sub(r"\W+", "_", "_".join(words)).upper()


def test_no_component_hides_a_class_that_languages_have() -> None:
    assert (
        document()["components"]["schemas"].keys() & {*OF_JAVA.split(), *OF_JAVASCRIPT.split()}
        == set()
    )


def test_components_are_told_apart_in_files_whose_names_have_no_case() -> None:
    assert twice(map(str.casefold, document()["components"]["schemas"])) == []


def test_terms_are_constants_of_their_own_in_a_package_of_go() -> None:
    """Each with the name of its vocabulary before it, as the guide's command asks for;
    those of one in any language.
    """
    schemas = publication()["components"]["schemas"]

    assert "-g go -p enumClassPrefix=true" in START.read_text()
    assert (
        twice(
            constant(name, term)
            for name, schema in schemas.items()
            for term in schema.get("enum", ())
        )
        == []
    )


def test_no_component_is_called_as_what_makes_another_in_go() -> None:
    """`NewActor` makes an `Actor`, `NullableActor` is one that may be null;
    so it is of the publication alone.
    """
    names = publication()["components"]["schemas"].keys()

    assert [name for name in names if f"New{name}" in names or f"Nullable{name}" in names] == []
    assert "api/v1/schema/public/ -g go" in START.read_text()


def test_the_document_says_of_which_server_it_is() -> None:
    """Without it generated clients ask a server on localhost, whatever they were made of."""
    for of in (document(), publication()):
        assert [server["url"] for server in of["servers"]] == ["/"]


def test_no_component_has_a_property_of_its_own_name() -> None:
    """Clients in Python make one in a variable that is called as the component is,
    and as the property.
    """
    schemas = document()["components"]["schemas"].items()
    names = {name: re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() for name, _ in schemas}
    assert [name for name, schema in schemas if names[name] in schema.get("properties", ())] == []
