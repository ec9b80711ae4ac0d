"""Calendars, as icalendar reads them."""

from datetime import date
from typing import Any

import icalendar
import pytest

from tests.public.formats.written import PUBLISHED_AT, ROOT, meeting, written
from tracker.public.formats import ics
from tracker.values.nouns import Noun


def events(*meetings: dict[str, Any]) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(written(ics.write, Noun.MEETING, *meetings))
    assert calendar["VERSION"] == "2.0"
    shown = list(calendar.events)
    assert [event.errors for event in shown] == [[]] * len(shown)
    return shown


def test_a_meeting_is_an_event_of_whole_days() -> None:
    [event] = events(meeting("2019-06-05", "2019-06-07"))

    assert (event.start, event.end) == (date(2019, 6, 5), date(2019, 6, 8))
    assert (event["SUMMARY"], event["STATUS"], event["TRANSP"]) == (
        "Talks",
        "CONFIRMED",
        "TRANSPARENT",
    )
    assert event["UID"] == event["URL"] == f"{ROOT}/api/v1/meetings/7/"
    assert (event.DTSTAMP, event["SEQUENCE"]) == (PUBLISHED_AT, 3)


@pytest.mark.parametrize(
    ("since", "until", "start", "end", "says"),
    [
        ("2019-06", None, "2019-06-01", "2019-07-01", "2019-06"),
        ("[2019-06-20..2019-07-03]", None, "2019-06-20", "2019-07-04", "[2019-06-20..2019-07-03]"),
        ("2019", None, "2019-01-01", "2020-01-01", "2019"),
        ("2019-06-28", "2019-06", "2019-06-28", "2019-07-01", "2019-06-28/2019-06"),
        ("0001", None, "0001-01-01", "0002-01-01", "0001"),
        ("[9999-12-29..9999-12-30]", None, "9999-12-29", "9999-12-31", "[9999-12-29..9999-12-30]"),
    ],
)
def test_a_meeting_of_no_certain_day_is_on_none(
    since: str, until: str | None, start: str, end: str, says: str
) -> None:
    """It spans all days on which it may be, says so, and is tentative while it is planned."""
    [planned] = events(meeting(since, until, status="planned"))

    assert (str(planned.start), str(planned.end)) == (start, end)
    assert planned["SUMMARY"] == f"Talks (on some day of {says})"
    assert (planned["STATUS"], planned["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")


@pytest.mark.parametrize(
    ("since", "until"),
    [
        *[(None, None), ("201X", None), ("2018", "2019-06"), (None, "2019-06")],
        *[("9999", None), ("9999-12-31", None), ("9999-12-30", "9999-12-31")],
    ],
)
def test_what_may_be_at_any_time_is_left_out(since: str | None, until: str | None) -> None:
    assert events(meeting(since, until)) == []
    assert len(events(meeting(since, until), meeting(), meeting("2019-06"))) == 2


@pytest.mark.parametrize(
    ("status", "since", "calendar_status"),
    [
        ("held", "2019-06-05", "CONFIRMED"),
        ("held", "2019-06", "CONFIRMED"),
        ("planned", "2019-06-05", "CONFIRMED"),
        ("expected", "2019-06-05", "TENTATIVE"),
        ("cancelled", "2019-06-05", "CANCELLED"),
        ("cancelled", "2019-06", "CANCELLED"),
    ],
)
def test_a_status_is_one_of_calendars(status: str, since: str, calendar_status: str) -> None:
    assert events(meeting(since, status=status))[0]["STATUS"] == calendar_status


def test_long_and_strange_texts_come_back() -> None:
    """Lines are folded between characters, and what has a meaning in calendars is escaped."""
    text = "Xi, Putin; and\\others\nmet: “习近平” " * 20
    [event] = events(
        meeting(
            title="习近平" * 60,
            summary=text,
            place="St. Petersburg; Hall 1, 2",
            country="RUS",
            participants=[
                {"actor": {"name": "China, People’s Republic"}},
                {"actor": {"name": "Russia"}},
            ],
            issues=[{"issue": {"name": "Arctic"}}],
        )
    )

    assert event["SUMMARY"] == "习近平" * 60
    assert event["DESCRIPTION"] == f"{text}\nWith: China, People’s Republic, Russia\nAbout: Arctic"
    assert event["LOCATION"] == "St. Petersburg; Hall 1, 2, Russia"
    lines = (
        written(ics.write, Noun.MEETING, meeting(title="习" * 99, summary=text))
        .encode()
        .split(b"\r\n")
    )
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
