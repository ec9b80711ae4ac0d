"""Query strings and keys that nobody sends who means well:
each is refused by name, or finds nothing.
"""

import re
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import quote

import pytest

from tests.public.api.hostile.requests import Answer, Asked, World, is_desk

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]

VALUES = {
    "a NUL": "a%00b",
    "no UTF-8": "%FF%FE",
    "half of a character": "%ED%A0%80",
    "nothing": "",
    "2**31": str(2**31),
    "2**63": str(2**63),
    "-2**63": str(-(2**63)),
    "forty digits": "1" * 40,
    "10**4000": str(10**4000),
    "10**5000": "1" + "0" * 5000,
    "digits of another script": quote("١٢٣"),
    "no number": "NaN",
    "a float": "1e999",
    "a bad day": "2019-02-30",
    "year 0": "0000-01-01",
    "year 10**9": "1000000000-01-01",
    "a moment out of range": "0001-01-01T00:00:00%2B14:00",
    "an offset out of range": "2019-01-01T00:00:00%2B99:99",
    "a regular expression": quote("(a+)+$|.*\\"),
    "a pattern": "%25_%25",
    "SQL": quote("'; DROP TABLE tracker_stance; --"),
    "a format": quote("%(q)s {0} %s %%"),
    "quotes": "%22" * 333,
    "operators": quote("& | ! ( ) <-> :* OR OR -"),
    "or, without end": quote(" OR ".join("a" * 200))[:3000],
    "words, without end": quote(" ".join("abcdefghij" * 45)),
    "minus, without end": quote("-" * 1000),
    "minus among operators": quote("(-!" * 300 + "a"),
    "minus before nothing": quote('-""' * 300 + "- -a"),
    "Chinese without end": quote("中" * 1000),
    "a long text": "x" * 50_000,
    "commas": "," * 5000,
    "markup": quote("<script>alert(1)</script>"),
    "a new line": "a%0D%0ASet-Cookie:%20a=b",
    "right to left": quote("\u202e\u2066abc"),
    "an emoji": quote("🇨🇳" * 100),
    "-": "-",
    "--id": "--id",
}


def encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


CURSORS = [
    "!!!",
    "=",
    "%00",
    "A" * 10_001,
    encoded(""),
    encoded("[" * 100_000),
    encoded("[[]]"),
    encoded("[null]"),
    encoded(f"[{10**400}]"),
    encoded(f"[{2**31}]"),
    encoded(f"[{2**63}]"),
    encoded("[1e999]"),
    encoded("[NaN]"),
    encoded('["\\ud800"]'),
    encoded('["\\u0000"]'),
    encoded('["9999-12-31",-1]'),
    encoded('["x",1]'),
    encoded("[1.5]"),
    encoded("[-1]"),
    encoded('["2019-01-01",99999999999]'),
    encoded("{}"),
    encoded("[true,false]"),
]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_whatever_a_parameter_is_given_is_a_kind_answer(everything: World, value: str) -> None:
    """One of each kind at each face, and all of an address at once; what is refused is named."""
    kinds = {
        (type(by), is_desk(operation)): (by.name, operation)
        for operation in everything.that("GET")
        for by in parameters(operation.view)
    }
    responses = [
        everything.ask(operation, f"?{name}={value}") for name, operation in kinds.values()
    ]
    whole = [
        everything.ask(
            operation, "?" + "&".join(f"{by.name}={value}" for by in parameters(operation.view))
        )
        for operation in everything.that("GET")
        if parameters(operation.view)
    ]

    assert len(responses) > 20
    assert len(whole) > 30
    assert [
        response
        for response in responses
        if response.status == 400 and name_of(response) not in response.places
    ] == []
    assert [response for response in [*whole, *responses] if not response.is_kind] == []
    assert {response.status for response in responses} <= {200, 400}
    assert {response.status for response in whole} == {400}


def name_of(answer: Answer) -> str:
    return answer.where.partition("?")[2].partition("=")[0]


def parameters(view: Any) -> list[Any]:
    return list(view.declared()) if hasattr(view, "declared") else []


def test_no_filter_takes_more_values_than_anybody_needs(everything: World) -> None:
    """One of each kind at each face, however they are written; the limit is named."""
    kinds = {
        (type(by), by.many, by.splits, is_desk(operation)): (by, operation)
        for operation in everything.that("GET")
        for by in parameters(operation.view)
    }
    values = [str(number) for number in range(1, 10_000)]
    for by, operation in kinds.values():
        responses = [everything.ask(operation, f"?{by.name}={f'&{by.name}='.join(values)}")]
        responses += (
            [everything.ask(operation, f"?{by.name}={','.join(values)}")] if by.splits else []
        )
        for answer in responses:
            assert (answer.status, answer.places, len(answer.payload["errors"])) == (
                400,
                {by.name},
                1,
            ), answer
            assert not by.many or "1,000" in answer.payload["errors"][0]["detail"]


@pytest.mark.parametrize(
    "name", ["%00", "%FF", "a" * 10_000, "id%5B%5D", "__proto__", "", "%F0%9F%98%80"]
)
def test_whatever_a_parameter_is_called_it_is_refused_by_name(everything: World, name: str) -> None:
    responses = [everything.ask(operation, f"?{name}=1") for operation in everything.that("GET")]

    assert [
        response
        for response in responses
        if response.status != 400 or not response.is_kind or not response.places
    ] == []


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_that_nobody_handed_out_is_a_kind_answer(everything: World, cursor: str) -> None:
    lists = [
        operation
        for operation in everything.that("GET")
        if "cursor" in {by.name for by in parameters(operation.view)}
    ]
    for operation in lists:
        named = {by.name: by for by in parameters(operation.view)}
        orders = [f"&ordering={word}" for word in getattr(named.get("ordering"), "words", ())] or [
            ""
        ]
        edition = "&edition=1" if "edition" in named else ""
        responses = [
            everything.ask(operation, f"?cursor={cursor}{edition}{order}") for order in orders[:3]
        ]
        assert [response for response in responses if not response.is_kind] == []


KEYS = [
    "%00",
    "%FF",
    "%ED%A0%80",
    "1" * 40,
    "1" + "0" * 4000,
    "1" + "0" * 5000,
    "0",
    "-1",
    "%2e%2e",
    "%2F",
    "a%0D%0Ab",
    "x" * 5000,
    quote("北京"),
    quote("🇨🇳"),
    quote("١"),
    "1e3",
    "NaN",
    "%25",
    "%22",
    "%5C",
    ";",
    str(2**31),
    str(2**63),
    "%20",
]


@pytest.mark.parametrize("key", KEYS)
def test_whatever_a_key_is_it_is_found_or_not(everything: World, key: str) -> None:
    responses = [
        everything.ask(
            operation,
            with_key(operation, variable, key),
            b"{}" if operation.method in ("POST", "PATCH") else None,
        )
        for operation in everything.kinds("GET", "POST", "PATCH", "DELETE")
        for variable in re.findall(r"{\w+}", operation.path)
    ]

    assert len(responses) > 45
    assert [response for response in responses if not response.is_kind] == []
    assert {response.status for response in responses} <= {308, 404, 405}


def with_key(operation: Asked, variable: str, key: str) -> str:
    parts = zip(operation.path.split("/"), operation.address.split("/"), strict=True)
    return "/".join(
        part.replace(variable, key) if variable in part else part_or_key
        for part, part_or_key in parts
    )
