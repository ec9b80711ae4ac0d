"""Documents as CSV: the columns that import takes back, and a few for readers that it leaves aside.

A reference is its key, with the name in a column of its own, and of an actor the country code; a vague date is as
written, with its first and last day; a part is one column, with keys and dates as import reads them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from tracker.public.formats.csv import Column, write_rows
from tracker.public.formats.lists import About, Chunks, Codes, records
from tracker.schema import grouping
from tracker.schema.fields import Field, fields
from tracker.schema.markers import Grouped
from tracker.schema.parts import Reference, SourceReference, VagueDate
from tracker.schema.records import CLAIMS, SHAPES
from tracker.values.nouns import Noun

KEYS = {
    frozenset(shape.__struct_fields__): key
    for shape, key in ((Reference, "slug"), (SourceReference, "id"), (VagueDate, "edtf"))
}


class FieldColumns(NamedTuple):
    """A field, its columns, and what returns the values of their cells; the last may be an actor's country code."""

    field: str
    columns: Sequence[Column]
    values: Callable[[Any], Sequence[Any]]
    has_code: bool = False


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield CSV: a header, and a row for each record; only the fields that are asked for."""
    edition, *fields = layout(about.noun)
    stale = [FieldColumns("is_stale", [Column("is_stale")], _value)] if about.noun in CLAIMS and about.on else []
    laid = [group for group in (edition, *stale, *fields) if about.fields is None or group.field in about.fields]
    codes = about.codes() if any(group.has_code for group in laid) else {}
    return write_rows(_columns(laid), rows(chunks, about.noun, laid, codes))


def write_claims(claims: Iterable[tuple[Noun, dict[str, Any]]], codes: Codes) -> Iterator[bytes]:
    """Yield CSV of claims of both kinds: `claim` is which, and what a kind doesn't have is an empty cell."""
    laid = {group.field: group for noun in CLAIMS for group in layout(noun)}
    laid["is_stale"] = FieldColumns("is_stale", [Column("is_stale")], _value)  # of those that are told as of a day
    values = (
        [
            noun,
            *chain.from_iterable(
                _cells([group], body, codes) if name in body else [None] * len(group.columns)
                for name, group in laid.items()
            ),
        ]
        for noun, body in claims
    )
    return write_rows([Column("claim"), *_columns(laid.values())], values)


def columns(noun: Noun) -> list[Column]:
    """Return all columns of the records of a noun."""
    return _columns(layout(noun))


def part_columns(noun: Noun, field: str) -> list[Column]:
    """Return the columns of one part of the records: the number of its record and its place there come first."""
    return [Column(noun), Column("place"), *_columns(layout_of(parts(noun)[field]))]


def rows(chunks: Chunks, noun: Noun, laid: Sequence[FieldColumns], codes: Codes) -> Iterator[Sequence[Any]]:
    for record in records(chunks, noun):
        yield [*_cells(laid, record, codes)]


def part_rows(chunks: Chunks, noun: Noun, field: str, codes: Codes) -> Iterator[Sequence[Any]]:
    """Yield the values of each part, after the number of its record and its place there."""
    laid = layout_of(parts(noun)[field])
    for record in records(chunks, noun):
        for place, part in enumerate(items(noun, field, record[field]), start=1):
            yield [record["id"], place, *_cells(laid, part, codes)]


def _cells(laid: Sequence[FieldColumns], of: dict[str, Any], codes: Codes) -> Iterator[Any]:
    for group in laid:
        values = group.values(of[group.field])
        yield from values
        if group.has_code:
            yield codes.get(values[0])


def _columns(laid: Iterable[FieldColumns]) -> list[Column]:
    return list(chain.from_iterable(group.columns for group in laid))


@cache
def parts(noun: Noun) -> dict[str, type[Struct]]:
    """Return the fields of a noun that hold parts, in a list or in groups, each with the form of one part."""
    return {name: of for name, field in fields(SHAPES[noun]).items() if (of := _part_of(field))}


def _part_of(field: Field) -> type[Struct] | None:
    grouped = field.mark(Grouped)
    return grouped.part if grouped else field.type if field.is_list and field.is_a(Struct) else None


def items(noun: Noun, field: str, value: Any) -> Iterable[dict[str, Any]]:
    """Return the parts that a field has as its value."""
    if grouped := fields(SHAPES[noun])[field].mark(Grouped):
        return [part for _, part in grouping.parts(grouped, value)]
    return list(value)


@cache
def layout(noun: Noun) -> Sequence[FieldColumns]:
    """Return how the records of a noun are laid out: `edition`, and each field of their public form."""
    return [FieldColumns("edition", [Column("edition")], _value), *layout_of(SHAPES[noun])]


@cache
def layout_of(shape: type[Struct]) -> Sequence[FieldColumns]:
    """Return how what has this form is laid out, field by field."""
    return [_laid(field) for field in fields(shape).values()]


def _laid(field: Field) -> FieldColumns:
    name = field.name
    code = [Column(f"{name}_iso3")] if has_country_code(field) else []
    if field.is_a(Reference, SourceReference):
        key = KEYS[frozenset(field.type.__struct_fields__)]
        columns = [Column(name), Column(f"{name}_name", is_text=True), *code]
        return FieldColumns(name, columns, partial(_reference, key), bool(code))
    if field.is_a(VagueDate):
        return FieldColumns(name, [Column(column) for column in (name, f"{name}_earliest", f"{name}_latest")], _date)
    column = Column(name, is_text=field.type is str and not field.is_list)
    return FieldColumns(name, [column, *code], _value, bool(code))


def has_country_code(field: Field) -> bool:
    """Say whether a field is one record of a noun that has country codes: its column has the code beside it."""
    return field.noun is not None and not field.is_list and "iso3" in fields(SHAPES[field.noun])


def _reference(key: str, value: Any) -> Sequence[Any]:
    return (value[key], value["name"]) if value else (None, None)


def _date(value: Any) -> Sequence[Any]:
    return (value["edtf"], value["earliest"], value["latest"]) if value else (None, None, None)


def _value(value: Any) -> Sequence[Any]:
    """Return a value as it is, or a list or object as JSON; parts with keys for references, and dates as written."""
    if not value or not isinstance(value, list | dict):
        return (value,)
    if isinstance(value, list):
        value = [_part(part) if isinstance(part, dict) else part for part in value]
    return (msgspec.json.encode(value).decode(),)


def _part(part: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value[KEYS[frozenset(value)]] if isinstance(value, dict) and frozenset(value) in KEYS else value
        for name, value in part.items()
    }
