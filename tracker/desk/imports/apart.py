"""Parts in a file of their own, a row each: `ballots.csv`, with the vote, the actor and what it cast.

They are read as rows of the records that they belong to, one for each, with all of its parts, in whichever order they
stand; in memory are held only which items a record has, of which few differ, and where each stands.
"""

from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unicodedata import normalize

from tracker.desk.records.fields import Part, layout
from tracker.public.formats.csv import unguarded
from tracker.public.formats.json import write_json
from tracker.public.formats.rows import Row, Unreadable, heading
from tracker.values.nouns import Noun
from tracker.values.problems import Place, near

KEYS = ("id", "ref")  # the columns by which a record is found whose parts these are


class Apart(NamedTuple):
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
APART = {part.name: Apart(noun, part) for noun in Noun for part in layout(noun).parts.values() if part.grouped}


def apart_by(header: Sequence[str]) -> Apart | None:
    """Return the parts of which a file with this header has a row each, if it is one."""
    names = {*map(heading, header)}
    return next((of for of in APART.values() if {*of.required} <= names <= {*of.columns}), None)


class GatheredParts:
    """The parts that a file has, by the record that each is of: a row for any of these, made when it is asked for."""

    def __init__(self, of: Apart, header: Sequence[str], rows: Iterable[Row], file: str) -> None:
        """Read all rows; raise Unreadable."""
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


def _unread(of: Apart, names: Sequence[str], row: Row) -> Sequence[str]:
    if len(row.cells) != len(names):
        says = f"the row has {len(row.cells)} cells, the header {len(names)}"
        return says, "quote cells that have commas in them"
    if any("\0" in cell for cell in row.cells):
        return "a cell has the character NUL", "remove it"
    if not row.cells[names.index(of.noun.value)].strip():
        return f"it says of no {of.noun}", f"write the ref or the number of the {of.noun}"
    return ()


def _check(of: Apart, names: Sequence[str]) -> None:
    unknown = [f"“{name}”{_near(name, of)}" for name in names if name not in of.columns]
    twice = [f"“{name}”" for name in of.columns if names.count(name) > 1]
    missing = [f"“{name}”" for name in of.required if name not in names]
    wrong = [
        f"{says} {', '.join(several)}"
        for says, several in (("it lacks", missing), ("unknown are", unknown), ("twice in it are", twice))
        if several
    ]
    if wrong:
        raise Unreadable(1, f"of the columns of {of.part.name}, {'; '.join(wrong)}", f"write {', '.join(of.columns)}")


def _near(name: str, of: Apart) -> str:
    nearest = near(name, of.columns).strip()
    return f" ({nearest})" if nearest else ""
