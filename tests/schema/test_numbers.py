"""Whole numbers and decimals:
declared once, and then read, written, filtered and ordered by as such.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from msgspec import Meta, Struct

from tracker.desk.imports.cells import typed
from tracker.models.constraints import within
from tracker.models.documents import _column as document_column
from tracker.models.fields import DecimalField, WholeNumberField
from tracker.public.formats.csv import cell
from tracker.public.formats.releases.tables import _columns
from tracker.publishing.render import _maker
from tracker.schema.fields import fields
from tracker.schema.filters import Applied, BadValueError
from tracker.schema.markers import AnyOf, Bounds, Ordered
from tracker.schema.ordering import orders
from tracker.schema.records import _filters
from tracker.values.problems import InvalidError


class Poll(Struct, kw_only=True):
    rank: Annotated[
        Annotated[int, Meta(ge=-2, le=9)] | None,
        Meta(description="Which place."),
        Bounds("Polls of {at} this rank."),
        Ordered(),
    ]
    share: Annotated[
        Annotated[float, Meta(ge=0, le=100)] | None,
        Meta(description="How many per cent."),
        Bounds("Polls with {at} this share."),
        Ordered(),
    ]
    asked_by: Annotated[str | None, Ordered()]
    asked_on: Annotated[date | None, Ordered()]


RANK = WholeNumberField(Poll, "rank")
SHARE = DecimalField(Poll, "share", max_digits=5, decimal_places=2)


def test_the_desk_keeps_them_within_the_bounds_that_are_declared():
    assert (RANK.help_text, SHARE.help_text, SHARE.null) == (
        "Which place.",
        "How many per cent.",
        True,
    )
    for field, good, bad in ((RANK, -2, 10), (SHARE, Decimal("99.5"), Decimal("100.5"))):
        field.run_validators(good)
        with pytest.raises(ValidationError):
            field.run_validators(bad)
    rule = within("poll", Poll, "share")
    assert (rule.name, rule.condition) == (
        "poll_share_is_within_bounds",
        models.Q(share__isnull=True) | models.Q(share__range=(0, 100)),
    )


def test_documents_keep_them_as_the_desk_does():
    assert type(document_column(RANK)) is models.SmallIntegerField
    kept = document_column(SHARE)
    assert (type(kept), kept.max_digits, kept.decimal_places, kept.null) == (
        models.DecimalField,
        5,
        2,
        True,
    )
    assert kept.validators == models.DecimalField(max_digits=5, decimal_places=2).validators


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        (RANK, " 7 ", 7),
        (RANK, "-2", -2),
        (SHARE, "12.5", Decimal("12.5")),
        (SHARE, "3", Decimal(3)),
    ],
)
def test_a_cell_is_read_as_a_number(field, written, value):
    assert field.take(typed(field, written)) == value


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (RANK, "7.5"),
        (RANK, "first"),
        (RANK, "10"),
        (SHARE, "12,5"),
        (SHARE, "1e1"),
        (SHARE, "100.5"),
        (SHARE, "1.005"),
    ],
)
def test_a_cell_that_is_none_or_out_of_bounds_is_refused(field, written):
    with pytest.raises(InvalidError):
        field.take(typed(field, written))


@pytest.mark.parametrize(
    ("value", "written"), [(7, "7"), (12.5, "12.5"), (1e-07, "0.0000001"), (3.0, "3.0")]
)
def test_a_number_is_written_as_one_reads_it(value, written):
    assert cell(value) == written


def test_the_public_form_has_numbers():
    make = _maker(fields(Poll)["share"])
    assert [make(SHARE_OF(value), {}, None) for value in (Decimal("12.50"), None)] == [12.5, None]


class SHARE_OF:  # noqa: N801
    def __init__(self, share: Decimal | None) -> None:
        self.share = share


@pytest.mark.parametrize(
    ("name", "of", "good", "bad"), [("rank", int, "-2", "2.5"), ("share", float, "0.5", "100.1")]
)
def test_both_are_filtered_by_their_bounds(name, of, good, bad):
    least, most = _filters(fields(Poll)[name])
    assert (least.name, most.name) == (f"min_{name}", f"max_{name}")
    assert (least.sql, most.sql) == (f"d.{name} >= %(min_{name})s", f"d.{name} <= %(max_{name})s")
    assert least.desk(Applied(5, {}, lambda parts, like: like)) == models.Q(**{f"{name}__gte": 5})
    assert least.parse([good]) == of(good)
    assert type(least.parse([good])) is of
    assert least.schema() == {
        "type": "integer" if of is int else "number",
        "minimum": least.minimum,
        "maximum": least.maximum,
    }
    with pytest.raises(BadValueError, match="number from"):
        most.parse([bad])


def test_what_is_null_comes_first_in_orders():
    assert orders(fields(Poll)["rank"]).sql == "coalesce(d.rank::int, {lowest})"
    assert orders(fields(Poll)["share"]).sql == "coalesce(d.share::float8, {lowest})"
    assert orders(fields(Poll)["asked_by"]).sql == "coalesce(d.asked_by::text, {lowest})"
    assert orders(fields(Poll)["asked_on"]).sql == "coalesce(d.asked_on::date, {lowest})"
    assert [
        orders(fields(Poll)[name]).lowest for name in ("rank", "share", "asked_by", "asked_on")
    ] == [
        "-2147483648",
        "-1e+300",
        "",
        "0001-01-01",
    ]


def test_openapi_and_releases_say_their_types_and_bounds():
    assert RANK.schemas() == [{"type": "integer", "minimum": -2, "maximum": 9}]
    assert SHARE.schemas() == [{"type": "number", "minimum": 0, "maximum": 100}]
    assert [
        column["type"] for name in ("rank", "share") for column in _columns(fields(Poll)[name])
    ] == [
        "integer",
        "number",
    ]


class Wrong(Struct, kw_only=True):
    rank: Annotated[int, AnyOf("Polls of these ranks.")]
    share: Annotated[float | None, Bounds("Polls with {at} this share.")]


@pytest.mark.parametrize("name", ["rank", "share"])
def test_a_mark_that_a_field_can_not_have_is_told_at_once(name):
    with pytest.raises(TypeError, match=name):
        list(_filters(fields(Wrong)[name]))
