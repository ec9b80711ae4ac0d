"""Which positions actors take on issues at the desk, as of a day or a time: what a matrix of both shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Value, When

from tracker.models import Stance
from tracker.values.vocabularies import Operation


class Holds(StrEnum):
    """Whether a claim may hold then, or why not."""

    ON_THAT_DAY = "then"
    ENDED = "ended"
    LATER = "later"
    RETRACTED = "retracted"


@dataclass(slots=True)
class Positions:
    """What one actor holds on one issue: `claims` that may hold, accepted before contested, of each the latest first.

    Each position comes once, as its claim that was checked last has it. `others` says why claims that are there don't
    count; where it is empty as well, nothing was ever coded.
    """

    held: dict[tuple[str, str], Stance] = field(default_factory=dict)
    others: set[Holds] = field(default_factory=set)

    @property
    def claims(self) -> list[Stance]:
        return sorted(self.held.values(), key=lambda stance: stance.standing)

    def add(self, stance: Stance) -> None:
        known = self.held.get((stance.standing, stance.position))
        if known is None or (stance.confirmed_on or date.min) > (known.confirmed_on or date.min):
            self.held[stance.standing, stance.position] = stance


def positions(
    *, issues: Iterable[int], actors: Iterable[int], days: "DateRange[date]"
) -> Mapping[tuple[int, int], Positions]:
    """Return what stances say that may hold then and were not retracted, by issue and actor; one query."""
    holds = Case(
        When(last_operation=Operation.RETRACTED, then=Value(Holds.RETRACTED)),
        When(possible__overlap=days, then=Value(Holds.ON_THAT_DAY)),
        When(possible__fully_lt=days, then=Value(Holds.ENDED)),
        default=Value(Holds.LATER),
    )
    stances = Stance.objects.filter(issue__in=list(issues), actor__in=list(actors))
    rows = stances.with_last_operation().with_possible_days().annotate(holds=holds).select_related("defers_to")
    by_cell: dict[tuple[int, int], Positions] = defaultdict(Positions)
    for stance in rows.order_by("-since_latest", "-id"):
        cell = by_cell[stance.issue_id, stance.actor_id]
        if stance.holds == Holds.ON_THAT_DAY:
            cell.add(stance)
        else:
            cell.others.add(Holds(stance.holds))
    return by_cell
