"""What a noun still lacks, asked of the code: `python -m tests.stubs.missing NOUN [FIELD]`."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace

import django
from django.core.management import call_command

from tests.stubs.insertion import OPEN, ROOT

LOGS = ("CHANGELOG.md", "tracker/public/api/CHANGELOG.md")
NEXT = "Then: make check; make test-fast; make up, to look at it; make test."


def missing(noun: str, field: str) -> Iterator[str]:
    """Yield what is open, a line each: texts first, then what the noun's declarations want."""
    for path in sorted(
        [*(ROOT / "tracker").rglob("*.py"), *(ROOT / "tests" / "factories").glob("*.py")]
    ):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if OPEN in line:
                yield f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
    for log in LOGS:
        latest, name = (ROOT / log).read_text(encoding="utf-8").split("\n## ")[1], field or noun
        if name not in latest and name.replace("_", " ") not in latest:
            yield f"{log}: its newest part does not tell of {name}"
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        command = (
            f"manage.py makemigrations -n {field}"
            if field
            else f"python -m tests.stubs.migration {noun}"
        )
        yield f"tracker/migrations/: lacks what changed in models: {command}"
    for place, names in _undeclared(noun):
        if names:
            yield f"{place} lacks {', '.join(sorted(names))} of {noun}"


def _undeclared(name: str) -> Iterator[tuple[str, set[str]]]:
    from tests.golden.parameters import used_parameters
    from tests.public.api import cases
    from tests.public.api.test_ordering import VALUES
    from tracker.public.api.documentation import document
    from tracker.schema.records import ORDERS, SHAPES
    from tracker.values.nouns import Noun

    noun = Noun(name)
    declared = document()["components"]["schemas"].get(noun.capitalize(), {"properties": {}})[
        "properties"
    ]
    yield (
        "tracker/public/api/openapi.yaml (make contract)",
        set(SHAPES[noun].__struct_fields__) - declared.keys(),
    )
    filters, path = (
        cases.filters(noun) - cases.optional(noun).keys(),
        f"tests.public.api.v1.test_{noun.plural}",
    )
    try:
        tried = import_module(path)
    except ModuleNotFoundError:
        tried = SimpleNamespace(FINDS=())
    yield f"{path.replace('.', '/')}.py: FINDS", filters - cases.names(tried.FINDS)
    yield (
        "tests/golden/questions/queries.txt",
        filters - used_parameters().get(f"/api/v1/{noun.plural}/", set()),
    )
    yield (
        "tests/public/api/test_ordering.py: VALUES",
        {order.name for order in ORDERS[noun]} - VALUES.keys(),
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(*(f"- {line}" for line in missing(sys.argv[1], "".join(sys.argv[2:]))), NEXT, sep="\n")
