"""A matrix: what each actor says on each issue on a day, and how they relate, as chips in cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.cards.chips import Chip
from tracker.cards.pictures.plate import Mark, Picture, Plate, draw, is_filled
from tracker.cards.pictures.text import fitted, lines, width

WIDTH, LEFT, RIGHT = 960, 316, 944
ROW, INDENT = 28, 14
LETTERS = 12
MOST_ROWS, MOST_COLUMNS = 60, 8


@dataclass(frozen=True, slots=True)
class Row:
    """An issue, how deep it lies in the tree, where its page is, and its chips: several in a cell if rivals exist."""

    name: str
    depth: int
    href: str
    cells: Sequence[Sequence[Chip]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A chip as it is drawn: where, with which of its words."""

    x: float
    width: float
    text: str
    full: str
    classes: str
    href: str

    @property
    def place(self) -> str:
        """Return the class of its words."""
        return "on-solid" if is_filled(self.classes) else ""

    @property
    def has(self) -> frozenset[str]:
        """Return its classes, one by one."""
        return frozenset(self.classes.split())


def matrix(plate: Plate, columns: Sequence[str], rows: Sequence[Row]) -> Picture:
    """Draw a matrix; of too many rows or columns, it says how many more there are."""
    shown = columns[:MOST_COLUMNS]
    room = (RIGHT - LEFT) / (len(shown) or 1)
    heads = [(LEFT + place * room + room / 2, lines(name, room - 6, 13, 2)) for place, name in enumerate(shown)]
    top = 76 + plate.height(WIDTH)
    drawn = [
        (
            top + place * ROW,
            16 + row.depth * INDENT,
            fitted(row.name, LEFT - 24 - row.depth * INDENT, 13),
            row,
            [
                cell
                for index, chips in enumerate(row.cells[: len(shown)])
                for cell in _cells(chips, LEFT + index * room, room)
            ],
        )
        for place, row in enumerate(rows[:MOST_ROWS])
    ]  # fmt: skip
    more = [
        f"{len(of) - most} more {called}"
        for of, most, called in ((rows, MOST_ROWS, "issues"), (columns, MOST_COLUMNS, "columns"))
        if len(of) > most
    ]
    bottom = top + len(drawn) * ROW + (20 if more else 0)
    marks = [
        Mark(row.name, f"{column}: {chip}", "", chip.href)
        for row in rows
        for column, chips in zip(columns, row.cells, strict=True)
        for chip in chips
    ]
    return draw(
        "matrix", plate, WIDTH, bottom + 56, marks,
        heads=heads, top=top, bottom=bottom, rows=drawn, more=f"and {' and '.join(more)}" if more else "", right=RIGHT,
    )  # fmt: skip


def _cells(chips: Sequence[Chip], x: float, room: float) -> list[Cell]:
    each = room / (len(chips) or 1)
    return [
        Cell(
            round(x + place * each + 2, 1), round(each - 4, 1), _words(chip, each - 12), str(chip), chip.classes,
            chip.href,
        )
        for place, chip in enumerate(chips)
    ]  # fmt: skip


def _words(chip: Chip, room: float) -> str:
    """Return a chip's sign and word, or as much of them as there is room for; the sign is never cut."""
    said = f"{chip.sign} {chip.word}".strip()
    return said if width(said, LETTERS) <= room else chip.sign or fitted(said, room, LETTERS)
