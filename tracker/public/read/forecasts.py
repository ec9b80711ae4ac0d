"""Forecasts of an edition, claims of both kinds,
and how well those did that were asked before they were decided.

There are few among claims; all of an edition are kept decoded, as they can't change, and whatever
is asked of them is worked out from these. Nothing of a score is stored: what is undone has none.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from psycopg.sql import SQL

from tracker.public.read.connection import rows
from tracker.public.read.sql import OF_EDITION, literal, table_of, write
from tracker.schema.records import CLAIMS, read_body
from tracker.values.nouns import Noun
from tracker.values.scores import Tally, outcome_by
from tracker.values.vocabularies import Basis, ForecastOutcome, Likelihood

FORECASTS = write(
    "{}",
    SQL(" UNION ALL ").join(
        SQL("SELECT {}, d.body FROM {} d WHERE d.basis = %(basis)s AND {}").format(
            literal(noun), table_of(noun), OF_EDITION.live("d")
        )
        for noun in CLAIMS
    ),
)
SCORED = {ForecastOutcome.YES: True, ForecastOutcome.NO: False}


class Forecast(NamedTuple):
    """A claim that is a forecast."""

    noun: Noun
    body: dict[str, Any]

    @property
    def resolution(self) -> dict[str, Any] | None:
        return next(iter(self.body["resolutions"]), None)

    def kind(self, on: date | None) -> str:
        """Return as what it is counted on a day: each as one thing;
        as of no day, none is overdue.
        """
        resolution = self.resolution
        if resolution is None:
            return "unasked"
        if resolution["retrospective"]:
            return "retrospective"
        outcome = outcome_by(resolution, on)
        if outcome in SCORED:
            return "scored"
        is_overdue = (
            outcome is ForecastOutcome.OPEN
            and on is not None
            and resolution["due"] < on.isoformat()
        )
        return "overdue" if is_overdue else outcome.value

    def came_about(self, on: date | None) -> bool | None:
        """Return whether it came about, as it is scored; None: it isn't."""
        resolution = self.resolution
        return (
            SCORED.get(outcome_by(resolution, on))
            if resolution and not resolution["retrospective"]
            else None
        )


@lru_cache(maxsize=8)
def forecasts(edition: int, stamp: int | None) -> Sequence[Forecast]:
    """Return those of an edition, whose moment is `stamp`, the first due first;
    one statement, and kept.
    """
    bound = {"edition": edition, "basis": Basis.FORECAST.value}
    found = (
        Forecast(Noun(noun), read_body(Noun(noun), text)) for noun, text in rows(FORECASTS, bound)
    )
    return sorted(
        found, key=lambda of: ((of.resolution or {}).get("due", "~"), of.noun, of.body["id"])
    )


def tallies(of: Iterable[Forecast], on: date | None) -> dict[Likelihood, Tally]:
    """Return by term, from the least likely, how many are scored,
    and how many of these came about.
    """
    decided = Counter((each.body["likelihood"], each.came_about(on)) for each in of)
    return {
        term: Tally(decided[term, True] + decided[term, False], decided[term, True])
        for term in Likelihood
    }
