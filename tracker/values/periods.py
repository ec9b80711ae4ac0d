"""Periods whose ends are vague:
on which days a thing was possibly so, certainly so, and is asserted to be so.

Days are inclusive on both ends; None is an open end. EMPTY is the period without a day.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple


class Ends(NamedTuple):
    """The first and last day that the two ends of a period can mean;
    None where an end is not given.
    """

    since_earliest: date | None
    since_latest: date | None
    until_earliest: date | None
    until_latest: date | None


class Days(NamedTuple):
    """The days from `first` to `last`, both inclusive; None: open."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        """Write the days as PostgreSQL writes a daterange."""
        if self == EMPTY:
            return "empty"
        return f"[{self.first or ''},{self.last or ''}]"


EMPTY: Final = Days(date.max, date.min)


def possible(ends: Ends) -> Days:
    """Return the days on which it may have been so: from since.earliest to until.latest."""
    return Days(ends.since_earliest, ends.until_latest)


def certain(ends: Ends, confirmed_on: date | None) -> Days:
    """Return the days on which it surely was so:
    from since.latest to until.earliest, or to the day last checked.

    Empty if the beginning is unknown, if it was never checked, or if the two cross.
    """
    last = ends.until_earliest or confirmed_on
    if ends.since_latest is None or last is None or last < ends.since_latest:
        return EMPTY
    return Days(ends.since_latest, last)


def asserted(ends: Ends) -> Days:
    """Return the days on which no rival may be accepted beside it.

    An end that is a single day counts in full; a vague one up to, not including, its first day (but
    at least one day), so that "… until 2019" and "from 2019 …" may follow each other.
    """
    first, until_first, until_last = ends.since_earliest, ends.until_earliest, ends.until_latest
    if until_first is None:
        return Days(first, None)
    if until_first == until_last:
        return Days(first, until_last)
    if until_first == date.min:
        return EMPTY if first is None else Days(first, first)
    before = until_first - timedelta(days=1)
    return Days(first, before if first is None else max(before, first))


def is_begun(ends: Ends, confirmed_on: date | None, on: date) -> bool:
    """Tell whether it is known to have begun by a day.

    It was so on since.latest, on the day last checked if that lies within its period,
    and on an end of a single day.
    """
    since, until = ends.since_earliest, ends.until_earliest
    if ends.since_latest and ends.since_latest <= on:
        return True
    if (
        confirmed_on
        and confirmed_on <= on
        and not (since and confirmed_on < since)
        and not (until and until < confirmed_on)
    ):
        return True
    return until is not None and until == ends.until_latest and until <= on


def may_be_over(ends: Ends, on: date) -> bool:
    """Tell whether it may have ended before a day."""
    return ends.until_earliest is not None and ends.until_earliest < on


def meet(days: Days, other: Days) -> bool:
    """Say whether two periods have a day in common."""
    if EMPTY in (days, other):
        return False
    return max(days.first or date.min, other.first or date.min) <= min(
        days.last or date.max, other.last or date.max
    )


def meeting_days(ends: Ends) -> Ends:
    """Return the ends of a meeting, whose missing last day is its first."""
    if ends.until_earliest is None:
        return Ends(ends.since_earliest, ends.since_latest, ends.since_earliest, ends.since_latest)
    return ends


def stale_before(on: date, stale_after: int) -> date:
    """Return the day before which what was last confirmed is stale on another day;
    not before the calendar.
    """
    return date.fromordinal(max(on.toordinal() - stale_after, 1))


def is_stale(ends: Ends, confirmed_on: date | None, on: date, stale_after: int) -> bool:
    """Tell whether, on a day, nobody had confirmed for more than so many days what has no end."""
    return ends.until_earliest is None and (
        confirmed_on is None or (on - confirmed_on).days > stale_after
    )
