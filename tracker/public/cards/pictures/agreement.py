"""How much two actors agree by year: a line with its 95 % intervals as a band, with a gap where too
few votes are compared, and these as bars below.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, Self

from msgspec.structs import replace

from tracker.public.cards.pictures.axis import Axis
from tracker.public.cards.pictures.plate import Mark, Picture, Plate, draw, headed
from tracker.public.cards.pictures.svg import link, path, rect, text
from tracker.schema.agreement import FEW
from tracker.values.agreement import Sums, mean

WIDTH, LEFT, RIGHT = 960, 56, 944
CURVE, BARS = 220, 56  # heights
SHOWS = "Agreement in recorded votes, by year"
GRID = (0, 0.25, 0.5, 0.75, 1)


def alike(sums: Sums) -> float | None:
    """Return how alike two vote, from 0 to 1; None if too few votes are compared."""
    value = mean(sums)
    return value if sums.n >= FEW and isinstance(value, float) else None


def in_words(value: float | None) -> str:
    """Return how alike two vote as it is shown."""
    return "too few" if value is None else f"{value:.2f}"


class Year(NamedTuple):
    """A year: how many votes are compared, in how many the two differ, and where these are told.

    `value` is what they come to, from 0 to 1, None if they are too few;
    `ends` are those of its interval, if any.
    """

    year: int
    compared: int
    differing: int
    value: float | None
    ends: tuple[float, float] | None
    href: str

    @classmethod
    def of(cls, year: int | str, sums: Sums, ends: tuple[float, float] | None, href: str) -> Self:
        """Return the year of what votes come to."""
        return cls(int(year), sums.n, sums.n - sums.identical, alike(sums), ends, href)

    @property
    def measured(self) -> str:
        """Return what they come to in words."""
        return in_words(self.value)


def agreement(plate: Plate, years: Sequence[Year]) -> Picture | None:
    """Return the picture of years, which are in order; None if in each too few votes are compared.

    What is seen in it is said here, so the plate needs no finding.
    """
    values = [(year.value, year.year) for year in years if year.value is not None]
    if not values:
        return None
    (most, best), (least, worst) = max(values, key=itemgetter(0)), min(values, key=itemgetter(0))
    says = f"Most in {best} ({most:.2f}), least in {worst} ({least:.2f}). 1 is always alike."
    plate = replace(plate, finding=says)
    top = plate.height(WIDTH, SHOWS) + 32
    bottom = top + CURVE
    foot = bottom + 14 + BARS
    axis = Axis(date(years[0].year, 1, 1), date(years[-1].year, 12, 31), LEFT, RIGHT)
    marks = [Mark(str(year.year), year.measured, str(year.compared), year.href) for year in years]
    drawing = [
        *_grid(axis, top, foot),
        *_bars(axis, years, bottom + 14),
        *_curve(axis, years, top),
        *_hits(axis, years, top, foot),
    ]
    return draw(
        "agreement",
        plate,
        WIDTH,
        foot + 72,
        [*drawing, headed(plate, WIDTH, SHOWS, foot + 42)],
        marks,
    )


def _grid(axis: Axis, top: float, foot: float) -> Iterator[str]:
    for share in GRID:
        y = top + CURVE * (1 - share)
        yield path(f"M{LEFT} {y:g}H{RIGHT}", "grid")
        yield text(LEFT - 8, y + 4, f"{share:g}", "tick before")
    for x, word in axis.ticks():
        yield path(f"M{x:g} {top:g}V{foot:g}", "grid")
        yield text(x, foot + 16, word, "tick")


def _bars(axis: Axis, years: Sequence[Year], y: float) -> Iterator[str]:
    most = max(year.compared for year in years) or 1
    for year in years:
        height = round(BARS * year.compared / most, 1)
        left, right = axis.x(date(year.year, 2, 1)), axis.x(date(year.year, 12, 1))
        yield rect(left, y + BARS - height, right - left, height, "votes")


def _curve(axis: Axis, years: Sequence[Year], top: float) -> Iterator[str]:
    """Yield a band and a line for each run of years without a gap, and a dot for each year."""

    def point(year: int, value: float) -> str:
        return f"{axis.x(date(year, 7, 1)):g} {top + CURVE * (1 - value):.1f}"

    values = {year.year: year.value for year in years if year.value is not None}
    ends = {year.year: year.ends for year in years if year.value is not None and year.ends}
    for run in _runs(ends):
        low, high = ([point(year, ends[year][end]) for year in run] for end in (0, 1))
        yield path(f"M{'L'.join([*high, *reversed(low)])}Z", "interval")
    for run in _runs(values):
        yield path("M" + "L".join(point(year, values[year]) for year in run), "agreed")
    for year, value in values.items():
        x, y = point(year, value).split()
        yield f'<circle class="agreed" cx="{x}" cy="{y}" r="3"/>'


def _runs(years: Iterable[int]) -> list[list[int]]:
    """Return years, which are in order, cut where one is missing."""
    runs = groupby(enumerate(years), key=lambda numbered: numbered[1] - numbered[0])
    return [[year for _, year in run] for _, run in runs]


def _hits(axis: Axis, years: Sequence[Year], top: float, foot: float) -> Iterator[str]:
    for year in years:
        left, right = axis.x(date(year.year, 1, 1)), axis.after(date(year.year, 12, 31))
        yield link(
            year.href,
            f"{year.year}: {year.measured}, {year.compared} "
            f"vote{'' if year.compared == 1 else 's'} compared",
            rect(left, top, right - left, foot - top, "hit"),
        )
