"""Periods with vague ends,
held against slow oracles that look at every day and at every way to read the ends.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tracker.values.periods import (
    EMPTY,
    Days,
    Ends,
    asserted,
    certain,
    is_begun,
    is_stale,
    may_be_over,
    meet,
    meeting_days,
    possible,
    stale_before,
)

FIRST = date(2019, 1, 1)
WINDOW = [FIRST + timedelta(days=n) for n in range(14)]
BEFORE, AFTER = FIRST - timedelta(days=1), WINDOW[-1] + timedelta(days=1)

vague = st.tuples(st.sampled_from(WINDOW), st.sampled_from(WINDOW)).map(sorted)
exact = st.sampled_from(WINDOW).map(lambda day: [day, day])
end = st.one_of(vague, exact, st.just([None, None]))
periods = (
    st.tuples(end, end)
    .map(lambda two: Ends(*two[0], *two[1]))
    .filter(
        lambda ends: (
            None in (ends.since_earliest, ends.until_latest)
            or ends.since_earliest <= ends.until_latest
        )
    )
)


def days_in(days: Days) -> set[date]:
    """Return which days of the window, and of the day on either side of it, are among `days`."""
    return {
        day
        for day in [BEFORE, *WINDOW, AFTER]
        if (days.first is None or days.first <= day) and (days.last is None or day <= days.last)
    }


def readings(earliest: date | None, latest: date | None, unknown: date) -> list[date]:
    """Return each day that an end can mean; `unknown` for one that is not given."""
    return [unknown] if earliest is None else [day for day in WINDOW if earliest <= day <= latest]


@given(ends=periods)
def test_a_day_is_possible_if_some_reading_of_the_ends_includes_it(ends):
    starts = readings(ends.since_earliest, ends.since_latest, unknown=BEFORE)
    stops = readings(ends.until_earliest, ends.until_latest, unknown=AFTER)

    assert days_in(possible(ends)) == {
        day for day in [BEFORE, *WINDOW, AFTER] if any(a <= day <= b for a in starts for b in stops)
    }


@given(ends=periods, confirmed_on=st.none() | st.sampled_from(WINDOW))
def test_a_day_is_certain_if_every_reading_of_the_ends_includes_it(ends, confirmed_on):
    """Without a beginning nothing is; without an end, what was so on the day last checked."""
    starts = readings(ends.since_earliest, ends.since_latest, unknown=AFTER)
    stops = readings(ends.until_earliest, ends.until_latest, unknown=confirmed_on or BEFORE)

    assert days_in(certain(ends, confirmed_on)) == {
        day
        for day in WINDOW
        if ends.since_earliest and all(a <= day <= b for a in starts for b in stops)
    }


@given(ends=periods)
def test_a_day_is_asserted_as_rule_2_says(ends):
    def is_asserted(day: date) -> bool:
        if ends.since_earliest is not None and day < ends.since_earliest:
            return False
        if ends.until_earliest is None:
            return True
        if ends.until_earliest == ends.until_latest:
            return day <= ends.until_latest
        next_day = (ends.since_earliest or date.min) + timedelta(days=1)
        return day < max(ends.until_earliest, next_day)

    assert days_in(asserted(ends)) == {day for day in [BEFORE, *WINDOW, AFTER] if is_asserted(day)}


@given(first=vague | exact)
def test_what_ends_in_a_year_and_what_begins_in_it_may_follow_each_other(first):
    until = Ends(FIRST - timedelta(days=400), FIRST - timedelta(days=400), *first)
    since = Ends(*first, None, None)

    shared = days_in(asserted(until)) & days_in(asserted(since))

    assert shared == ({first[0]} if first[0] == first[1] else set())


@given(first=periods, other=periods)
def test_two_periods_meet_if_they_share_a_day(first, other):
    assert meet(asserted(first), asserted(other)) == bool(
        days_in(asserted(first)) & days_in(asserted(other))
    )


def test_a_period_without_a_day_meets_none():
    assert not meet(EMPTY, Days(None, None))
    assert not meet(Days(None, None), EMPTY)


@given(ends=periods)
def test_a_meeting_without_a_last_day_lasts_one_day(ends):
    whole = meeting_days(ends)

    assert whole[:2] == ends[:2]
    assert whole[2:] == (ends[2:] if ends.until_earliest else ends[:2])


@pytest.mark.parametrize(
    ("ends", "days"),
    [
        (Ends(None, None, date.min, date(1, 12, 31)), EMPTY),
        (Ends(date.min, date.min, date.min, date(1, 12, 31)), Days(date.min, date.min)),
        (Ends(date.min, date.max, date.max, date.max), Days(date.min, date.max)),
    ],
)
def test_the_ends_of_the_calendar_are_days_like_others(ends, days):
    assert asserted(ends) == days


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "written"),
    [
        (Days(date(2019, 1, 1), date(2019, 1, 2)), "[2019-01-01,2019-01-03)"),
        (Days(date.min, date.max), "[0001-01-01,10000-01-01)"),
        (Days(date(2019, 1, 1), None), "[2019-01-01,)"),
        (Days(None, date(2019, 1, 1)), "(,2019-01-02)"),
        (Days(None, None), "(,)"),
        (EMPTY, "empty"),
    ],
)
def test_postgresql_reads_days_as_a_daterange(days, written):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::daterange::text", [str(days)])

        assert cursor.fetchone() == (written,)


@pytest.mark.parametrize(
    ("until", "confirmed_on", "is_so"),
    [
        (None, None, True),
        (None, date(2018, 6, 14), True),
        (None, date(2018, 6, 15), False),
        (None, date(2020, 1, 1), False),
        (date(2030, 1, 1), None, False),
        (date(2010, 1, 1), date(2009, 1, 1), False),
    ],
)
def test_what_has_no_end_is_stale_if_nobody_confirmed_it_for_so_many_days(
    until, confirmed_on, is_so
):
    ends = Ends(date(2009, 1, 1), date(2009, 1, 1), until, until)

    assert is_stale(ends, confirmed_on, date(2019, 6, 15), 365) is is_so
    assert (
        until or not confirmed_on or (confirmed_on < stale_before(date(2019, 6, 15), 365)) is is_so
    )


def test_what_is_stale_in_the_first_year_of_the_calendar():
    assert stale_before(date(1, 6, 15), 365) == date.min


@pytest.mark.parametrize(
    ("since", "until", "confirmed_on", "begun_on", "over_on"),
    [
        ([4, 6], [None, None], None, 6, None),
        ([4, 6], [None, None], 4, 4, None),
        ([4, 6], [None, None], 3, 6, None),
        ([None, None], [8, 8], None, 8, 9),
        ([None, None], [8, 9], None, None, 9),
        ([None, None], [8, 9], 8, 8, 9),
        ([None, None], [8, 9], 9, None, 9),
        ([None, None], [8, 8], 9, 8, 9),
    ],
)
def test_since_when_it_is_known_to_have_begun_and_may_be_over(
    since, until, confirmed_on, begun_on, over_on
):
    """By the number of the day in June 2019; None: on none."""
    first, last, *ends = (number and date(2019, 6, number) for number in (*since, *until))
    ends, days = (
        Ends(first, last, *ends),
        {number: date(2019, 6, number) for number in range(1, 13)},
    )

    begun = [number for number, day in days.items() if is_begun(ends, days.get(confirmed_on), day)]
    over = [number for number, day in days.items() if may_be_over(ends, day)]

    assert begun == [*range(begun_on or 13, 13)]
    assert over == [*range(over_on or 13, 13)]
