"""What cells say, as JSON would have it; what can't be read says what to write."""

from typing import Annotated, Any

import pytest
from msgspec import Meta, Struct

from tracker.desk.imports.cells import items, typed
from tracker.desk.records.fields import layout
from tracker.models.fields import DecimalField, WholeNumberField
from tracker.models.kinds import Kind
from tracker.values.nouns import Noun
from tracker.values.problems import InvalidError

ISSUE, ACTOR, SOURCE, STANCE = (
    layout(noun).fields for noun in (Noun.ISSUE, Noun.ACTOR, Noun.SOURCE, Noun.STANCE)
)
CITATIONS = layout(Noun.STANCE).parts["citations"]


class Poll(Struct, kw_only=True):
    """A number of each kind."""

    place: Annotated[int | None, Meta(description="Which place.")]
    share: Annotated[float | None, Meta(description="Which part.")]


PLACE, SHARE = (
    WholeNumberField(Poll, "place"),
    DecimalField(Poll, "share", max_digits=4, decimal_places=2),
)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (ISSUE["title"], "'=1+1", "=1+1"),
        (ISSUE["title"], " NA ", " NA "),
        (ISSUE["themes"], '["energy","trade"]', ["energy", "trade"]),
        (ISSUE["themes"], "Energy; trade;", ["energy", "trade"]),
        (ACTOR["aliases"], " one; two;; NA ", ["one", "two", "NA"]),
        (ACTOR["aliases"], '["None","NA",""]', ["None", "NA", ""]),
        (STANCE["hedged"], "TRUE", True),
        (STANCE["hedged"], "false", False),
        (STANCE["hedged"], "1", "1"),
        (STANCE["since"], " 201X ", "201X"),
        (STANCE["actor"], " china ", "china"),
        (ACTOR["names"], '{"zh":"中国"}', {"zh": "中国"}),
        (ACTOR["names"], "zh: 中国; ru: Китай", {"zh": "中国", "ru": "Китай"}),
        (SOURCE["authors"], "Stokes, Jacob", [{"family": "Stokes", "given": "Jacob"}]),
        (PLACE, " 12 ", 12),
        (PLACE, "a dozen", "a dozen"),
        (SHARE, " 0.50 ", "0.50"),
    ],
)
def test_cells_are_read(field: Kind, cell: str, value: Any) -> None:
    assert typed(field, cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "says"),
    [
        (ISSUE["themes"], '["energy"', "JSON"),
        (ACTOR["aliases"], "[Peking", "JSON"),
        (ACTOR["names"], '{"zh":"a","zh":"b"}', "the key “zh” comes twice"),
        (SOURCE["authors"], "Stokes, Jacob, Jr., x", "too many commas"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(field: Kind, cell: str, says: str) -> None:
    with pytest.raises(InvalidError, match=says):
        typed(field, cell)


@pytest.mark.parametrize(
    ("cell", "parsed"),
    [
        ("[]", []),
        ("[{}]", [{}]),
        (
            '[{"source":3,"locator":4,"relation":"Supports"}]',
            [{"source": 3, "locator": "4", "relation": "supports"}],
        ),
    ],
)
def test_items_are_read(cell: str, parsed: Any) -> None:
    assert items(CITATIONS, cell) == parsed


@pytest.mark.parametrize("cell", ['{"a":1}', "[1]"])
def test_what_is_no_list_of_objects_is_told(cell: str) -> None:
    with pytest.raises(InvalidError, match="list of objects"):
        items(CITATIONS, cell)
