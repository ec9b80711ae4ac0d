"""How alike two actors vote, by year and body, as lines; below them, on the same axis, a mark for
each thing that they did together. Small, for the first page: it has no links, and what is said
around it stands in the page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise, takewhile

from msgspec import Struct
from msgspec.structs import replace

from tracker.public.cards.pictures.axis import Axis
from tracker.public.cards.pictures.plate import Picture, Plate, draw
from tracker.public.cards.pictures.svg import LEADING, path, text
from tracker.public.cards.pictures.text import width

SPAN = 35  # years up to the day that are shown
TOP, GAP, ROW = 14, 10, 17  # heights: above the lines, below them, and of a row of marks
LETTERS = 12
BOLD = 1.1
MOST_BODIES = 3

Shares = Mapping[int, float]  # by year, in order
Point = tuple[float, float, int, float]  # where it is, its year and its share


class Plot(Struct, frozen=True):
    """How wide it is, from where to where its axis goes, how high its lines,
    and how far apart years are written.
    """

    kind: str
    width: int
    left: int
    right: int
    curve: int
    apart: int


WIDE, NARROW = Plot("voting", 640, 62, 602, 206, 70), Plot("voting-narrow", 350, 62, 314, 150, 44)


def shown(bodies: Mapping[str, Shares], on: date) -> dict[str, Shares]:
    """Return of each body the years that had ended by a day, 35 at most.

    One of which there are less than half as many as of another would be dots, and is left out;
    as is one year alone.
    """
    years = range(on.year - SPAN + 1, on.year + (on == date(on.year, 12, 31)))
    of = {
        name: {year: share for year, share in shares.items() if year in years}
        for name, shares in bodies.items()
    }
    longest = sorted(of, key=lambda name: -len(of[name]))[:MOST_BODIES]
    enough = max(2, len(of[longest[0]]) / 2) if longest else 0
    return {
        name: shares for name, shares in of.items() if name in longest and len(shares) >= enough
    }


def in_words(bodies: Mapping[str, Shares]) -> str:
    """Return what is seen of each body:
    how alike the two voted in its first year and in its last.
    """
    return " ".join(
        f"{name}: {_percent(shares[min(shares)])} in {min(shares)}, "
        f"{_percent(shares[max(shares)])} in {max(shares)}."
        for name, shares in bodies.items()
    )


def voting(
    plate: Plate,
    bodies: Mapping[str, Shares],
    marks: Mapping[str, Sequence[date]],
    shape: Plot = WIDE,
) -> Picture | None:
    """Return the picture of bodies, of each the years that are `shown`; None if there is none.
    Marks are by name.
    """
    if not bodies:
        return None
    first = min(year for shares in bodies.values() for year in shares)
    axis = Axis(date(first, 1, 1), date(plate.on.year, 12, 31), shape.left, shape.right)
    rows = {name: [day for day in days if day >= axis.first] for name, days in marks.items()}
    rows = {name: days for name, days in rows.items() if days}
    top = TOP + shape.curve + GAP
    foot = top + ROW * len(rows)
    drawing = [
        _lines(
            tuple((name, tuple(shares.items())) for name, shares in bodies.items()),
            axis,
            foot,
            shape,
        ),
        *(
            _marks(axis, name, days, top + ROW * place)
            for place, (name, days) in enumerate(rows.items())
        ),
    ]
    return draw(
        shape.kind, replace(plate, finding=in_words(bodies)), shape.width, foot + 22, drawing, []
    )


@lru_cache(maxsize=64)  # the same all year
def _lines(
    bodies: Sequence[tuple[str, Sequence[tuple[int, float]]]], axis: Axis, foot: float, shape: Plot
) -> str:
    """Return all but the marks."""
    every = [point for _, shares in bodies for point in shares]
    low, latest = min(int(4 * share) for _, share in every) / 4, max(year for year, _ in every)

    def y(share: float) -> float:
        return round(TOP + shape.curve * (1 - share) / ((1 - low) or 1), 1)

    lines = [
        [(axis.x(date(year, 7, 1)), y(share), year, share) for year, share in shares]
        for _, shares in bodies
    ]
    names = enumerate(zip(_short([name for name, _ in bodies]), lines, strict=True))
    return "".join((
        *_grid(axis, shape, low, foot, y),
        *(_line(place, line) for place, line in enumerate(lines)),
        *(_labels(place, name, line, latest) for place, (name, line) in names),
    ))  # fmt: skip


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", "\N{NARROW NO-BREAK SPACE}%")


def _short(names: Sequence[str]) -> list[str]:
    """Return names without the words with which all of them begin."""
    words = [name.split() for name in names]
    alike = takewhile(lambda of: len(set(of)) == 1, zip(*words, strict=False))
    shared = len(list(alike)) if len(words) > 1 else 0
    return [" ".join(each[shared:] or each) for each in words]


def _grid(
    axis: Axis, shape: Plot, low: float, foot: float, y: Callable[[float], float]
) -> Iterator[str]:
    for quarter in range(int(low * 4), 5):
        at = y(quarter / 4)
        yield path(f"M{shape.left} {at:g}H{shape.right}", "grid")
        yield text(shape.left - 8, at + 4, _percent(quarter / 4), "tick before")
    for x, word in axis.ticks(shape.apart):
        yield path(f"M{x:g} {TOP}V{foot:g}", "grid")
        yield text(x, foot + 15, word, "tick")


def _marks(axis: Axis, name: str, days: Sequence[date], top: float) -> str:
    places = sorted({axis.x(day) for day in days})
    ticks = "".join(f"M{x:g} {top + 3:g}v{ROW - 6}" for x in places)
    return text(axis.left - 8, top + 12, name.capitalize(), "tick before") + path(ticks, "event")


def _line(place: int, points: Sequence[Point]) -> str:
    """Return a line through years that follow each other, thin across a gap,
    and a dot at its end or by itself.
    """
    through, across = "", ""
    for (x, y, year, _), (next_x, next_y, next_year, _) in pairwise(points):
        piece = f"M{x:g} {y:g}L{next_x:g} {next_y:g}"
        if next_year == year + 1:
            through += piece if not through.endswith(f"L{x:g} {y:g}") else f"L{next_x:g} {next_y:g}"
        else:
            across += piece
    x, y, *_ = points[-1]
    return (
        path(across, f"body body-{place} gap") * bool(across)
        + path(through, f"body body-{place}") * bool(through)
        + f'<circle class="body-{place}" cx="{x:g}" cy="{y:g}" r="3.5"/>'
    )


def _labels(place: int, name: str, points: Sequence[Point], latest: int) -> str:
    """Return the name of a body below where its line begins, and its last share with its year.

    Where the line ends last there is room for the year below the share,
    else both are below the line.
    """
    (first, *_), (last, y, year, share) = points[0], points[-1]
    start, end = (
        _below(points, first, first + width(name, LETTERS) * BOLD),
        text(last + 7, y + 4, _percent(share), f"words label-{place}")
        + text(last + 7, y + 4 + LEADING, str(year), f"words label-{place}"),
    )
    if year < latest:
        says = f"{_percent(share)} in {year}"
        end = text(
            last + 4,
            _below(points, last - width(says, LETTERS) * BOLD, last),
            says,
            f"words label-{place} before",
        )
    return text(first, start, name, f"words label-{place}") + end


def _below(points: Sequence[Point], left: float, right: float) -> float:
    """Return where a text stands that is below a line."""
    return max(y for x, y, *_ in points if left <= x <= right) + LEADING
