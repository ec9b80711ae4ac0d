"""How much two actors agree by year: a line, with a gap where too few votes are compared, and these as bars below."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from tracker.cards.pictures.axis import Axis
from tracker.cards.pictures.plate import Mark, Picture, Plate, draw, headed
from tracker.cards.pictures.svg import link, path, rect, text

WIDTH, LEFT, RIGHT = 960, 56, 944
CURVE, BARS = 220, 56  # heights
SHOWS = "Agreement in recorded votes, by year"
GRID = (0, 0.25, 0.5, 0.75, 1)


class Year(NamedTuple):
    """A year: how many votes are compared, what they come to from 0 to 1, None if they are too few, and their page."""

    year: int
    compared: int
    value: float | None
    href: str

    @property
    def measured(self) -> str:
        """Return what they come to in words."""
        return "too few" if self.value is None else f"{self.value:.2f}"


def agreement(plate: Plate, years: Sequence[Year]) -> Picture:
    """Return the picture of years, which are in order and at least one."""
    top = plate.height(WIDTH, SHOWS) + 32
    bottom = top + CURVE
    foot = bottom + 14 + BARS
    axis = Axis(date(years[0].year, 1, 1), date(years[-1].year, 12, 31), LEFT, RIGHT)
    marks = [Mark(str(one.year), one.measured, str(one.compared), one.href) for one in years]
    drawing = [
        *_grid(axis, top, foot),
        *_bars(axis, years, bottom + 14),
        *_curve(axis, years, top),
        *_hits(axis, years, top, foot),
    ]
    return draw("agreement", plate, WIDTH, foot + 72, [*drawing, headed(plate, WIDTH, SHOWS, foot + 42)], marks)


def _middle(axis: Axis, year: int) -> float:
    return axis.x(date(year, 7, 1))


def _grid(axis: Axis, top: float, foot: float) -> Iterator[str]:
    for share in GRID:
        y = top + CURVE * (1 - share)
        yield path(f"M{LEFT} {y:g}H{RIGHT}", "grid")
        yield text(LEFT - 8, y + 4, f"{share:g}", "tick before")
    for x, word in axis.ticks():
        yield path(f"M{x:g} {top:g}V{foot:g}", "grid")
        yield text(x, foot + 16, word, "tick")


def _bars(axis: Axis, years: Sequence[Year], y: float) -> Iterator[str]:
    most = max(one.compared for one in years) or 1
    for one in years:
        height = round(BARS * one.compared / most, 1)
        left, right = axis.x(date(one.year, 2, 1)), axis.x(date(one.year, 12, 1))
        yield rect(left, y + BARS - height, right - left, height, "votes")


def _curve(axis: Axis, years: Sequence[Year], top: float) -> Iterator[str]:
    """Yield a line for each run of years without a gap, and a dot for each year."""
    told = [one for one in years if one.value is not None]
    places = {one.year: (_middle(axis, one.year), round(top + CURVE * (1 - (one.value or 0)), 1)) for one in told}
    for _, run in groupby(enumerate(places), key=lambda numbered: numbered[1] - numbered[0]):
        yield path("M" + "L".join("{} {}".format(*places[year]) for _, year in run), "agreed")
    for x, y in places.values():
        yield f'<circle class="agreed" cx="{x:g}" cy="{y:g}" r="3"/>'


def _hits(axis: Axis, years: Sequence[Year], top: float, foot: float) -> Iterator[str]:
    for one in years:
        left, right = axis.x(date(one.year, 1, 1)), axis.after(date(one.year, 12, 31))
        yield link(
            one.href,
            f"{one.year}: {one.measured}, {one.compared} votes compared",
            rect(left, top, right - left, foot - top, "hit"),
        )
