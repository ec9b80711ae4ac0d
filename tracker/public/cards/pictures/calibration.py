"""How often forecasts of each term came about: a mark where the share is, with its 95 % interval,
in a field that has the range which the term says. Of few forecasts a mark is hollow, and says so.
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from tracker.public.cards.pictures.plate import Mark, Picture, Plate, draw, headed
from tracker.public.cards.pictures.svg import link, path, rect, text
from tracker.values.scores import FEW, PROBABILITY, Tally
from tracker.values.vocabularies import PERCENT, Likelihood

WIDTH, LEFT, RIGHT, HIGH = 960, 56, 944, 320
SHOWS = "Share that came about (up), by what was forecast (across)"
PERCENTS = range(0, 101, 25)


def few(tally: Tally) -> str:
    """Return what is to be said of a share of few."""
    return "too few" if tally.n < FEW else ""


def calibration(plate: Plate, tallies: Mapping[Likelihood, Tally], href: str) -> Picture | None:
    """Return the picture of what is scored, by term, whose marks lead to `href`;
    None if nothing is.
    """
    scored = {term: tally for term, tally in tallies.items() if tally.n}
    if not scored:
        return None
    within = [term for term, tally in scored.items() if tally.n >= FEW and _is_within(term, tally)]
    enough = sum(tally.n >= FEW for tally in scored.values())
    says = (
        f"{len(within)} of {enough} term{'s' * (enough != 1)} with {FEW} forecasts or more came "
        f"about as often as said."
    )
    plate = replace(
        plate,
        finding=says if enough else f"Of no term there are {FEW} forecasts yet: too few to judge.",
    )
    top = plate.height(WIDTH, SHOWS) + 32
    marks = [
        Mark(
            f"{term.label} ({'–'.join(map(str, PERCENT[term]))} %)",
            f"{tally.yes} of {tally.n}: {float(tally.share):.0%}",
            f"{'–'.join(f'{end:.0%}' for end in tally.interval)} {few(tally)}".rstrip(),
            href,
        )
        for term, tally in scored.items()
    ]
    drawing = [*_grid(top), *(piece for term in Likelihood for piece in _range(term, top))]
    drawing += [
        _mark(term, tally, mark, top)
        for (term, tally), mark in zip(scored.items(), marks, strict=True)
    ]
    foot = top + HIGH
    return draw(
        "calibration",
        plate,
        WIDTH,
        foot + 72,
        [*drawing, headed(plate, WIDTH, SHOWS, foot + 42)],
        marks,
    )


def _is_within(term: Likelihood, tally: Tally) -> bool:
    """Tell whether the interval of the share meets the range of the term."""
    (low, high), (least, most) = tally.interval, PERCENT[term]
    return low * 100 <= most and high * 100 >= least


def _x(percent: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * percent / 100, 1)


def _y(percent: float, top: float) -> float:
    return round(top + HIGH * (1 - percent / 100), 1)


def _grid(top: float) -> Iterator[str]:
    for percent in PERCENTS:
        x, y = _x(percent), _y(percent, top)
        yield path(f"M{LEFT} {y:g}H{RIGHT}", "grid")
        yield path(f"M{x:g} {top:g}V{top + HIGH:g}", "grid")
        yield text(LEFT - 8, y + 4, f"{percent} %", "tick before")
        yield text(x, top + HIGH + 16, f"{percent} %", "tick")


def _range(term: Likelihood, top: float) -> Iterator[str]:
    least, most = PERCENT[term]
    yield rect(
        _x(least), _y(most, top), _x(most) - _x(least), _y(least, top) - _y(most, top), "range"
    )


def _mark(term: Likelihood, tally: Tally, mark: Mark, top: float) -> str:
    """Return the mark of a term;
    n stands above its interval, or below it where that ends at the top.
    """
    x, y = _x(float(PROBABILITY[term]) * 100), _y(float(tally.share) * 100, top)
    low, high = (_y(end * 100, top) for end in tally.interval)
    classes = "share few" if few(tally) else "share"
    word = high - 8 if high - 8 > top + 8 else low + 16
    return link(
        mark.href,
        f"{mark.lane}: {mark.text}, 95 % interval {mark.when}",
        path(f"M{x:g} {high:g}V{low:g}", "share-interval")
        + f'<circle class="{classes}" cx="{x:g}" cy="{y:g}" r="5"/>'
        + text(x, word, f"{tally.n}{' ' * bool(few(tally))}{few(tally)}", "tick")
        + rect(x - 12, high, 24, low - high, "hit"),
    )
