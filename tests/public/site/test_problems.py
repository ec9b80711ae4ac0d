"""What is wrong with the address of a file is told as a problem, which programs read;
of a page, as a page.
"""

import re
from typing import Any

import pytest

from tests.factories import ActorFactory, IssueFactory
from tests.public.api.publishing import edit, publish, retract
from tests.public.site.conftest import Visitor
from tracker.public.cards.pictures.files import SUFFIXES
from tracker.public.http import costly
from tracker.public.http.problems import FILE_ENDINGS, PROBLEM
from tracker.public.site.page import SAYS
from tracker.public.site.urls import PAGES

pytestmark = pytest.mark.django_db


def wrong_addresses() -> list[str]:
    """Return the address of each page that has keys, without slash, with keys of nothing."""
    addresses = []
    for address in PAGES:
        if "<" in address:
            numbered = re.sub(r"<int:\w+>", "999", address)
            addresses.append("/" + re.sub(r"<str:\w+>", "nothing", numbered).removesuffix("/"))
    return addresses


def problem(visitor: Visitor, address: str) -> tuple[int, str]:
    """Return status and detail of what is wrong with an address."""
    response = visitor.get(address)
    assert response.headers["Content-Type"] == PROBLEM, address
    told: dict[str, Any] = response.json()
    assert told["status"] == response.status_code, address
    assert told["detail"], address
    return told["status"], told["detail"]


def test_every_ending_of_a_file_is_known() -> None:
    assert {*FILE_ENDINGS} == {"bib", "ris", "csljson", *SAYS, *SUFFIXES, "xml"}


def test_a_file_of_a_wrong_key_is_answered_as_a_problem(visitor: Visitor) -> None:
    publish(ActorFactory(), IssueFactory())

    for address in wrong_addresses():
        for ending in FILE_ENDINGS:
            assert problem(visitor, f"{address}.{ending}")[0] == 404, (address, ending)
        assert visitor.get(f"{address}/").headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("address", ["/nothing.bib", "/editions/first.bib", "/sitemap-nothing.xml"])
def test_an_address_of_no_page_is_answered_as_a_problem(visitor: Visitor, address: str) -> None:
    assert problem(visitor, address)[0] == 404


def test_what_is_wrong_with_the_address_of_a_file_is_told_to_programs(
    visitor: Visitor, settings: Any
) -> None:
    """As the API does, for each reason."""
    actor = ActorFactory(slug="kingdom")
    publish(IssueFactory())
    publish(actor)
    publish(edit(actor, name="Republic"))
    retract(actor)
    settings.WITHHELD = ((3, 3),)

    assert problem(visitor, "/actors/nobody.bib") == (
        404,
        "No actor was ever published under “nobody”.",
    )
    assert problem(visitor, "/actors/kingdom.bib?edition=1") == (
        404,
        "This actor was not public yet in edition 1.",
    )
    assert problem(visitor, "/actors/kingdom.bib")[0] == 410
    assert problem(visitor, "/actors.bib?nothing=1&edition=x")[0] == 400
    faults = visitor.get("/actors.bib?nothing=1&edition=x").json()["errors"]
    assert sorted(fault["parameter"] for fault in faults) == ["edition", "nothing"]
    assert problem(visitor, "/actors.bib?edition=3") == (
        451, "Edition 3 is withheld for a legal reason. The nearest that are shown: 2 and 4.",
    )  # fmt: skip
    with costly.WAITING:
        assert problem(visitor, "/index.card")[0] == 503
