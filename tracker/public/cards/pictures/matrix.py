"""A matrix: what each actor says on each issue on a day, and how they relate, as chips in cells."""

from collections.abc import Sequence

from msgspec import Struct

from tracker.public.cards.chips import Chip
from tracker.public.cards.pictures.plate import (
    FOOT,
    Mark,
    Picture,
    Plate,
    draw,
    drawn_as,
    headed,
    is_filled,
)
from tracker.public.cards.pictures.svg import box, group, link, path, rect, text
from tracker.public.cards.pictures.text import fitted, lines, width
from tracker.values import days

WIDTH, LEFT, RIGHT = 960, 316, 944
ROW, INDENT = 28, 14
LETTERS = 12
MOST_ROWS, MOST_COLUMNS = 80, 8
SHOWS = "Positions by issue on {}, and how the first two relate"


class Row(Struct, frozen=True):
    """An issue, how deep it lies in the tree, where its page is, and its chips:
    several in a cell if rivals exist.

    A heading has no cells.
    """

    name: str
    depth: int
    href: str
    cells: Sequence[Sequence[Chip]]


def matrix(plate: Plate, columns: Sequence[str], rows: Sequence[Row]) -> Picture:
    """Draw a matrix; of too many rows or columns, it says how many more there are."""
    shown = columns[:MOST_COLUMNS]
    room = (RIGHT - LEFT) / (len(shown) or 1)
    heads = [lines(name, room - 6, 13, 2) for name in shown]
    shows = SHOWS.format(days.day(plate.on))
    top = 44 + plate.height(WIDTH, shows) + 15 * max(map(len, heads), default=1)
    more = [
        f"{left} more {called}{'' if left == 1 else 's'}"
        for left, called in (
            (len(rows) - MOST_ROWS, "issue"),
            (len(columns) - MOST_COLUMNS, "column"),
        )
        if left > 0
    ]
    bottom = top + len(rows[:MOST_ROWS]) * ROW + (20 if more else 0)
    drawing = (
        headed(plate, WIDTH, shows, bottom + 24),
        *(
            text(
                round(LEFT + (place + 0.5) * room, 1),
                top + 4 - 15 * len(several),
                several,
                "head",
                15,
            )
            for place, several in enumerate(heads)
        ),
        *(
            _row(row, top + place * ROW, room, len(shown))
            for place, row in enumerate(rows[:MOST_ROWS])
        ),
        text(16, bottom - 4, f"and {' and '.join(more)}", "more") if more else "",
    )
    marks = [
        Mark(row.name, f"{column}: {chip}", "", chip.href)
        for row in rows
        for column, chips in zip(columns, row.cells, strict=bool(row.cells))
        for chip in chips
    ]
    return draw("matrix", plate, WIDTH, bottom + 20 + FOOT * len(plate.feet(WIDTH)), drawing, marks)


def _row(row: Row, y: int, room: float, columns: int) -> str:
    x = 16 + row.depth * INDENT
    name = text(
        x,
        17,
        fitted(row.name, LEFT - 8 - x, 13),
        "name" if row.depth and row.cells else "name strong",
    )
    cells = (
        _cell(chip, row.name, LEFT + (index + place / len(chips)) * room + 2, room / len(chips) - 4)
        for index, chips in enumerate(row.cells[:columns])
        for place, chip in enumerate(chips)
    )
    return group((path(f"M16 -1H{RIGHT}", "grid"), link(row.href, row.name, name), *cells), y=y)


def _cell(chip: Chip, name: str, x: float, wide: float) -> str:
    x, wide = round(x, 1), round(wide, 1)
    has = set(chip.classes.split())
    label = f"{chip.sign} {chip.word}".strip()
    briefly = [note.partition(" (")[0] for note in chip.notes]
    texts = [
        ", ".join([label, *notes])
        for notes in (chip.notes, *(briefly[:many] for many in range(len(briefly), -1, -1)))
    ]
    words = next(
        (option for option in texts if width(option, LETTERS) <= wide - 8),
        chip.sign or fitted(label, wide - 8, LETTERS),
    )
    over = "hatch" if "contested" in has else "dots" if "nothing-not-on-that-day" in has else ""
    return link(chip.href, f"{name}: {chip}", "".join((
        rect(x, 2.5, wide, 21, drawn_as(has), ' rx="3"'),
        box(x, 2.5, wide, 21, f"matrix-{over}") if over else "",
        box(x, 2.5, wide, 21, "matrix-ribs") if "forecast" in has else "",
        path(f"M{x:g} 20.5h{wide:g}", "reserve") if "hedged" in has else "",
        text(x + 5, 17, words, "words on-solid" if is_filled(chip.classes) else "words"),
    )), chip.classes)  # fmt: skip
