"""Filters by days, with both halves: what was possibly so on a day, or certainly."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db.models import Q

from tracker.schema.filters import Applied, Day, Filter, Flag
from tracker.schema.settlement import BEFORE, held_when_settled
from tracker.values.dates import InvalidDateError, bounds

FIRST, LAST = (f"; of a year (2019) or month (2019-02), its {end} day" for end in ("first", "last"))
ON = "What was possibly so on this day (valid time)."
CERTAIN = "With `on`: only what was certainly so."


@dataclass(frozen=True, slots=True)
class FirstDay(Day):
    """A day, or a year or month whose first day is meant."""

    end: ClassVar[str] = "earliest"

    def parse_one(self, value: str) -> date:
        """Return the day; raise BadValueError."""
        if re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", value):
            with suppress(InvalidDateError):
                day: date = getattr(bounds(value), self.end)
                return day
        return super(FirstDay, self).parse_one(value)


@dataclass(frozen=True, slots=True)
class LastDay(FirstDay):
    """A day, or a year or month whose last day is meant."""

    end: ClassVar[str] = "latest"


def possibly(day: date) -> Q:
    """Return the condition for what was possibly so."""
    return begun(day) & unset_or("until_latest__gte", day)


def certainly(day: date, *otherwise: str) -> Q:
    """Return the condition for what was certainly so;
    `otherwise` is what an end that is not given means.
    """
    ends = Q(until_earliest__gte=day)
    for field in otherwise:
        ends |= Q(until_earliest=None, **{f"{field}__gte": day})
    return Q(since_latest__lte=day) & ends


def begun(day: date) -> Q:
    """Return the condition for what possibly had begun by a day."""
    return unset_or("since_earliest__lte", day)


def unset_or(lookup: str, day: date) -> Q:
    """Return the condition that a day is not known, or this holds of it."""
    return Q(**{lookup.partition("__")[0]: None}) | Q(**{lookup: day})


def lasts(day: date) -> Q:
    """Return the condition that a meeting, which lasts a day if nothing else is said,
    possibly goes on until a day.
    """
    return Q(until_latest__gte=day) | Q(until_latest=None) & unset_or("since_latest__gte", day)


def _on(parameters: frozenset[str]) -> str:
    """Return the condition; what began later is left out by the order of lists,
    in which indexes are.
    """
    days = (
        "CASE WHEN %(certain)s THEN d.certain ELSE d.possible END"
        if "certain" in parameters
        else "d.possible"
    )
    told = f"{days} @> %(on)s::date"
    told = f"({told} OR (%(with_settled)s AND {BEFORE}))" if "with_settled" in parameters else told
    return f"d.sort <= %(on)s::date AND {told}"


def _is_so(applied: Applied) -> Q:
    day = applied.value
    told = certainly(day, "confirmed_on") if applied.parameters.get("certain") else possibly(day)
    return told | held_when_settled(day) if applied.parameters.get("with_settled") else told


def _is_held(applied: Applied) -> Q:
    day = applied.value
    return (
        certainly(day, "since_earliest")
        if applied.parameters.get("certain")
        else begun(day) & lasts(day)
    )


def period(*, lasts_a_day: bool = False, also: str = "") -> list[Filter]:
    """Return the filters of what has a period; without an end it goes on, or `lasts_a_day`.

    `also` is what else a day does.
    """

    def goes_on(applied: Applied) -> Q:
        return lasts(applied.value) if lasts_a_day else unset_or("until_latest__gte", applied.value)

    return [
        Day("on", f"{ON}{also}", _on, _is_held if lasts_a_day else _is_so),
        Flag("certain", CERTAIN, "true", lambda applied: Q()),
        FirstDay(
            "from",
            f"Possibly so on this day or later{FIRST}.",
            "d.possible && daterange(%(from)s, NULL)",
            goes_on,
        ),
        LastDay(
            "to",
            f"Possibly so on this day or earlier{LAST}.",
            "d.sort <= %(to)s::date",
            lambda by: begun(by.value),
        ),
    ]
