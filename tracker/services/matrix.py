"""Which positions actors take on issues at the desk, as of a day or a time: what a matrix of both shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Value, When

from tracker.models import Stance
from tracker.models.indexes import possible_days
from tracker.services.reviewing.attention import not_withdrawn
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Basis, Position, Standing


class Holds(StrEnum):
    """Whether a claim may hold then, or why not."""

    THEN = "then"
    ENDED = "ended"
    LATER = "later"
    RETRACTED = "retracted"


@dataclass(slots=True)
class Positions:
    """What one actor holds on one issue: the positions that stand, the latest first, and those that are contested.

    `others` says why claims that are there don't count; where it is empty as well, nothing was ever coded.
    """

    accepted: list[Position] = field(default_factory=list)
    contested: list[Position] = field(default_factory=list)
    is_forecast: bool = False
    others: set[Holds] = field(default_factory=set)


def positions(
    *, issues: Iterable[int], actors: Iterable[int], days: "DateRange[date]"
) -> Mapping[tuple[int, int], Positions]:
    """Return what stances say that may hold then and were not retracted, by issue and actor; one query."""
    holds = Case(
        When(~not_withdrawn(Noun.STANCE), then=Value(Holds.RETRACTED)),
        When(possible__overlap=days, then=Value(Holds.THEN)),
        When(possible__fully_lt=days, then=Value(Holds.ENDED)),
        default=Value(Holds.LATER),
    )
    stances = Stance.objects.filter(issue__in=list(issues), actor__in=list(actors)).alias(possible=possible_days())
    rows = stances.order_by("-since_latest", "-id").values_list(
        "issue", "actor", "position", "standing", "basis", holds
    )
    found: dict[tuple[int, int], Positions] = defaultdict(Positions)
    for issue, actor, position, standing, basis, when in rows:
        cell = found[issue, actor]
        if when != Holds.THEN:
            cell.others.add(Holds(when))
            continue
        said = cell.accepted if standing == Standing.ACCEPTED else cell.contested
        if position not in said:
            said.append(Position(position))
        cell.is_forecast |= basis == Basis.FORECAST
    return found
