"""Bodies that nobody sends who means well:
each is refused, pointing to what is wrong, and nothing is half-written.
"""

import gzip
import json
from typing import Any

import pytest

from tests.public.api.hostile.requests import JSON, Answer, Asked, World
from tracker.desk.records.fields import layout

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]

UNREADABLE = {
    "arrays 100,000 deep": b"[" * 100_000,
    "arrays 100,000 deep, closed": b"[" * 100_000 + b"]" * 100_000,
    "objects 50,000 deep": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "60 deep": b'{"a":' + b"[" * 60 + b"]" * 60 + b"}",
    "900 deep, escaped": b'{"\\u0061":' + b"[" * 900 + b"]" * 900 + b"}",
    "no JSON": b"{a: 1}",
    "half of it": b'{"summary": "',
    "nothing but space": b"   ",
    "two of it": b"{}{}",
    "NaN": b'{"summary": NaN}',
    "Infinity": b'{"summary": -Infinity}',
    "1e999": b'{"summary": 1e999}',
    "10**5000": b'{"summary": 1' + b"0" * 5000 + b"}",
    "a key twice": b'{"summary": "a", "summary": "b"}',
    "a key twice, further in": b'{"citations": [{"source": 1, "source": 2}]}',
    "half of a character": b'{"summary": "\\ud800"}',
    "half of a character as a key": b'{"\\udfff": 1}',
    "a NUL": b'{"summary": "a\\u0000b"}',
    "a NUL as it is": b'{"summary": "a\x00b"}',
    "no UTF-8": b'{"summary": "\xff\xfe"}',
    "half of a character in UTF-8": b'{"summary": "\xed\xa0\x80"}',
    "UTF-16": json.dumps({"summary": "a"}).encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "a text": b'"a"',
    "a field that there is not": b'{"__class__": 1, "": 2, "~/a": {}}',
    "10,000 fields that there are not": json.dumps(
        {f"f{number}": number for number in range(10_000)}
    ).encode(),
}
VALUES: dict[str, Any] = {
    "null": None,
    "true": True,
    "0": 0,
    "-1": -1,
    "2**31": 2**31,
    "2**63": 2**63,
    "10**40": 10**40,
    "10**4000": 10**4000,
    "1.5": 1.5,
    "1e308": 1e308,
    "an empty text": "",
    "a space": " ",
    "a slug": "china",
    "forty digits": "1" * 40,
    "a long text": "x" * 50_000,
    "a long text of many words": " ".join(map(str, range(5_000))),
    "an address": f"https://example.org/{'a' * 5000}",
    "a bad address": "http://[::1",
    "no address": "javascript:alert(1)",
    "right to left": "\u202e\u2066\ufeff\u200b",
    "lines": "a\r\nb\tc",
    "what no text may have": "a\x0b\x85\u2028",
    "an emoji": "🇨🇳" * 1000,
    "markup": "<script>alert(1)</script>",
    "a formula": "=cmd|' /C calc'!A0",
    "a year 10**9": "1000000000",
    "year Y17E7": "Y170000002",
    "year 0": "0000",
    "years without end": "[" + ",".join(map(str, range(1000, 9999))) + "]",
    "a set of 100,000": "{" + ",".join(["2019"] * 100_000) + "}",
    "a span the wrong way round": "[9999-12-31..0001-01-01]",
    "doubts": "2019" + "?~%" * 10_000,
    "intervals": "2019/" * 10_000,
    "unknown digits": "XXXX-XX-XX",
    "a date as an object": {"edtf": ["2019"]},
    "a date as an object of objects": {"edtf": {"edtf": "2019"}},
    "an empty list": [],
    "an empty object": {},
    "lists": [[[[]]]],
    "objects": [{}],
    "a list of nulls": [None, None],
    "10,000 items": [{"a": 1}] * 10_000,
    "10,000 texts": ["a"] * 10_000,
    "a reference": {"slug": ["china"], "id": 1},
    "a reference by a large number": {"id": 2**70},
    "a reference by nothing": {"slug": None},
    "names": {"zh": "x" * 100_000, "": "", "xx-not-a-language": 1},
    "authors": [{"family": 1e300, "given": 10**400}],
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_body_that_can_not_be_taken_is_refused(everything: World, body: bytes) -> None:
    every = everything.that if body == b"[]" else everything.kinds
    responses = [everything.ask(operation, body=body) for operation in every("POST", "PATCH")]

    assert len(responses) > (50 if body == b"[]" else 15)
    assert [
        response for response in responses if not response.is_kind or response.status != 400
    ] == []
    assert [
        response
        for response in responses
        if not all(place[:1] in ("", "/") for place in response.places)
    ] == []
    assert [response for response in responses if not response.payload["errors"]] == []


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_whatever_fields_hold_is_a_kind_answer(everything: World, value: Any) -> None:
    """All fields of a body, then all of its parts; what is refused points to them."""
    responses = [
        everything.ask(operation, body=encoded(body))
        for operation in everything.kinds("POST", "PATCH")
        for body in bodies(operation.view, value)
    ]

    assert len(responses) > 15
    assert [response for response in responses if not response.is_kind] == []
    refused = [response for response in responses if response.status == 400]
    assert [
        response
        for response in refused
        if not all(place.startswith("/") for place in response.places)
    ] == []


def bodies(view: Any, value: Any) -> list[dict[str, Any]]:
    if view.payload is not None:
        return [dict.fromkeys(view.payload.__struct_fields__, value)]
    if view.noun is None:
        return [{"slug": "x", "kind": "state", "name": value}]  # of a file
    of = layout(view.noun)
    parts = {name: [dict.fromkeys(part.fields, value)] for name, part in of.parts.items()}
    return [dict.fromkeys((*of.fields, *of.parts), value), parts]


def without_files(asked: list[Asked]) -> list[Asked]:
    """Leave out what takes a file of any format as its body: test_imports."""
    return [operation for operation in asked if not operation.view.files]


LONG = ["a long text of many words", "right to left", "lines"]


@pytest.mark.parametrize("value", [VALUES[name] for name in LONG], ids=LONG)
def test_whatever_text_a_record_is_given_is_kept_or_refused(everything: World, value: str) -> None:
    """Field by field, so that what can be kept reaches the database and its indexes."""
    patches = everything.that("PATCH")
    responses = [
        (name, everything.ask(operation, body=encoded({name: [value] if is_list else value})))
        for operation in patches
        for name in layout(operation.view.noun).fields
        for is_list in (False, True)
    ]

    assert {response.status for _, response in responses} == {200, 400}
    assert [response for _, response in responses if not response.is_kind] == []
    assert [
        response
        for name, response in responses
        if response.status == 400 and not pointed(response, name)
    ] == []


def encoded(payload: Any) -> bytes:
    return json.dumps(payload, ensure_ascii=False).encode()


def pointed(answer: Answer, name: str) -> bool:
    return any(
        place in (f"/{name}", "") or place.startswith(f"/{name}/") for place in answer.places
    )


def test_a_body_of_more_than_a_megabyte_is_refused_unread(everything: World) -> None:
    for operation in without_files(everything.that("POST", "PATCH", "DELETE")):
        answer = everything.ask(operation, body=b" " * 999_998 + b"{}")
        assert answer.is_kind, answer
        assert answer.status != 413, answer
        answer = everything.ask(operation, body=b" " * 999_999 + b"{}")
        assert (answer.status, answer.is_kind) == (413, True), answer


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/xml"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": "multipart/form-data; boundary=x"},
        {"Content_Type": "multipart/form-data"},
        {"Content_Type": "application/json; charset=utf-16"},
        {"Content_Type": "application/json; charset=nonsense"},
        {"Content_Type": "application/jsonx"},
        {"Content_Type": "application"},
        {"Content_Type": "/"},
        {"Content_Type": ";;;="},
        {"Content_Type": "\x00"},
        {"Content_Type": "ÿ/ÿ"},
        {"Content_Type": ""},
        {"Content_Encoding": "gzip"},
        {"Content_Encoding": "identity, br"},
    ],
)
def test_a_body_that_says_that_it_is_no_json_is_a_415(
    everything: World, headers: dict[str, str]
) -> None:
    body = gzip.compress(b"{}") if "Content_Encoding" in headers else b"{}"
    for operation in without_files(everything.kinds("POST", "PATCH")):
        answer = everything.ask(operation, body=body, **headers)
        assert (answer.status, answer.is_kind) == (415, True), answer


@pytest.mark.parametrize(
    "media_type",
    ['application/json; charset="UTF-8"', "APPLICATION/JSON", "application/json;", JSON],
)
def test_a_body_that_says_that_it_is_json_is_read(everything: World, media_type: str) -> None:
    for operation in without_files(everything.kinds("POST", "PATCH")):
        answer = everything.ask(operation, body=b'{"colour": 1}', Content_Type=media_type)
        assert (answer.status, answer.places & {"/colour"}) == (400, {"/colour"}), answer
