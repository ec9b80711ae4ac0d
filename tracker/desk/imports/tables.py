"""Files as they come: which noun each holds, its header, and its rows as written.

A table is read several times, in the same order each time, so its file must be one that can be opened again. What is
wrong with the file itself (its name, its header, a row with a cell too many) is told by the first reading only.

Parts may have a file of their own, a row each: `ballots.csv`, with the vote, the actor and what it cast. They are read
as rows of the records that they belong to, one for each, with all of its parts, in whichever order they stand; in
memory are held only which items a record has, of which few differ, and where each stands.
"""

import gzip
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from unicodedata import normalize

from tracker.desk.imports.faults import Faults, RefusedError
from tracker.desk.records.fields import Layout, Part, layout
from tracker.desk.records.keys import LARGEST_ID
from tracker.models.fields import NamesField, ReferenceField, VagueDateField
from tracker.models.kinds import ListKind
from tracker.public.formats.csv import read_rows, unguarded
from tracker.public.formats.json import write_json
from tracker.public.formats.rows import Row, UnreadableError, heading
from tracker.values.nouns import BY_PLURAL, Noun
from tracker.values.problems import Place, Problem, among, near, one_of

# what an export adds, unless the noun has such a field, and an import leaves aside; so what was wrong the last time
COMPUTED = {"edition", "is_stale", "score", "url", "state", "public", "author", "merged_into", "error"}
NUMBERS = ("id", "version")  # by which an export says of what, and as it was when
CREATE_ANYWAY = "create_anyway"  # what says of a new row that it is another than those that it looks like
# what tells whether a source is here already, and is kept nowhere
DOI = "doi"
PACKED, FILES = ".gz", (".csv", ".csv.gz")
ADDS = "+"  # after a list or part: the column adds to what it has, instead of being all of it
LISTS = (ListKind, NamesField)
AN_ID = re.compile(r"[1-9][0-9]{0,17}")
OF_MEMBER = ": "  # between a part and the member whose column it is, in the name of a column that is read
KEYS = ("id", "ref")  # the columns by which a record is found whose parts these are


class PartsFile(NamedTuple):
    """A file of parts: whose they are, and which."""

    noun: Noun
    part: Part

    @property
    def columns(self) -> list[str]:
        """Return the columns that it may have: what the part is of, and what it says."""
        return [self.noun.value, *self.part.fields]

    @property
    def required(self) -> list[str]:
        """Return those without which it says nothing."""
        return [self.noun.value, *(name for name, field in self.part.fields.items() if field.required)]

    @property
    def header(self) -> list[str]:
        """Return the columns of the rows that it is read as."""
        return [*KEYS, self.part.name]


# by the name of the file; parts that readers are told of in groups are many
PARTS_FILES = {
    part.name: PartsFile(noun, part) for noun in Noun for part in layout(noun).parts.values() if part.grouped
}
FILE_NAMES = [f"{stem}.csv" for stem in (*BY_PLURAL, *PARTS_FILES)]


class GatheredParts:
    """The parts that a file has, by the record that each is of: a row for any of these, made when it is asked for."""

    def __init__(self, of: PartsFile, header: Sequence[str], rows: Iterable[Row], file: str) -> None:
        """Read all rows; raise UnreadableError."""
        self.header, self._of, self._file, names = of.header, of, file, [*map(heading, header)]
        _check(of, names)
        owner = names.index(of.noun.value)
        self._names = [name for name in names if name != of.noun.value]
        self._numbers: dict[tuple[str, ...], int] = {}
        self._held: dict[str, _RecordItems] = defaultdict(_RecordItems)
        self._unread: dict[Sequence[str], array[int]] = defaultdict(lambda: array("I"))  # by what is said, the lines
        for row in rows:
            if unread := row.unread or _unread(of, names, row):
                self._unread[(*unread,)].append(row.line)
                continue
            cells = [*row.cells]
            held = self._held[normalize("NFC", unguarded(cells.pop(owner))).strip()]
            held.items.append(self._numbers.setdefault((*cells,), len(self._numbers)))
            held.lines.append(row.line)
        self._items = [[normalize("NFC", unguarded(cell)) for cell in cells] for cells in self._numbers]

    def rows(self, without: Container[str] = ()) -> Iterator[Row]:
        """Yield the rows that can't be read, as they are, then one for each record, in the order in which they come.

        Those of some records may be left out, by what they are called.
        """
        for unread, lines in self._unread.items():
            yield from (Row(line, [""] * len(self.header), unread) for line in lines)
        yield from (self._row(key) for key in self._held if key not in without)

    def row(self, keys: Iterable[str]) -> Row | None:
        """Return the row of the record that one of these keys names; None if it has no parts here."""
        return next((self._row(key) for key in keys if key in self._held), None)

    def _row(self, key: str) -> Row:
        """Return the row of a record: its values are those of an entry."""
        listed = [dict(zip(self._names, self._items[number], strict=True)) for number in self._held[key].items]
        values: dict[str, Any] = {"id" if key.isdecimal() else "ref": key, self._of.part.name: listed}
        cells = [values.get("id", ""), values.get("ref", ""), write_json(listed)]
        places = [Place(self._file, line) for line in self._held[key].lines]
        return Row(places[0].line, cells, values=values, places=places)


@dataclass(slots=True)
class _RecordItems:
    """Of one record: which items it has, by their numbers, and the line of each."""

    items: "array[int]" = field(default_factory=lambda: array("I"))
    lines: "array[int]" = field(default_factory=lambda: array("I"))


@dataclass(frozen=True)
class Parts:
    """The parts that a file has instead of records; it is read once, when they are first asked for."""

    of: PartsFile
    name: str
    open: Callable[[], BinaryIO]

    @cached_property
    def gathered(self) -> GatheredParts:
        """Return them by the record that each is of."""
        with closing(self.open()) as file:
            rows = read_rows(file)
            return GatheredParts(self.of, next(rows, Row(1, [])).cells, rows, self.name)

    def rows(self, without: Container[str] = ()) -> Generator[Row]:
        """Yield the header, and a row for each record, but for those that are called one of these."""
        yield Row(1, self.gathered.header)
        yield from self.gathered.rows(without)


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its name, as faults tell it, what its rows are, and how they are read, the header first.

    `stands_for` says of rows, by line, that they are not imported, as a record that is here is what they mean; or, as
    a negative number, that of an earlier line.
    `header` is the line of the header: 0 where the file has entries, which say themselves what they hold.
    `parts` are those of a file that has them instead of records.
    `members` are those by whom columns are headed; None: not known yet, and each column without another meaning is one.
    """

    name: str
    noun: Noun
    read: Callable[[], Generator[Row]]
    stands_for: Mapping[int, int] = field(default_factory=dict)
    header: int = 1
    parts: Parts | None = None
    members: Collection[str] | None = None

    @property
    def layout(self) -> Layout:
        """Return which columns it may have."""
        return layout(self.noun)


class WrittenRow(NamedTuple):
    """A row as written: the line on which it starts, and its cells by the names of the columns that are read.

    `values` are those of an entry, as JSON has them, without the columns that it leaves out; None: its cells say all.
    `places` are where its parts stand, if they have rows of their own.
    """

    line: int
    cells: dict[str, str]
    values: dict[str, Any] | None = None
    places: Sequence[Place] = ()

    def says(self, column: str) -> bool:
        """Tell whether the row says something of a column, if only that it is empty."""
        return column in (self.cells if self.values is None else self.values)


def table(*, name: str, open: Callable[[], BinaryIO]) -> Table:
    """Return the table in a file of this name (`stances.csv`); raise RefusedError if the name says no noun."""
    path = Path(name.removesuffix(PACKED))
    if path.suffix == ".csv" and path.stem in PARTS_FILES:
        parts = Parts(PARTS_FILES[path.stem], name, open)
        return Table(name, parts.of.noun, parts.rows, parts=parts)
    if path.suffix != ".csv" or path.stem not in BY_PLURAL:
        says = "the name of a file says what its rows are, and this one says nothing known"
        raise _refused([_wrong(Place(name), says, "{among}", among=among(name, FILE_NAMES))])
    return Table(name, BY_PLURAL[path.stem], lambda: _read(open))


def tables_in(*, paths: Sequence[Path]) -> list[Table]:
    """Return the tables in files, and in all of directories, packed or not.

    Raise RefusedError with all that can't be.
    """
    tables: list[Table] = []
    faults: list[Problem] = []
    for path in paths:
        files = sorted(child for child in path.iterdir() if child.name.endswith(FILES)) if path.is_dir() else [path]
        if not files:
            faults.append(_wrong(Place(str(path)), "there is no file *.csv in this directory", "name another"))
        for file in files:
            try:
                file.open("rb").close()
                tables.append(table(name=file.name, open=_opener(file)))
            except OSError as error:
                says = "it can't be read: {why}"
                faults.append(_wrong(Place(str(file)), says, "correct the path", why=error.strerror))
            except RefusedError as refusal:
                faults += refusal.faults
    if faults:
        raise _refused(faults)
    return _joined(tables)


def _joined(tables: list[Table]) -> list[Table]:
    """Return the tables with parts that have a file of their own as part of the rows of their records' table."""
    own = {table.noun: index for index, table in enumerate(tables) if not table.parts}
    for place, table in enumerate(tables):
        parts, index = table.parts, own.get(table.noun)
        if parts and index is not None and parts.of.part.name not in columns_of(tables[index]):
            read = tables[index].read
            tables[index] = replace(tables[index], read=partial(_with_parts, read, parts))
            tables[place] = replace(table, read=partial(_without, read, parts))
    return tables


def _with_parts(read: Callable[[], Generator[Row]], parts: Parts) -> Generator[Row]:
    """Yield the rows of a table, each with its parts from the other file."""
    with closing(read()) as rows:
        header = next(rows, Row(1, []))
        yield header._replace(cells=[*header.cells, parts.of.part.name])
        for row in rows:
            mine = parts.gathered.row(_keys(header.cells, row))
            yield row._replace(cells=[*row.cells, mine.cells[-1] if mine else ""], places=mine.places if mine else ())


def _without(read: Callable[[], Generator[Row]], parts: Parts) -> Generator[Row]:
    """Yield the rows of a file of parts, without those whose records have a row in the other table."""
    with closing(read()) as rows:
        header = next(rows, Row(1, []))
        yield from parts.rows({key for row in rows for key in _keys(header.cells, row)})


def _keys(header: Sequence[str], row: Row) -> list[str]:
    """Return by what a row names its record: its number and its ref."""
    cells = dict(zip(map(heading, header), row.cells, strict=False))
    return [key for name in KEYS if (key := cells.get(name, "").strip())]


def rows(table: Table, faults: Faults | None = None) -> Iterator[WrittenRow]:
    """Yield the rows of a table; add to `faults`, if given, what makes a row or the rest of the file unreadable."""
    problems = faults if faults is not None else Faults()
    with closing(table.read()) as reading:
        try:
            header = next(reading, Row(1, []))
            names = _header(table, header, problems)
            for row in reading:
                if row.unread:
                    problems.add(_unreadable(Place(table.name, row.line), *row.unread))
                    continue
                if len(row.cells) != len(names):
                    says = "the row has {cells} cells, the header {columns}"
                    counts = {"cells": len(row.cells), "columns": len(names)}
                    remedy = "quote cells that have commas in them"
                    problems.add(_wrong(Place(table.name, row.line), says, remedy, **counts))
                    continue
                cells = {name: normalize("NFC", cell) for name, cell in zip(names, row.cells, strict=True)}
                if any("\x00" in cell for cell in row.cells):
                    problems.add(_wrong(Place(table.name, row.line), "a cell has the character NUL", "remove it"))
                    cells = {name: cell.replace("\x00", "") for name, cell in cells.items()}
                cells.pop("", None)
                values = row.values
                if values is not None:
                    read = zip(names, header.cells, strict=True)
                    values = {name: values[written] for name, written in read if name and written in values}
                yield WrittenRow(row.line, cells, values, row.places)
        except UnreadableError as error:
            problems.add(_unreadable(Place(table.name, error.line), *error.unread))


def columns_of(table: Table) -> list[str]:
    """Return the names of the columns that a table has and that are read."""
    with closing(table.read()) as reading:
        try:
            return [name for name in _header(table, next(reading, Row(1, [])), Faults()) if name]
        except UnreadableError:
            return []


def _header(table: Table, row: Row, faults: Faults) -> list[str]:
    """Return the names of the columns; "" for one that isn't read."""
    names = [column_name(table.layout, name) for name in row.cells]
    if not names:
        faults.add(_wrong(Place(table.name), "the file is empty", f"begin with a header: {','.join(_valid(table))}"))
    if len(names) == 1 and any(sign in names[0] for sign in ";\t"):
        raise UnreadableError(1, "the cells are not separated by commas", "save the file with commas")
    read: list[str] = []
    header = Place(table.name, table.header)
    for name in names:
        column = _column(table, name)
        if column is None:
            faults.add(no_such_column(table, name))
        elif column and {column, column.removesuffix(ADDS), column + ADDS} & {*read}:
            faults.add(_wrong(header, "the column comes twice", "remove one of the two", name))
        read.append(column if column and column not in read else "")
    return read


def _column(table: Table, name: str) -> str | None:
    """Return as what a column is read: "" if it is left aside, None if there is no such column.

    One that is headed by a member is of the part that readers are told of in groups: of a vote, what each member cast.
    """
    if knows(table.layout, name):
        return name
    if leaves_aside(table.layout, name):
        return ""
    is_of_member = table.members is None or name in table.members
    part = next((part for part in table.layout.parts.values() if part.grouped and is_of_member), None)
    return f"{part.name}{OF_MEMBER}{name}" if part else None


def no_such_column(table: Table, name: str, member: str = "") -> Problem:
    """Return that a table has no column of this name; perhaps a member, whose column it would be, is meant."""
    valid = _valid(table)
    says = f"{table.noun.plural} have no such column"
    nearest = near(name, valid) or (f"did you mean {member}? " if member else "")
    unknown = _wrong(Place(table.name, table.header), says, one_of(valid), name, near=nearest)
    return replace(unknown, code="unknown_field")


def _valid(table: Table) -> list[str]:
    return [*NUMBERS, *table.layout.fields, *table.layout.parts]


def _wrong(place: Place, message: str, remedy: str, *path: str, **params: Any) -> Problem:
    return Problem("invalid", message, path, params, remedy=remedy, place=place)


def _unreadable(place: Place, problem: str, remedy: str, value: str = "") -> Problem:
    says, write = (text.replace("{", "{{").replace("}", "}}") for text in (problem, remedy))
    return Problem("unreadable", says, remedy=write, value=value, place=place)


def _read(open: Callable[[], BinaryIO]) -> Generator[Row]:
    with closing(open()) as file:
        yield from read_rows(file)


def _opener(file: Path) -> Callable[[], BinaryIO]:
    return lambda: gzip.open(file) if file.suffix == PACKED else file.open("rb")  # type: ignore[return-value]


def _refused(faults: list[Problem]) -> RefusedError:
    collected = Faults()
    for fault in faults:
        collected.add(fault)
    return RefusedError(collected)


def column_name(of: Layout, written: str) -> str:
    """Return the name of the column that is meant, whatever its case and signs between words; else what is written."""
    name = heading(written)
    return name if knows(of, name) or leaves_aside(of, name) else written.strip()


def knows(of: Layout, name: str) -> bool:
    """Say whether a column of this name is read."""
    is_looked_at = name in (*NUMBERS, CREATE_ANYWAY) or (name == DOI and of.noun is Noun.SOURCE)
    return is_looked_at or name in of.fields or name in of.parts or adds_to(of, name) is not None


def adds_to(of: Layout, column: str) -> str | None:
    """Return the list or part to which a column adds: `memberships` of `memberships+`; None if it is none such."""
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


def parts_file(header: Sequence[str]) -> PartsFile | None:
    """Return the parts of which a file with this header has a row each, if it is one."""
    names = {*map(heading, header)}
    return next((of for of in PARTS_FILES.values() if {*of.required} <= names <= {*of.columns}), None)


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
        for says, several in (("it lacks", missing), ("unknown are", unknown), ("twice in it are", twice))
        if several
    ]
    if wrong:
        raise UnreadableError(
            1, f"of the columns of {of.part.name}, {'; '.join(wrong)}", f"write {', '.join(of.columns)}"
        )


def _near(name: str, of: PartsFile) -> str:
    nearest = near(name, of.columns).strip()
    return f" ({nearest})" if nearest else ""


def number(row: WrittenRow, column: str) -> int | None:
    """Return a number that an export writes of a record, if there is one that can be: its id, its version."""
    written = row.cells.get(column, "").strip()
    return int(written) if AN_ID.fullmatch(written) and int(written) <= LARGEST_ID else None


def plain(cell: str) -> str:
    """Return what a cell says without the guard of spreadsheets and the blanks around it."""
    return unguarded(cell).strip()
