# ruff: noqa: RUF002 - formulas as the literature writes them
"""How well forecasts did: scores of what was said to be how likely, and whether it came about.

All follow from how many forecasts of each term there are, and how many of these came about. The
probability of a term is the middle of its range (ICD 203). They are exact until the last step, so
they add up.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import log, sqrt
from statistics import NormalDist
from typing import Any, Final, NamedTuple

from tracker.values.vocabularies import PERCENT, ForecastOutcome, Likelihood

FEW: Final = 10  # forecasts of a term under which its share says little
Z: Final = NormalDist().inv_cdf(0.975)
PROBABILITY: Final[Mapping[Likelihood, Fraction]] = {
    Likelihood(term): Fraction(sum(ends), 200) for term, ends in PERCENT.items()
}


def outcome_by(resolution: Mapping[str, Any], on: date | None) -> ForecastOutcome:
    """Return what had become of a forecast by a day, by its resolution in public; None:
    as far as is known.
    """
    decided = resolution["resolved_on"]
    if on is not None and decided is not None and decided > on.isoformat():
        return ForecastOutcome.OPEN
    return ForecastOutcome(resolution["outcome"])


class Tally(NamedTuple):
    """How many forecasts of one term were decided, and how many of them came about."""

    n: int
    yes: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.yes, self.n)

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval of the share (Wilson 1927,
        Journal of the American Statistical Association 22).
        """
        share, width = self.yes / self.n, Z * Z / self.n
        middle = (share + width / 2) / (1 + width)
        half = sqrt(share * (1 - share) * width + width * width / 4) / (1 + width)
        return max(0.0, middle - half), min(1.0, middle + half)


class Scores(NamedTuple):
    """What `n` forecasts come to; of none there are no scores.

    `brier` is the mean square of probability less outcome, 0 at best (Brier 1950), and `log` the
    mean logarithm of what was given to what happened, 0 at best (Good 1952). By term, `brier` =
    `reliability` − `resolution` + `uncertainty` (Murphy 1973, Journal of Applied Meteorology
    12:595–600).
    """

    n: int
    brier: float
    log: float
    reliability: float
    resolution: float
    uncertainty: float


def scores(tallies: Mapping[Likelihood, Tally]) -> Scores | None:
    """Return the scores of what was decided, by term; None of nothing."""
    decided = [(PROBABILITY[term], tally) for term, tally in tallies.items() if tally.n]
    if not decided:
        return None
    n = sum(tally.n for _, tally in decided)
    base = Fraction(sum(tally.yes for _, tally in decided), n)
    brier = sum(tally.yes * (1 - p) ** 2 + (tally.n - tally.yes) * p**2 for p, tally in decided) / n
    logarithm = (
        sum(tally.yes * log(p) + (tally.n - tally.yes) * log(1 - p) for p, tally in decided) / n
    )
    reliability = sum(tally.n * (p - tally.share) ** 2 for p, tally in decided) / n
    resolution = sum(tally.n * (tally.share - base) ** 2 for _, tally in decided) / n
    return Scores(
        n, float(brier), logarithm, float(reliability), float(resolution), float(base * (1 - base))
    )
