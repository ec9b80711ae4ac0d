"""Which positions actors take on issues at the desk, as of a day or a time: what a matrix of both shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from tracker.models import Stance
from tracker.models.indexes import possible_days
from tracker.services.reviewing.attention import not_withdrawn
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Basis, Position, Standing


@dataclass(slots=True)
class Positions:
    """What one actor holds on one issue: the positions that stand, the latest first, and those that are contested."""

    accepted: list[Position] = field(default_factory=list)
    contested: list[Position] = field(default_factory=list)
    is_forecast: bool = False


def positions(
    *, issues: Iterable[int], actors: Iterable[int], days: "DateRange[date]"
) -> Mapping[tuple[int, int], Positions]:
    """Return what stances say that may hold then and were not retracted, by issue and actor; one query."""
    stances = Stance.objects.alias(possible=possible_days()).filter(
        not_withdrawn(Noun.STANCE), issue__in=list(issues), actor__in=list(actors), possible__overlap=days
    )
    rows = stances.order_by("-since_latest", "-id").values_list("issue", "actor", "position", "standing", "basis")
    found: dict[tuple[int, int], Positions] = defaultdict(Positions)
    for issue, actor, position, standing, basis in rows:
        cell = found[issue, actor]
        said = cell.accepted if standing == Standing.ACCEPTED else cell.contested
        if position not in said:
            said.append(Position(position))
        cell.is_forecast |= basis == Basis.FORECAST
    return found
