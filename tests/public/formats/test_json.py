"""JSON in cells: strict, and nothing that PostgreSQL can't keep."""

import pytest

from tracker.public.formats.json import NotJsonError, read_json, write_json


def test_what_is_written_is_compact_and_comes_back() -> None:
    value = {"zh": "中国", "list": [1, None, True, "a\\u0000b"]}
    assert write_json(value) == '{"zh":"中国","list":[1,null,true,"a\\\\u0000b"]}'
    assert read_json(write_json(value)) == value


def test_a_number_is_whole_however_it_is_written() -> None:
    assert [type(number) for number in read_json("[3, 3.0, 3e2, 2.5]")] == [int, int, int, float]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "at character 2"),
        ('{"a":1,"a":2}', "“a” comes twice"),
        ('[{"a":{"b":1,"b":2}}]', "“b” comes twice"),
        ("[NaN]", "NaN"),
        ("[-Infinity]", "-Infinity"),
        ('["\\u0000"]', "NUL"),
        ('{"\\ud800":1}', "half of a pair"),
        ("[" * 100_000, "deeply nested"),
        ("9" * 5_000, "digits"),
        ("nul", "at character 1"),
        ("[1] 2", "at character 5"),
    ],
)
def test_what_cannot_be_kept_is_refused(text: str, says: str) -> None:
    with pytest.raises(NotJsonError, match=says):
        read_json(text)
