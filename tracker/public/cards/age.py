"""How old a claim is on a day:
whether it holds then, may hold, has ended, or is to come, and is still confirmed.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache

from tracker.public.cards.context import Body, Context
from tracker.values import days
from tracker.values.events import IssueEvent
from tracker.values.periods import Days, Ends, is_begun, is_stale, may_be_over, meet, possible
from tracker.values.scores import outcome_by
from tracker.values.vocabularies import ForecastOutcome, Position

Written = tuple[str, str]  # the first and the last day that a date can mean


class Age(Enum):
    """What a claim is on the day that is asked for."""

    TO_COME = "to come"
    POSSIBLE = "possible"
    NOW = "now"
    STALE = "stale"
    LOOKED_FOR = "looked for"
    ENDED = "ended"
    SETTLED = "settled"


def age(body: Body, context: Context) -> Age:
    """Return what a claim is on the context's day;
    possible is what isn't known to have begun, or not to have ended.

    What held when the question of its issue was settled, before that day, is told as of then;
    that nothing was found, as of when one looked.
    """
    settled, nothing = (
        context.settled.get(body["issue"]["slug"]),
        body.get("position") == Position.NO_EVIDENCE,
    )
    days_of = (
        _written(body["since"]),
        _written(body["until"]),
        body["confirmed_on"],
        _written(settled),
    )
    return _age(*days_of, nothing, context.on, context.stale_after)


def _written(end: Body | None) -> Written | None:
    return (end["earliest"], end["latest"]) if end else None


@lru_cache(maxsize=8192)  # a matrix asks it five times of each claim
def _age(
    since: Written | None,
    until: Written | None,
    confirmed_on: str | None,
    settled: Written | None,
    nothing: bool,
    on: date,
    stale_after: int,
) -> Age:
    ends, confirmed = (
        Ends(*_dates(since), *_dates(until)),
        date.fromisoformat(confirmed_on) if confirmed_on else None,
    )
    first, last = _dates(settled)
    if first and last and last < on and meet(possible(ends), Days(first, last)):
        return Age.SETTLED
    if ends.since_earliest and ends.since_earliest > on:
        return Age.TO_COME
    if ends.until_latest and ends.until_latest < on:
        return Age.ENDED
    if not is_begun(ends, confirmed, on) or may_be_over(ends, on):
        return Age.POSSIBLE
    if nothing and confirmed and confirmed < on:
        return Age.LOOKED_FOR
    return Age.STALE if is_stale(ends, confirmed, on, stale_after) else Age.NOW


def settled_before(body: Body, context: Context) -> tuple[date, date] | None:
    """Return the first and last day on which the question of a claim's issue was settled,
    before the context's day.
    """
    first, last = _days(context.settled.get(body["issue"]["slug"]))
    return (first, last) if first and last and last < context.on else None


def reopens(body: Body, context: Context) -> bool:
    """Tell whether a claim begins after the question of its issue was settled."""
    _, settled = _days(context.settled.get(body["issue"]["slug"]))
    since = ends_of(body).since_earliest
    return settled is not None and since is not None and settled < since


def doubt(body: Body, context: Context) -> str:
    """Return what isn't known of a claim that may hold on the context's day:
    whether “already”, “still” or both.
    """
    ends = ends_of(body)
    begun, over = is_begun(ends, confirmed_on(body), context.on), may_be_over(ends, context.on)
    return " or ".join(["already"] * (not begun) + ["still"] * over)


def holds(body: Body, context: Context) -> bool:
    """Tell whether a claim possibly holds on the context's day,
    or did when its question was settled before.
    """
    return age(body, context) in (Age.POSSIBLE, Age.NOW, Age.STALE, Age.LOOKED_FOR, Age.SETTLED)


def without_nothing(claims: Sequence[Body]) -> Sequence[Body]:
    """Return claims of one actor on one issue, without that nothing was found,
    if others say what was.
    """
    return [body for body in claims if body.get("position") != Position.NO_EVIDENCE] or claims


def is_past_forecast(body: Body, context: Context) -> bool:
    """Tell whether the last day of a forecast has passed;
    of one without an end, the day on which it was to begin.
    """
    if not body["likelihood"]:
        return False
    ends = ends_of(body)
    last = ends.until_latest or ends.since_latest
    return last is not None and last < context.on


def resolution_of(body: Body, context: Context) -> tuple[Body, ForecastOutcome] | None:
    """Return the resolution of a forecast, and what had become of it by the context's day;
    None if it has none.
    """
    return next(((of, outcome_by(of, context.on)) for of in body["resolutions"]), None)


def is_unresolved(body: Body, context: Context) -> bool:
    """Tell whether it is overdue to say if a forecast came about:
    its due day has passed, else that of the claim.
    """
    if resolved := resolution_of(body, context):
        resolution, outcome = resolved
        return outcome is ForecastOutcome.OPEN and resolution["due"] < context.on.isoformat()
    return is_past_forecast(body, context)


def later_event(body: Body, context: Context) -> IssueEvent | None:
    """Return what happened last on a claim's own issue,
    if that was after somebody last checked the claim.

    What has an end, was decided or is to come is not told as of a check.
    """
    if body["until"]:
        return None
    confirmed, event = confirmed_on(body), context.events().get(body["issue"]["slug"])
    if confirmed is None or event is None or event.first <= confirmed:
        return None
    resolved = resolution_of(body, context)
    if resolved and resolved[1] is not ForecastOutcome.OPEN:
        return None
    is_told = age(body, context) in (Age.POSSIBLE, Age.NOW, Age.STALE, Age.LOOKED_FOR)
    return event if is_told else None


def ends_of(body: Body) -> Ends:
    """Return the first and last day that the two ends of a record's period can mean."""
    return Ends(*_days(body["since"]), *_days(body["until"]))


def _days(end: Body | None) -> tuple[date | None, date | None]:
    return _dates(_written(end))


def _dates(end: Written | None) -> tuple[date | None, date | None]:
    return (date.fromisoformat(end[0]), date.fromisoformat(end[1])) if end else (None, None)


def confirmed_on(body: Body) -> date | None:
    """Return the day on which somebody last checked a claim."""
    return date.fromisoformat(body["confirmed_on"]) if body["confirmed_on"] else None


def months_confirmed(claims: Iterable[Body]) -> list[str]:
    """Return the first and the last month in which any of the claims was confirmed:
    one if it is the same, or none.
    """
    confirmed = sorted(filter(None, map(confirmed_on, claims)))
    return list(dict.fromkeys(days.month(day) for day in (*confirmed[:1], *confirmed[-1:])))
