"""Which positions actors take on issues at the desk, as of a day or a time: what a matrix of both shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Value, When

from tracker.models import Stance
from tracker.values.periods import stale_before
from tracker.values.vocabularies import Basis, Operation, Position, Standing


class Holds(StrEnum):
    """Whether a claim may hold then, or why not."""

    THEN = "then"
    ENDED = "ended"
    LATER = "later"
    RETRACTED = "retracted"


class Held(NamedTuple):
    """A position, from when until when it is held, as written, and the day of the last check that it was."""

    position: Position
    since: str
    until: str
    confirmed_on: date | None

    def is_unconfirmed(self, on: date) -> bool:
        """Tell whether a day is told of which nobody had checked for a year, of what has no end."""
        limit = stale_before(on, settings.STALE_AFTER)
        return not self.until and (self.confirmed_on is None or self.confirmed_on < limit)


@dataclass(slots=True)
class Positions:
    """What one actor holds on one issue: the positions that stand, the latest first, and those that are contested.

    Each comes once, as its claim that was checked last has it. `others` says why claims that are there don't count;
    where it is empty as well, nothing was ever coded.
    """

    accepted: dict[Position, Held] = field(default_factory=dict)
    contested: dict[Position, Held] = field(default_factory=dict)
    is_forecast: bool = False
    others: set[Holds] = field(default_factory=set)


def positions(
    *, issues: Iterable[int], actors: Iterable[int], days: "DateRange[date]"
) -> Mapping[tuple[int, int], Positions]:
    """Return what stances say that may hold then and were not retracted, by issue and actor; one query."""
    holds = Case(
        When(last_operation=Operation.RETRACTED, then=Value(Holds.RETRACTED)),
        When(possible__overlap=days, then=Value(Holds.THEN)),
        When(possible__fully_lt=days, then=Value(Holds.ENDED)),
        default=Value(Holds.LATER),
    )
    stances = Stance.objects.filter(issue__in=list(issues), actor__in=list(actors))
    rows = (
        stances.with_last_operation()
        .with_possible_days()
        .order_by("-since_latest", "-id")
        .values_list("issue", "actor", "standing", "basis", holds, "position", "since", "until", "confirmed_on")
    )
    found: dict[tuple[int, int], Positions] = defaultdict(Positions)
    for issue, actor, standing, basis, when, position, *rest in rows:
        cell = found[issue, actor]
        if when != Holds.THEN:
            cell.others.add(Holds(when))
            continue
        said = cell.accepted if standing == Standing.ACCEPTED else cell.contested
        held = Held(Position(position), *rest)
        known = said.get(held.position)
        if known is None or (held.confirmed_on or date.min) > (known.confirmed_on or date.min):
            said[held.position] = held
        cell.is_forecast |= basis == Basis.FORECAST
    return found
