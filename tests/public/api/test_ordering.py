"""Orders of lists: each documented field, both ways, several together;
every walk finds every record once.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pytest

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole
from tracker.schema.records import ORDERS

pytestmark = pytest.mark.django_db

Record = dict[str, Any]
BEFORE_ALL = "0001-01-01"
VALUES: dict[str, Callable[[Record], Any]] = {
    "id": lambda record: record["id"],
    "edition": lambda record: record["edition"],
    "slug": lambda record: record["slug"],
    "name": lambda record: record["name"].casefold(),
    "title": lambda record: record["title"].casefold(),
    "importance": lambda record: record.get("importance") or 0,
    "since": lambda record: record["since"]["earliest"] if record["since"] else BEFORE_ALL,
    "held": lambda record: record["held"]["earliest"] if record["held"] else BEFORE_ALL,
    "issued": lambda record: record["issued"]["earliest"] if record["issued"] else BEFORE_ALL,
}
ASKED = [
    (noun, f"{sign}{field.name}")
    for noun, fields in ORDERS.items()
    for field in fields
    for sign in ("", "-")
]


@pytest.fixture(scope="module")
def published(kept_for_the_module: None) -> None:
    """Four records of each noun, some alike in all but their number, published by two editions."""
    days = ["2019-06-05", "2018", "2018", "2020~"]
    titles = ["beta", "Alpha", "alpha", "Gamma"]
    records = [
        *(ActorFactory(name=title) for title in titles),
        *(IssueFactory(title=title) for title in titles),
        *(
            SourceFactory(title=title, issued=day)
            for title, day in zip(titles, ["", *days[:3]], strict=True)
        ),
        *(make(since=day) for day in days for make in (StanceFactory, AlignmentFactory)),
        *(
            make(since=day, importance=importance)
            for make in (MeetingFactory, ActFactory)
            for day, importance in zip(days, [2, None, 3, 2], strict=True)
        ),
        *(VoteFactory(held=day) for day in days),
    ]
    publish_whole(*records)
    publish(
        edit(records[1], summary="More."),
        edit(records[5], summary="More."),
        edit(records[13], summary="More."),
    )


@pytest.mark.parametrize(("noun", "ordering"), ASKED)
def test_a_list_comes_in_each_order_and_a_walk_finds_every_record_once(
    reader, published, noun, ordering
):
    """By pages of one; records alike come by number, in the same direction."""
    everything = reader.read(f"{noun.plural}/")["results"]
    walked = reader.walk(f"{noun.plural}/?ordering={ordering}&page_size=1")

    assert ids(walked) == ids(
        in_order(everything, [ordering, "-id" if ordering.startswith("-") else "id"])
    )
    assert len(walked) >= 4


@pytest.mark.parametrize(
    ("first", "second"), [*product(("edition", "-edition"), ("since", "-since"))]
)
@pytest.mark.parametrize("further", [[], ["id"], ["-id"]])
def test_several_fields_order_together(reader, published, first, second, further):
    everything = reader.read("stances/")["results"]
    asked = [first, second, *further]

    walked = reader.walk(f"stances/?ordering={','.join(asked)}&page_size=2")
    unique = further or ["-id" if second.startswith("-") else "id"]
    assert ids(walked) == ids(in_order(everything, [first, second, *unique]))


@pytest.mark.parametrize(
    ("noun", "query"),
    [
        ("stances", "-since"),
        ("alignments", "-since"),
        ("meetings", "-since"),
        ("votes", "-held"),
        ("issues", "title"),
        ("actors", "name"),
    ],
)
def test_the_usual_order_is_one_of_them(
    reader: Reader, published: None, noun: str, query: str
) -> None:
    assert reader.read(f"{noun}/")["results"] == reader.read(f"{noun}/?ordering={query}")["results"]


@pytest.mark.parametrize(
    "value", ["position", "since,position", "--since", "since,since", "-since,since", "since,"]
)
def test_what_is_no_order_is_refused(reader: Reader, published: None, value: str) -> None:
    response = reader.get(f"stances/?ordering={value}")

    assert response.status_code == 400
    assert [fault["parameter"] for fault in response.json()["errors"]] == ["ordering"]


def test_a_cursor_of_another_order_is_refused(reader: Reader, published: None) -> None:
    following = reader.read("sources/?page_size=1")["next"]

    assert reader.faults(f"{following}&ordering=issued") == [("cursor", "invalid")]


def in_order(records: Sequence[Record], orders: Sequence[str]) -> list[Record]:
    """Return records in an order; sorting is stable, so the last field is sorted by first."""
    ordered = list(records)
    for order in reversed(orders):
        ordered.sort(key=VALUES[order.removeprefix("-")], reverse=order.startswith("-"))
    return ordered


def ids(records: Sequence[Record]) -> list[int]:
    return [record["id"] for record in records]
