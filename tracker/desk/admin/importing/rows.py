"""Rows of an upload as the preview shows them:
fields by their labels, what is named by name, old beside new.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString

from tracker.desk.admin.history.comparison import NOTHING, StepLine
from tracker.desk.admin.site.labels import NAMED, Named, field_title, label, names, value_of
from tracker.desk.imports import FieldChange
from tracker.desk.imports.reading import CSV, NDJSON, XLSX
from tracker.desk.imports.staging import changes_of
from tracker.desk.records.fields import PartList, layout
from tracker.models import Upload, UploadRow
from tracker.models.kinds import Kind
from tracker.models.nouns import records_of
from tracker.public.cards import wording
from tracker.public.formats.csv import cell
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.text_diff import DiffPiece, changed_words
from tracker.values.vocabularies import RowOutcome, UploadChoice

LONGEST_CELL, LONGEST_EXAMPLE = 160, 40
CALLED_BY = (
    "actor",
    "position",
    "counterpart",
    "pattern",
    "issue",
    "title",
    "name",
    "slug",
    "since",
    "issued",
)
Known = Mapping[tuple[Noun, str], str]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """What a row may be already: a record, or another row of its file; why;
    and the choice of using it.
    """

    named: Named | None
    place: str
    why: str
    choice: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row as the preview shows it."""

    row: UploadRow
    place: str
    what: SafeString | str
    lines: list[StepLine]
    stays: list[StepLine]
    cells: list[tuple[str, str]]
    faults: list[str]
    duplicates: list[Duplicate]

    @property
    def outcome(self) -> str:
        return str(RowOutcome(self.row.outcome).label)

    @property
    def chosen(self) -> str:
        return (
            f"use:{self.row.stands_for}" if self.row.choice == UploadChoice.USE else self.row.choice
        )

    @property
    def is_left_out(self) -> bool:
        return self.row.choice == UploadChoice.LEAVE_OUT


@dataclass(frozen=True, slots=True)
class KindOfErrors:
    """All errors of one kind as the preview shows them:
    how many, what is wrong, and where it comes first.
    """

    times: str
    says: str
    first: str
    is_of_file: bool


def kinds_of_errors(upload: Upload) -> list[KindOfErrors]:
    return [_kind(upload, **kind) for kind in upload.errors.get("kinds", ())]


def shown(upload: Upload, rows: Sequence[UploadRow]) -> list[ShownRow]:
    """Return rows as the preview shows them; as many queries for one as for many."""
    noun = Noun(upload.noun)
    known = _names_of(upload, rows)
    keys = {
        (noun, pk)
        for row in rows
        for pk in (row.record, *(duplicate[0] for duplicate in row.duplicates))
        if pk
    }
    named = names(keys)
    return [_shown(upload, row, known, named) for row in rows]


def place(upload: Upload, line: int) -> str:
    """Return where a row stands in its file."""
    word = {XLSX: "row", CSV: "line", NDJSON: "line"}.get(upload.kind, "entry")
    return f"{word} {line}"


def fault_text(fault: Sequence[str]) -> str:
    """Return what is wrong: in which column, with which value, and what to write instead."""
    column, value, problem, remedy = fault
    short = value if len(value) <= LONGEST_CELL else f"{value[:LONGEST_CELL]}…"
    text = f"“{short}”: {problem}" if value else problem
    return f"{column}: {text}; {remedy}".removeprefix(": ").removesuffix("; ")


def _kind(
    upload: Upload,
    *,
    code: str,
    field: str,
    says: list[str],
    count: int,
    is_of_file: bool,
    first: list[list[Any]],
) -> KindOfErrors:
    places = (
        f"{place(upload, line)}{f' “{value[:LONGEST_EXAMPLE]}”' if value else ''}"
        for line, _, value in first
    )
    where = ", ".join(dict.fromkeys(places)) + (" …" if count > len(first) else "")
    times = f"{count:,} times" if count > 1 else ""
    return KindOfErrors(times, fault_text([field, "", *says]), where, is_of_file)


def _shown(upload: Upload, row: UploadRow, known: Known, named: Mapping[Any, Named]) -> ShownRow:
    noun = Noun(upload.noun)
    cells = {} if row.record else _cell_texts(upload, row, known)
    return ShownRow(
        row,
        place(upload, row.line),
        named[noun, row.record].link if row.record else _called(cells),
        [_line(noun, change, known) for change in changes_of(row) if not change.stays],
        [_line(noun, change, known) for change in changes_of(row) if change.stays],
        [(field_title(noun, name), written[:LONGEST_CELL]) for name, written in cells.items()],
        [fault_text(fault) for fault in row.faults],
        [
            Duplicate(
                named[noun, pk] if pk else None,
                place(upload, line) if line else "",
                why,
                f"use:{pk or -line}",
            )
            for pk, line, why in row.duplicates
        ],
    )


def _cells(upload: Upload, row: UploadRow) -> Iterator[tuple[str, str]]:
    yield from (
        (name, written)
        for name, written in zip(upload.header, row.cells, strict=False)
        if written.strip()
    )


def _cell_texts(upload: Upload, row: UploadRow, known: Known) -> dict[str, str]:
    """Return what the cells of a row say, terms by their labels and what is named by name."""
    columns = layout(Noun(upload.noun))
    return {
        name: _value(columns.fields[name], written, known) if name in columns.fields else written
        for name, written in _cells(upload, row)
    }


def _called(cells: Mapping[str, str]) -> str:
    names = [cells[name] for name in CALLED_BY if name in cells]
    return ", ".join(names)[:LONGEST_CELL] or cells.get("ref", NOTHING)


def _line(noun: Noun, change: FieldChange, known: Known) -> StepLine:
    of, name, old, new = layout(noun), change.field, change.old, change.new
    if name in of.parts:
        part = of.parts[name]
        before, after = (
            "\n".join(_item(part, item, known) for item in items) for items in (old, new)
        )
    else:
        column = of.fields[name]
        before, after = (_value(column, value, known) for value in (old, new))
    if before != NOTHING and after != NOTHING and before and after:
        return StepLine(field_title(noun, name), *changed_words(before, after))
    return StepLine(
        field_title(noun, name),
        [DiffPiece(before or NOTHING, False)],
        [DiffPiece(after or NOTHING, False)],
    )


def _item(part: PartList, item: Mapping[str, Any], known: Known) -> str:
    columns = ((name, column) for name, column in part.fields.items() if name in item)
    values = ((name, _value(column, item[name], known)) for name, column in columns)
    return "; ".join(
        f"{wording.plain(name)}: {value}" for name, value in values if value != NOTHING
    )


def _value(column: Kind, value: Any, known: Known) -> str:
    if value in wording.NOTHING:
        return NOTHING
    if column.refers_to:
        return known.get((column.refers_to, str(value)), str(value))
    return value_of(column, value, cell)


def _names_of(upload: Upload, rows: Sequence[UploadRow]) -> Known:
    """Return what the records are called that changes name: by slug, of sources by `ref` or id."""
    wanted: dict[Noun, set[str]] = defaultdict(set)
    for row in rows:
        for named, key in _named(upload, row):
            wanted[named].add(key)
    known: dict[tuple[Noun, str], str] = {}
    for named, keys in wanted.items():
        records: Any = records_of(named).select_related(*NAMED[named])
        if named is Noun.SOURCE:
            ids = [key for key in map(number, keys) if key is not None]
            for record in records.filter(Q(ref__in=keys) | Q(pk__in=ids)):
                known[named, record.ref or ""] = known[named, str(record.pk)] = label(record)
        else:
            known |= {
                (named, record.slug): label(record) for record in records.filter(slug__in=keys)
            }
    return known


def _named(upload: Upload, row: UploadRow) -> Iterator[tuple[Noun, str]]:
    columns = layout(Noun(upload.noun))
    for name, written in () if row.record else _cells(upload, row):
        if name in columns.fields and (refers_to := columns.fields[name].refers_to):
            yield refers_to, written.strip()
    for change in changes_of(row):
        name, both = change.field, (change.old, change.new)
        if name in columns.fields and (refers_to := columns.fields[name].refers_to):
            yield from ((refers_to, str(value)) for value in both if value)
        for item in (item for items in both for item in items) if name in columns.parts else ():
            for field, column in columns.parts[name].fields.items():
                if column.refers_to and item.get(field):
                    yield column.refers_to, str(item[field])
