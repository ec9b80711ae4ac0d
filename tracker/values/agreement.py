# ruff: noqa: RUF002 - formulas as the literature writes them
"""How much two actors agree over the items on which both have an ordered code,
by the measures of the literature.

All of them follow from eight sums, which a database adds up: of the codes x and y of two actors on
n items, those of x, y, x², y², xy and |x − y|, and how often x = y. Where a measure's denominator
is zero it is not defined, never 0 or 1.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, Self

import numpy as np

DRAWS: Final = 1000
FEWEST_DAYS: Final = 20  # under which days aren't drawn


class Undefined(StrEnum):
    """Why a measure has no value."""

    NOTHING_COMPARED = "nothing_compared"
    NO_VARIATION = "no_variation"
    FEW_DAYS = "few_days"


class Sums(NamedTuple):
    """What n items come to: `identical` counts those with x = y, `distance` adds up |x − y|."""

    n: int = 0
    x: int = 0
    y: int = 0
    xx: int = 0
    yy: int = 0
    xy: int = 0
    distance: int = 0
    identical: int = 0

    @classmethod
    def of(cls, codes: Iterable[tuple[int, int]]) -> Self:
        """Add up pairs of codes."""
        rows = [(1, x, y, x * x, y * y, x * y, abs(x - y), int(x == y)) for x, y in codes]
        return cls(*map(sum, zip(*rows, strict=True)))

    @property
    def squares(self) -> int:
        """Return Σ(x − y)²."""
        return self.xx + self.yy - 2 * self.xy


Measure = float | Undefined


def identical(sums: Sums) -> Measure:
    """Return the share of items with the same code."""
    return _ratio(sums.identical, sums.n, Undefined.NOTHING_COMPARED)


def mean(sums: Sums, span: int = 2) -> Measure:
    """Return 1 − Σ|d| / (span·n),
    `span` being the largest possible distance of two codes (Lijphart 1963).
    """
    return _complement(_ratio(sums.distance, span * sums.n, Undefined.NOTHING_COMPARED))


def s(sums: Sums, span: int = 2) -> Measure:
    """Return S = 1 − 2Σ|d| / (span·n) (Signorino and Ritter 1999,
    International Studies Quarterly 43:115–144).
    """
    return _complement(_ratio(2 * sums.distance, span * sums.n, Undefined.NOTHING_COMPARED))


def kappa(sums: Sums) -> Measure:
    """Return κ with squared weights, 1 − Σd² / (Σx² + Σy² − (2/n)ΣxΣy) (Cohen 1968; Häge 2011)."""
    expected = sums.n * (sums.xx + sums.yy) - 2 * sums.x * sums.y
    return _chance_corrected(sums, sums.n * sums.squares, expected)


def pi(sums: Sums) -> Measure:
    """Return π with squared weights, 1 − Σd² / (Σx² + Σy² − (Σx+Σy)²/(2n)) (Scott 1955;
    Häge 2011).
    """
    expected = 2 * sums.n * (sums.xx + sums.yy) - (sums.x + sums.y) ** 2
    return _chance_corrected(sums, 2 * sums.n * sums.squares, expected)


def alpha(sums: Sums) -> Measure:
    """Return α of interval data for two coders, none missing:
    1 − (1 − π)(2n−1)/(2n) (Krippendorff 2011).
    """
    scott = pi(sums)
    if isinstance(scott, Undefined):
        return scott
    return 1 - (1 - scott) * (2 * sums.n - 1) / (2 * sums.n)


MEASURES: Mapping[str, Callable[[Sums], Measure]] = MappingProxyType(
    {measure.__name__: measure for measure in (identical, mean, s, kappa, pi, alpha)}
)


class ConfidenceInterval(NamedTuple):
    """The 95 % interval of a measure, or why it has none;
    `undefined_draws` of the draws gave no value.
    """

    ends: tuple[float, float] | Undefined
    undefined_draws: int = 0


def intervals(
    days: Sequence[Sums], seed: bytes, names: Collection[str] = MEASURES
) -> dict[str, ConfidenceInterval]:
    """Return the interval of each measure, or of some, by what the votes of each day come to.

    They are the percentiles of its values over draws of as many days, with replacement: votes of a
    day hang together, so intervals that take them for independent are too narrow. `seed` is a
    SHA-256: of the same one comes the same, with any numpy.
    """
    if len(days) < FEWEST_DAYS:
        few = ConfidenceInterval(Undefined.FEW_DAYS if days else Undefined.NOTHING_COMPARED)
        return dict.fromkeys(names, few)
    drawn = _drawn(days, seed)
    return {name: _percentiles(MEASURES[name], drawn) for name in names}


def intervals_of_each(
    draws: Sequence[tuple[Sequence[Sums], bytes]],
) -> list[dict[str, ConfidenceInterval]]:
    """Return the intervals for each of several days and seeds."""
    return [intervals(days, seed) for days, seed in draws]


def _drawn(days: Sequence[Sums], seed: bytes) -> list[Sums]:
    """Return what the votes of each draw come to."""
    size = len(days)
    stream = np.random.RandomState(np.frombuffer(seed, dtype="<u4"))
    places = (stream.random_sample((DRAWS, size)) * size).astype(np.int64)
    places += np.arange(DRAWS)[:, None] * size
    times = np.bincount(places.ravel(), minlength=DRAWS * size).reshape(DRAWS, size)
    return [Sums(*row) for row in (times @ np.array(days)).tolist()]


def _percentiles(measure: Callable[[Sums], Measure], drawn: Sequence[Sums]) -> ConfidenceInterval:
    values = [value for value in map(measure, drawn) if not isinstance(value, Undefined)]
    if not values:
        return ConfidenceInterval(Undefined.NO_VARIATION, len(drawn))
    low, high = np.percentile(values, (2.5, 97.5)).tolist()
    return ConfidenceInterval((low, high), len(drawn) - len(values))


def _chance_corrected(sums: Sums, observed: int, expected: int) -> Measure:
    if not sums.n:
        return Undefined.NOTHING_COMPARED
    return _complement(_ratio(observed, expected, Undefined.NO_VARIATION))


def _ratio(part: int, whole: int, otherwise: Undefined) -> Measure:
    return part / whole if whole else otherwise


def _complement(ratio: Measure) -> Measure:
    return ratio if isinstance(ratio, Undefined) else 1 - ratio
