"""Objects of JSON, one by one."""

import re
from io import BytesIO

import pytest

from tracker.public.formats import json
from tracker.public.formats.json import read_objects
from tracker.public.formats.rows import UnreadableError


@pytest.mark.parametrize(
    "content",
    [
        b'[{"a":1},{"a":2}]',
        b'\n[\n {"a": 1},\n {"a": 2}\n]\n',
        b'{"a":1}\n{"a":2}\n',
        '[{"a":1},{"a":2}]'.encode("utf-16"),
        b'\xef\xbb\xbf[{"a":1},{"a":2}]',
    ],
)
def test_a_list_or_one_after_the_other_in_any_unicode(content: bytes) -> None:
    assert list(read_objects(BytesIO(content))) == [(1, {"a": 1}), (2, {"a": 2})]


def test_objects_may_lie_across_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "PIECE", 3)
    written = '[{"a":"中国"},{"b":[1,2,{"c":"}"}]}]'.encode()
    assert list(read_objects(BytesIO(written))) == [
        (1, {"a": "中国"}),
        (2, {"b": [1, 2, {"c": "}"}]}),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'[{"a":1},{"b":', "line 2: this is not JSON"),
        (b'[{"a":1},', "line 2: the list has no end; is the file whole?"),
        (b'[{"a":"\xff"}]', "line 1: this is not UTF-8"),
        (b'[{"a":' + b"[" * 100_000, "too deeply nested"),
    ],
)
def test_what_is_wrong_is_told_with_the_number_of_the_object(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        list(read_objects(BytesIO(content)))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"1", "line 2: this is no object"),
        (b'{"a":1,"a":2}', "line 2: .*comes twice"),
        (b'{"a":NaN, "b":{}}', "NaN is no JSON"),
        (b'{"a":"\\u0000"}', "NUL"),
        (b'{"a":' + b"9" * 5000 + b"}", "this is no JSON that can be taken"),
        (b'{"a":' + b"[" * 60 + b"]" * 60 + b"}", "too deeply nested, over 50 levels"),
    ],
)
@pytest.mark.parametrize("write", [b'[{"a":1},%s,{"a":2}]', b'{"a":1}\n%s\n{"a":2}\n'])
@pytest.mark.parametrize("piece", [3, 1 << 18])
def test_one_that_cannot_be_taken_is_told_and_the_next_ones_are_read(
    content, says, write, piece, monkeypatch
):
    monkeypatch.setattr(json, "PIECE", piece)

    (_, first), (_, bad), (_, last) = read_objects(BytesIO(write % content))

    assert (first, last) == ({"a": 1}, {"a": 2})
    assert isinstance(bad, UnreadableError)
    assert re.search(says, str(bad))


def test_an_object_without_end_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "LONGEST_OBJECT", 1000)
    with pytest.raises(UnreadableError, match="an object is longer than 1,000 characters"):
        list(read_objects(BytesIO(b'[{"a":"' + b"x" * 2_000_000)))
