"""Parts in a file of their own, a row each: `ballots.csv`, with the vote, the actor and what it cast.

They are read as rows of the records that they belong to, one for each, with all of its parts; in memory are held only
which items a record has, of which few differ, and where each stands.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unicodedata import normalize

from tracker.formats.csv import unguarded
from tracker.formats.json import write_json
from tracker.formats.rows import Row, Unreadable
from tracker.services.records.fields import Part, layout
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
        return [self.noun.value, *(name for name, one in self.part.fields.items() if one.required)]

    @property
    def header(self) -> list[str]:
        """Return the columns of the rows that it is read as."""
        return [*KEYS, self.part.name]


# by the name of the file; parts that readers are told of in groups are many
APART = {part.name: Apart(noun, part) for noun in Noun for part in layout(noun).parts.values() if part.grouped}


def apart_by(header: Sequence[str]) -> Apart | None:
    """Return the parts of which a file with this header has a row each, if it is one."""
    return next((of for of in APART.values() if {*of.required} <= {*header} <= {*of.columns}), None)


@dataclass(slots=True)
class _Held:
    """Of one record: which items it has, by their numbers, and the line of each."""

    items: "array[int]" = field(default_factory=lambda: array("L"))
    lines: "array[int]" = field(default_factory=lambda: array("L"))


def gathered(of: Apart, header: Sequence[str], rows: Iterator[Row], file: str) -> Iterator[Row]:
    """Yield a row for each record that is named, in the order in which they come first; raise Unreadable.

    Its values are those of an entry. A row that can't be read is yielded as it is.
    """
    names = [name.strip() for name in header]
    _check(of, names)
    numbers: dict[tuple[str, ...], int] = {}
    held: dict[str, _Held] = {}
    for row in rows:
        if unread := row.unread or _unread(of, names, row):
            yield row._replace(cells=[""] * len(of.header), unread=unread)
            continue
        said = {name: normalize("NFC", unguarded(cell)) for name, cell in zip(names, row.cells, strict=True)}
        one = held.setdefault(said.pop(of.noun.value).strip(), _Held())
        one.items.append(numbers.setdefault(tuple(said.values()), len(numbers)))
        one.lines.append(row.line)
    columns, items = [name for name in names if name != of.noun.value], list(numbers)
    for key, one in held.items():
        listed = [dict(zip(columns, items[number], strict=True)) for number in one.items]
        values: dict[str, Any] = {"id" if key.isdecimal() else "ref": key, of.part.name: listed}
        cells = [values.get("id", ""), values.get("ref", ""), write_json(listed)]
        yield Row(one.lines[0], cells, values=values, places=[Place(file, line) for line in one.lines])


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
    found = near(name, of.columns).strip()
    return f" ({found})" if found else ""
