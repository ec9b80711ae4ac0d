"""Documents as CSV: the columns that import takes back, and a few for readers that it leaves aside.

A reference is its key, with the name in a column of its own, and of an actor the country code; a
vague date is as written, with its first and last day; a part is one column, with keys and dates as
import reads them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from tracker.public.formats.csv import Column, Table, guarded, quoted, write_cells
from tracker.public.formats.lists import About, Chunks, Codes, records
from tracker.public.read.lists import Question, chunks, page
from tracker.schema import grouping
from tracker.schema.fields import Field, fields
from tracker.schema.markers import Grouped
from tracker.schema.parts import Reference, SourceReference, VagueDate
from tracker.schema.records import CLAIMS, SHAPES
from tracker.values.nouns import Noun

KEYS: dict[Any, str] = {Reference: "slug", SourceReference: "id", VagueDate: "edtf"}
Body = dict[str, Any]
Cells = Callable[[Any], Sequence[Any]]


class FieldColumns(NamedTuple):
    """A field, its columns, and what returns the values of their cells;
    the last may be an actor's country code.

    `cells` returns them as CSV has them:
    one function a kind, as 100,000 rows of 40 cells leave no time for asking.
    """

    field: str
    columns: Sequence[Column]
    values: Cells
    cells: Cells
    has_code: bool = False

    def with_codes(self, codes: Codes) -> Cells:
        """Return what returns its cells, the country code among them."""
        if not self.has_code:
            return self.cells
        return lambda value: (*self.cells(value), codes.get(value["slug"], "") if value else "")


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield CSV: a header, and a row for each record; only the fields that are asked for."""
    laid, codes = _asked(about)
    cells = [(group.field, group.with_codes(codes)) for group in laid]
    return write_cells(
        _columns(laid), (_row(cells, record) for record in records(chunks, about.noun))
    )


def table(chunks: Chunks, about: About) -> Table:
    """Return the same as a table of values."""
    laid, codes = _asked(about)
    return Table(
        _columns(laid), ([*_cells(laid, record, codes)] for record in records(chunks, about.noun))
    )


def _asked(about: About) -> tuple[Sequence[FieldColumns], Codes]:
    """Return how what is asked for is laid out, and the country codes of actors,
    if that has any.
    """
    edition, *fields = layout(about.noun)
    stale = [IS_STALE] if about.noun in CLAIMS and about.on else []
    laid = [
        group
        for group in (edition, *stale, *fields)
        if about.fields is None or group.field in about.fields
    ]
    return laid, about.codes() if any(group.has_code for group in laid) else {}


def claims_table(
    questions: Iterable[Question], codes: Codes, is_meant: Callable[[Body], bool]
) -> Table:
    """Return all claims of both kinds that are asked for, each once, of these what is meant.

    `claim` is which kind one is; what a kind doesn't have is an empty cell.
    """
    laid = [*{group.field: group for noun in CLAIMS for group in layout(noun)}.values(), IS_STALE]
    claims = {
        (asked.noun, body["id"]): body
        for asked in questions
        for body in records(chunks(asked, page(asked), asked.size), asked.noun)
        if is_meant(body)
    }
    rows = ([noun, *_cells(laid, body, codes)] for (noun, _), body in claims.items())
    return Table([Column("claim"), *_columns(laid)], rows)


def _row(of_fields: Iterable[tuple[str, Cells]], record: Body) -> list[Any]:
    row: list[Any] = []
    for name, cells in of_fields:
        row += cells(record.get(name))
    return row


def columns(noun: Noun) -> list[Column]:
    """Return all columns of the records of a noun."""
    return _columns(layout(noun))


def part_columns(noun: Noun, field: str) -> list[Column]:
    """Return the columns of one part of the records:
    the number of its record and its place there come first.
    """
    return [Column(noun), Column("place"), *_columns(layout_of(parts(noun)[field]))]


def rows(
    chunks: Chunks, noun: Noun, laid: Sequence[FieldColumns], codes: Codes
) -> Iterator[Sequence[Any]]:
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
        values = group.values(of.get(group.field))
        yield from values
        if group.has_code:
            yield codes.get(values[0])


def _columns(laid: Iterable[FieldColumns]) -> list[Column]:
    return list(chain.from_iterable(group.columns for group in laid))


@cache
def parts(noun: Noun) -> dict[str, type[Struct]]:
    """Return the fields of a noun that hold parts, in a list or in groups,
    each with the form of one part.
    """
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
    """Return how the records of a noun are laid out:
    `edition`, and each field of their public form.
    """
    return [
        FieldColumns("edition", [Column("edition")], _value, _plain_cells),
        *layout_of(SHAPES[noun]),
    ]


@cache
def layout_of(shape: type[Struct]) -> Sequence[FieldColumns]:
    """Return how what has this form is laid out, field by field."""
    return [_laid(field) for field in fields(shape).values()]


def _laid(field: Field) -> FieldColumns:
    name, has_code = field.name, has_country_code(field)
    code = [Column(f"{name}_iso3")] if has_code else []
    if field.is_a(VagueDate):
        columns = [Column(column) for column in (name, f"{name}_earliest", f"{name}_latest")]
        return FieldColumns(name, columns, _date, _date_cells)
    if field.is_a(Reference, SourceReference):
        columns = [Column(name), Column(f"{name}_name", is_text=True), *code]
        return FieldColumns(name, columns, *_reference(KEYS[field.type]), has_code)
    is_text = field.type is str and not field.is_list
    columns = [Column(name, is_text), *code]
    if field.is_list or field.is_a(Struct, dict):
        return FieldColumns(name, columns, *_json(field), has_code)
    cells = _text_cells if is_text else _flag_cells if field.type is bool else _plain_cells
    return FieldColumns(name, columns, _value, cells, has_code)


def has_country_code(field: Field) -> bool:
    """Say whether a field is one record of a noun that has country codes:
    its column has the code beside it.
    """
    return field.noun is not None and not field.is_list and "iso3" in fields(SHAPES[field.noun])


def _reference(key: str) -> tuple[Cells, Cells]:
    return (
        lambda value: (value[key], value["name"]) if value else (None, None),
        lambda value: (
            (quoted(str(value[key])), quoted(guarded(value["name"]))) if value else ("", "")
        ),
    )


def _date(value: Any) -> Sequence[Any]:
    return (value["edtf"], value["earliest"], value["latest"]) if value else (None, None, None)


def _value(value: Any) -> Sequence[Any]:
    return (value,)


def _date_cells(value: Any) -> Sequence[str]:
    return (quoted(value["edtf"]), value["earliest"], value["latest"]) if value else ("", "", "")


def _text_cells(value: str | None) -> Sequence[str]:
    return (quoted(guarded(value)) if value else "",)


def _flag_cells(value: bool | None) -> Sequence[str]:
    return ("" if value is None else "true" if value else "false",)


def _plain_cells(value: Any) -> Sequence[str]:
    """Return the cell of a number, a term or a day, which need no quotation marks."""
    return ("" if value is None else str(value),)


IS_STALE = FieldColumns("is_stale", [Column("is_stale")], _value, _flag_cells)


def _json(field: Field) -> tuple[Cells, Cells]:
    """Return what writes a list or an object as JSON, if it isn't empty:
    keys for references, dates as written.
    """
    parts = fields(field.type).values() if field.is_list and field.is_a(Struct) else ()
    keys = [(part.name, KEYS[part.type]) for part in parts if part.type in KEYS]

    def shortened(part: Body) -> Body:
        return part | {name: part[name][key] for name, key in keys if part.get(name)}

    def json(value: Any) -> str:
        return msgspec.json.encode([*map(shortened, value)] if keys else value).decode()

    return lambda value: (json(value) if value else value,), lambda value: (
        quoted(json(value)) if value else "",
    )
