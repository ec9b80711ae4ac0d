"""A body is checked field by field: all that is wrong is said at once, each with where it is."""

from datetime import date
from typing import Annotated, Any

import pytest
from msgspec import Meta

from tracker.desk.api.http.payloads import Body, Number, Text, parse
from tracker.values.problems import InvalidError

UNWANTED = "it is not what is wanted here; write {}"
A_DAY = UNWANTED.format("a day that has come, “2019-06-05”")


class Item(Body):
    """One of a list."""

    colour: Annotated[
        str, Meta(description="Say which.", extra_json_schema={"enum": ["red", "blue"]})
    ]
    size: Annotated[Number, Meta(description="Give its size.")]


class Thing(Body):
    """A thing."""

    name: Annotated[Text, Meta(description="Say what it is called.")]
    key: Annotated[Text | Number | None, Meta(description="Its key.")] = None
    on: Annotated[date | None, Meta(description="The day.")] = None
    note: Annotated[str | None, Meta(description="What there is to say.")] = None
    items: Annotated[
        Annotated[list[Item], Meta(max_length=2)] | None, Meta(description="Its items.")
    ] = None


def faults(body: Any) -> dict[str, tuple[str, str]]:
    """Return what is wrong with a body, by where: code and message."""
    with pytest.raises(InvalidError) as refused:
        parse(body, Thing)
    return {
        "/".join(map(str, problem.path)): (problem.code, problem.text)
        for problem in refused.value.problems
    }


def test_everything_that_is_wrong_is_said_at_once() -> None:
    """However deep, and though one field is unknown and another one missing."""
    item = {"colour": "green", "size": 0, "colur": 1}

    problems = faults(
        {"key": True, "on": "2019-02-30", "note": 1, "items": [{"colour": "red", "size": 1}, item]}
    )

    assert problems == {
        "name": ("required", "it is missing; say what it is called."),
        "key": ("invalid", UNWANTED.format("text in quotation marks or a whole number")),
        "on": ("invalid", A_DAY),
        "note": ("invalid", UNWANTED.format("text in quotation marks")),
        "items/1/colur": (
            "unknown_field",
            "there is no such field; did you mean colour? write one of colour, size",
        ),
        "items/1/colour": ("invalid", UNWANTED.format("one of red, blue")),
        "items/1/size": (
            "invalid",
            "it is out of range; write a whole number from 1 to 2147483647",
        ),
    }


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", " ", "it is missing; say what it is called."),
        ("name", "\u200b\ufeff", "it is missing; say what it is called."),
        ("name", ["a"], UNWANTED.format("text in quotation marks")),
        ("key", 1.0, UNWANTED.format("text in quotation marks or a whole number")),
        ("key", 2**31, "it is out of range; write a whole number from 1 to 2147483647"),
        ("on", "9999-01-01", A_DAY),
        ("on", 20190605, A_DAY),
        ("note", [], UNWANTED.format("text in quotation marks")),
        ("items", {}, UNWANTED.format("a list: […]")),
        ("items", [{}, {}, {}], "it lists 3; list at most 2, and the others in another request"),
        ("items", ["red"], "it is no object; write {…}"),
    ],
)
def test_a_value_that_is_not_what_is_wanted_is_told_what_would_be(
    field: str, value: Any, says: str
) -> None:
    """By the annotation of its field."""
    problems = faults({"name": "A thing", field: value})

    assert [text for _, text in problems.values()] == [says]


def test_what_is_no_object_is_told_so() -> None:
    """There is no field that it could be about."""
    assert faults([]) == {"": ("invalid", "it is no object; write {…}")}


def test_texts_come_without_blanks_and_what_says_nothing_is_left_out() -> None:
    """A blank text and null alike; a day is one."""
    body = {
        "name": " A thing ",
        "key": None,
        "note": "  ",
        "on": "2019-06-05 ",
        "items": [{"colour": "red", "size": 3}],
    }

    thing = parse(body, Thing)

    assert (thing.name, thing.key, thing.note, thing.on) == (
        "A thing",
        None,
        None,
        date(2019, 6, 5),
    )
    assert [(item.colour, item.size) for item in thing.items or ()] == [("red", 3)]
