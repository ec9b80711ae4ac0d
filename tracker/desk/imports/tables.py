"""The rows of an upload as written: by the names of the columns that are read.

A table is read several times, in the same order each time. What is wrong with the file itself (its
header, a row with a cell too many) is told by the first reading only.

Parts may have a file of their own, a row each: `ballots.csv`, with the vote, the actor and what it
cast. They are read as rows of the records that they belong to, one for each, with all of its parts,
in whichever order they stand; in memory are held only which items a record has, of which few
differ, and where each stands.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from unicodedata import normalize

from more_itertools import chunked

from tracker.desk.imports.faults import Faults
from tracker.desk.records.fields import Layout, PartList, layout
from tracker.desk.records.keys import LARGEST_ID
from tracker.models.fields import NamesField, ReferenceField, VagueDateField
from tracker.models.kinds import ListKind
from tracker.public.formats.csv import unguarded
from tracker.public.formats.json import write_json
from tracker.public.formats.rows import Row, UnreadableError, heading
from tracker.values.nouns import Noun
from tracker.values.problems import Place, Problem, near, one_of

# what an export adds, unless the noun has such a field, and an import leaves aside;
# so what was wrong the last time
COMPUTED = {
    "edition",
    "is_stale",
    "score",
    "url",
    "state",
    "public",
    "author",
    "merged_into",
    "error",
}
NUMBERS = ("id", "version")  # by which an export says of what, and as it was when
# what says of a new row that it is another than those that it looks like
CREATE_ANYWAY = "create_anyway"
# what tells whether a source is here already, and is kept nowhere
DOI = "doi"
ADDS = "+"  # after a list or part: the column adds to what it has, instead of being all of it
LISTS = (ListKind, NamesField)
AN_ID = re.compile(r"[1-9][0-9]{0,17}")
# between a part and the member whose column it is, in the name of a column that is read
OF_MEMBER = ": "
KEYS = ("id", "ref")  # the columns by which a record is found whose parts these are


class PartsFile(NamedTuple):
    """A file of parts: whose they are, and which."""

    noun: Noun
    part: PartList

    @property
    def columns(self) -> list[str]:
        """Return the columns that it may have: what the part is of, and what it says."""
        return [self.noun.value, *self.part.fields]

    @property
    def required(self) -> list[str]:
        """Return those without which it says nothing."""
        return [
            self.noun.value,
            *(name for name, field in self.part.fields.items() if field.required),
        ]

    @property
    def header(self) -> list[str]:
        """Return the columns of the rows that it is read as."""
        return [*KEYS, self.part.name]


# by the name of the file; parts that readers are told of in groups are many
PARTS_FILES = {
    part.name: PartsFile(noun, part)
    for noun in Noun
    for part in layout(noun).parts.values()
    if part.grouped
}


class GatheredParts:
    """The parts that a file has, by the record that each is of:
    a row for any of these, made when it is asked for.
    """

    def __init__(self, of: PartsFile, header: Sequence[str], rows: Iterable[Row]) -> None:
        """Read all rows; raise UnreadableError."""
        self.header, self.of, names = of.header, of, [*map(heading, header)]
        _check(of, names)
        owner = names.index(of.noun.value)
        self._names = [name for name in names if name != of.noun.value]
        self._numbers: dict[tuple[str, ...], int] = {}
        self._held: dict[str, _RecordItems] = defaultdict(_RecordItems)
        # by what is said, the lines
        self._unread: dict[Sequence[str], array[int]] = defaultdict(lambda: array("I"))
        for row in rows:
            if unread := row.unread or _unread(of, names, row):
                self._unread[(*unread,)].append(row.line)
                continue
            cells = [*row.cells]
            held = self._held[normalize("NFC", unguarded(cells.pop(owner))).strip()]
            held.items.append(self._numbers.setdefault((*cells,), len(self._numbers)))
            held.lines.append(row.line)
        self._items = [
            [normalize("NFC", unguarded(cell)) for cell in cells] for cells in self._numbers
        ]

    def rows(self) -> Iterator[Row]:
        """Yield the rows that can't be read, as they are,
        then one for each record that has not been asked for.
        """
        for unread, lines in self._unread.items():
            yield from (Row(line, [""] * len(self.header), unread) for line in lines)
        while self._held:
            yield self._row(next(iter(self._held)))

    def added_to(self, header: Sequence[str], rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows of the records themselves, each with its parts in a last cell."""
        for row in rows:
            cells = dict(zip(header, row.cells, strict=False))
            own = next(
                (key for name in KEYS if (key := cells.get(name, "").strip()) in self._held), None
            )
            parts = Row(row.line, [""]) if own is None else self._row(own)
            yield row._replace(cells=[*row.cells, parts.cells[-1]], part_lines=parts.part_lines)

    def _row(self, key: str) -> Row:
        """Return the row of a record: its values are those of an entry."""
        held = self._held.pop(key)
        listed = [dict(zip(self._names, self._items[number], strict=True)) for number in held.items]
        values: dict[str, Any] = {
            "id" if key.isdecimal() else "ref": key,
            self.of.part.name: listed,
        }
        cells = [values.get("id", ""), values.get("ref", ""), write_json(listed)]
        return Row(held.lines[0], cells, values=values, part_lines=held.lines)


@dataclass(slots=True)
class _RecordItems:
    """Of one record: which items it has, by their numbers, and the line of each."""

    items: "array[int]" = field(default_factory=lambda: array("I"))
    lines: "array[int]" = field(default_factory=lambda: array("I"))


@dataclass(frozen=True, slots=True)
class ImportTable:
    """One upload: its id and name, as faults tell it, what its rows are, and how they are read,
    the header first.

    `stands_for` says of rows, by line, that they are not imported, as a record that is here is what
    they mean; or, as a negative number, that of an earlier line. `header` is the line of the
    header: 0 where the file has entries, which say themselves what they hold. `part_lines` are the
    lines of the file `parts_name` on which the parts of a row stand, by its line. `members` are
    those by whom columns are headed; None: not known yet, and each column without another meaning
    is one.
    """

    name: str
    noun: Noun
    read: Callable[[], Iterator[Row]]
    stands_for: Mapping[int, int] = field(default_factory=dict)
    header: int = 1
    part_lines: Mapping[int, Sequence[int]] = field(default_factory=dict)
    parts_name: str = ""
    members: Collection[str] | None = None
    upload: int = 0

    @property
    def layout(self) -> Layout:
        """Return which columns it may have."""
        return layout(self.noun)


class WrittenRow(NamedTuple):
    """A row as written: the line on which it starts,
    and its cells by the names of the columns that are read.

    `values` are those of an entry, as JSON has them, without the columns that it leaves out; None:
    its cells say all. `places` are where its parts stand, if they have rows of their own.
    """

    line: int
    cells: dict[str, str]
    values: dict[str, Any] | None = None
    places: Sequence[Place] = ()

    def says(self, column: str) -> bool:
        """Tell whether the row says something of a column, if only that it is empty."""
        return column in (self.cells if self.values is None else self.values)


def rows(table: ImportTable, faults: Faults | None = None) -> Iterator[WrittenRow]:
    """Yield the rows of a table;
    add to `faults`, if given, what makes a row or the rest of the file unreadable.
    """
    problems = faults if faults is not None else Faults()
    reading = table.read()
    try:
        header = next(reading)
        names = _header(table, header, problems)
    except UnreadableError as error:
        problems.add(_unreadable(Place(table.name, error.line), *error.unread))
        return
    for row in reading:
        for why in chunked(row.unread, 3):
            problems.add(_unreadable(Place(table.name, row.line), *why))
        if row.unread and row.values is None:
            continue
        if len(row.cells) != len(names):
            says = "the row has {cells} cells, the header {columns}"
            counts = {"cells": len(row.cells), "columns": len(names)}
            remedy = "quote cells that have commas in them"
            problems.add(wrong(Place(table.name, row.line), says, remedy, **counts))
            continue
        cells = dict(zip(names, row.cells, strict=True))
        cells.pop("", None)
        values = row.values
        if values is not None:
            read = zip(names, header.cells, strict=True)
            values = {name: values[written] for name, written in read if name and written in values}
        places = [Place(table.parts_name, line) for line in table.part_lines.get(row.line, ())]
        yield WrittenRow(row.line, cells, values, places)


def columns_of(table: ImportTable) -> list[str]:
    """Return the names of the columns that a table has and that are read."""
    try:
        return [name for name in _header(table, next(table.read()), Faults()) if name]
    except UnreadableError:
        return []


def _header(table: ImportTable, row: Row, faults: Faults) -> list[str]:
    """Return the names of the columns; "" for one that isn't read."""
    names = [column_name(table.layout, name) for name in row.cells]
    if len(names) == 1 and any(sign in names[0] for sign in ";\t"):
        raise UnreadableError(
            1, "the cells are not separated by commas", "save the file with commas"
        )
    read: list[str] = []
    header = Place(table.name, table.header)
    for name in names:
        column = _column(table, name)
        if column is None:
            faults.add(no_such_column(table, name))
        elif column and {column, column.removesuffix(ADDS), column + ADDS} & {*read}:
            faults.add(wrong(header, "the column comes twice", "remove one of the two", name))
        read.append(column if column and column not in read else "")
    return read


def _column(table: ImportTable, name: str) -> str | None:
    """Return as what a column is read: "" if it is left aside, None if there is no such column.

    One that is headed by a member is of the part that readers are told of in groups:
    of a vote, what each member cast.
    """
    if knows(table.layout, name):
        return name
    if leaves_aside(table.layout, name):
        return ""
    is_of_member = table.members is None or name in table.members
    part = next(
        (part for part in table.layout.parts.values() if part.grouped and is_of_member), None
    )
    return f"{part.name}{OF_MEMBER}{name}" if part else None


def no_such_column(table: ImportTable, name: str, member: str = "") -> Problem:
    """Return that a table has no column of this name;
    perhaps a member, whose column it would be, is meant.
    """
    valid = _valid(table)
    says = f"{table.noun.plural} have no such column"
    nearest = near(name, valid) or (f"did you mean {member}? " if member else "")
    unknown = wrong(Place(table.name, table.header), says, one_of(valid), name, near=nearest)
    return replace(unknown, code="unknown_field")


def _valid(table: ImportTable) -> list[str]:
    return [*NUMBERS, *table.layout.fields, *table.layout.parts]


def wrong(place: Place, message: str, remedy: str, *path: str, **params: Any) -> Problem:
    return Problem("invalid", message, path, params, remedy=remedy, place=place)


def _unreadable(place: Place, problem: str, remedy: str, value: str = "") -> Problem:
    says, write = (text.replace("{", "{{").replace("}", "}}") for text in (problem, remedy))
    return Problem("unreadable", says, remedy=write, value=value, place=place)


def column_name(of: Layout, written: str) -> str:
    """Return the name of the column that is meant, whatever its case and signs between words;
    else what is written.
    """
    name = heading(written)
    return name if knows(of, name) or leaves_aside(of, name) else written.strip()


def knows(of: Layout, name: str) -> bool:
    """Say whether a column of this name is read."""
    is_looked_at = name in (*NUMBERS, CREATE_ANYWAY) or (name == DOI and of.noun is Noun.SOURCE)
    return is_looked_at or name in of.fields or name in of.parts or adds_to(of, name) is not None


def adds_to(of: Layout, column: str) -> str | None:
    """Return the list or part to which a column adds: `memberships` of `memberships+`;
    None if it is none such.
    """
    name = column.removesuffix(ADDS)
    is_list = name in of.parts or isinstance(of.fields.get(name), LISTS)
    return name if name != column and is_list else None


def is_created_anyway(cells: Mapping[str, str]) -> bool:
    """Tell whether a row says that it is another than those that it looks like."""
    return cells.get(CREATE_ANYWAY, "").strip().casefold() == "true"


def leaves_aside(of: Layout, name: str) -> bool:
    """Say whether an export may have added this column, for readers only."""
    base, _, end = name.rpartition("_")
    field = of.fields.get(base)
    return (
        name in COMPUTED
        or (end in ("name", "iso3") and isinstance(field, ReferenceField))
        or (end in ("earliest", "latest") and isinstance(field, VagueDateField))
    )


def parts_file(name: str, header: Sequence[str]) -> PartsFile | None:
    """Return the parts of which a file has a row each, if it is one:
    by its name, or by its header.
    """
    names = {*map(heading, header)}
    columned = (of for of in PARTS_FILES.values() if {*of.required} <= names <= {*of.columns})
    return PARTS_FILES.get(name.partition(".")[0]) or next(columned, None)


def _unread(of: PartsFile, names: Sequence[str], row: Row) -> Sequence[str]:
    if len(row.cells) != len(names):
        says = f"the row has {len(row.cells)} cells, the header {len(names)}"
        return says, "quote cells that have commas in them"
    if any("\0" in cell for cell in row.cells):
        return "a cell has the character NUL", "remove it"
    if not row.cells[names.index(of.noun.value)].strip():
        return f"it says of no {of.noun}", f"write the ref or the number of the {of.noun}"
    return ()


def _check(of: PartsFile, names: Sequence[str]) -> None:
    unknown = [f"“{name}”{_near(name, of)}" for name in names if name not in of.columns]
    twice = [f"“{name}”" for name in of.columns if names.count(name) > 1]
    missing = [f"“{name}”" for name in of.required if name not in names]
    wrong = [
        f"{says} {', '.join(several)}"
        for says, several in (
            ("it lacks", missing),
            ("unknown are", unknown),
            ("twice in it are", twice),
        )
        if several
    ]
    if wrong:
        raise UnreadableError(
            1,
            f"of the columns of {of.part.name}, {'; '.join(wrong)}",
            f"write {', '.join(of.columns)}",
        )


def _near(name: str, of: PartsFile) -> str:
    nearest = near(name, of.columns).strip()
    return f" ({nearest})" if nearest else ""


def number(row: WrittenRow, column: str) -> int | None:
    """Return a number that an export writes of a record, if there is one that can be:
    its id, its version.
    """
    written = row.cells.get(column, "").strip()
    return int(written) if AN_ID.fullmatch(written) and int(written) <= LARGEST_ID else None


def plain(cell: str) -> str:
    """Return what a cell says without the guard of spreadsheets and the blanks around it."""
    return unguarded(cell).strip()
