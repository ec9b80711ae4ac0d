"""The walk uses parameters of every operation of the OpenAPI document, and knows every status."""

import re
from collections import defaultdict
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import resolve

from tests.public.api import cases
from tests.public.api.contract import parameters, public_operations
from tests.public.api.guide.curl import asked
from tests.public.api.guide.pages import WALK, sections
from tracker.values.nouns import Noun

OPERATIONS = public_operations()
ALIKE = {name for noun in Noun for name in cases.optional(noun)}  # some tell of all
REFUSED = {"colour"}  # what the walk gets wrong to be told so
COMMANDS = [shown.command for _, commands in sections(WALK) for shown in commands]


def used() -> dict[str, set[str]]:
    """Return the parameters of addresses that the walk uses, by the path of the operation."""
    by_path = defaultdict(set)
    for command in COMMANDS:
        for address in asked(command)[1]:
            split = urlsplit(address)
            route = resolve(split.path)
            path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.route)
            by_path[path] |= {
                *route.kwargs,
                *(name for name, _ in parse_qsl(split.query, keep_blank_values=True)),
            }
    return by_path


def declared(path: str, *places: str) -> set[str]:
    return {
        parameter["name"] for parameter in parameters(OPERATIONS[path]) if parameter["in"] in places
    }


@pytest.mark.parametrize("path", OPERATIONS)
def test_the_walk_uses_every_parameter_of_an_operation(path: str) -> None:
    """Each at least once, but filters by optional fields;
    of a list or record in a form of it, or shared, as JSON.
    """
    whole = path if path.endswith("/") else f"{path.rpartition('.')[0]}/"
    shared = declared(whole, "path", "query") & used()[whole] if whole in OPERATIONS else set()
    assert declared(path, "path", "query") - used()[path] - shared - ALIKE == set()
    assert ALIKE & set().union(*used().values())


def test_the_walk_uses_none_that_there_is_not() -> None:
    unknown = {
        name for path, names in used().items() for name in names - declared(path, "path", "query")
    }

    assert unknown == REFUSED
    assert used().keys() == OPERATIONS.keys()


def test_the_walk_asks_on_condition() -> None:
    """And for a part of a file;
    curl sends these headers if it is to compare a tag, or given a range.
    """
    headers = {name for path in OPERATIONS for name in declared(path, "header", "cookie")}

    assert headers == {"If-None-Match", "Range", "If-Range"}
    assert any(asked(command)[0].range for command in COMMANDS)
    assert "`If-Range`" in WALK.read_text()
    assert any(asked(command)[0].etag_compare for command in COMMANDS)


def test_the_walk_tells_of_every_status() -> None:
    """That the document declares, and of 405, which belongs to no operation."""
    statuses = {status for operation in OPERATIONS.values() for status in operation["responses"]}
    documented = re.findall(r"^\| (\d{3}) \| \S", WALK.read_text(), re.MULTILINE)

    assert sorted(statuses | {"405"}) == documented
