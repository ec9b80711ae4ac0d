"""Meetings as a calendar (RFC 5545): days without hours, as the tracker knows no hours.

A meeting of which only the month is known, say, is on no single day: it is shown over all days on which it may be,
which block nobody's time, named with its date as written and, unless it was held or cancelled, tentative. What may lie
anywhere in more than a year, or at any time, no calendar can show; it is left out. So is what lasts until the last day
that a date can name, 31 December 9999: the day after it, on which an event ends, has no name.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tracker.public.formats.lists import About, Chunks, records
from tracker.schema.parts import address
from tracker.values import countries
from tracker.values.nouns import Noun
from tracker.values.texts import printable

LONGEST_LINE = 75  # octets
ONE_DAY, LONGEST_MEETING = timedelta(days=1), timedelta(days=366)
HEAD = {
    "BEGIN": "VCALENDAR",
    "VERSION": "2.0",
    "PRODID": "-//Tracker//API version 1//EN",
    "NAME": "Meetings of China\\, Russia and others",
    "X-WR-CALNAME": "Meetings of China\\, Russia and others",
}
Meeting = dict[str, Any]


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield a calendar with an event for each meeting whose days are known well enough."""
    yield _lines(HEAD)
    for meeting in records(chunks, about.noun):
        if meeting["since"] and _fits(meeting):
            yield _lines(_event(meeting, about))
    yield _lines({"END": "VCALENDAR"})


def _event(meeting: Meeting, about: About) -> dict[str, str]:
    url = about.root + address(Noun.MEETING, meeting["id"])
    place = [meeting["place"], countries.name_of(meeting["country"])]
    lines = {
        "BEGIN": "VEVENT",
        "UID": url,
        "DTSTAMP": f"{about.published_at:%Y%m%dT%H%M%SZ}",
        "SEQUENCE": str(meeting["edition"]),
        "DTSTART;VALUE=DATE": _written(_first(meeting)),
        "DTEND;VALUE=DATE": _written(_last(meeting) + ONE_DAY),
        "SUMMARY": _escaped(_summary(meeting)),
        "STATUS": _status(meeting),
        "TRANSP": "TRANSPARENT",
        "LOCATION": _escaped(", ".join(filter(None, place))),
        "DESCRIPTION": _escaped("\n".join(_description(meeting))),
        "CATEGORIES": _escaped(meeting["kind"].replace("_", " ")),
        "URL": url,
        "END": "VEVENT",
    }
    return {name: value for name, value in lines.items() if value}


def _is_vague(meeting: Meeting) -> bool:
    return any(end and end["earliest"] != end["latest"] for end in (meeting["since"], meeting["until"]))


def _fits(meeting: Meeting) -> bool:
    return _last(meeting) < date.max and _last(meeting) + ONE_DAY - _first(meeting) <= LONGEST_MEETING


def _first(meeting: Meeting) -> date:
    return date.fromisoformat(meeting["since"]["earliest"])


def _last(meeting: Meeting) -> date:
    return date.fromisoformat((meeting["until"] or meeting["since"])["latest"])


def _summary(meeting: Meeting) -> str:
    dates = "/".join(end["edtf"] for end in (meeting["since"], meeting["until"]) if end)
    return f"{meeting['title']} (on some day of {dates})" if _is_vague(meeting) else str(meeting["title"])


def _status(meeting: Meeting) -> str:
    if meeting["status"] == "cancelled":
        return "CANCELLED"
    is_open = meeting["status"] == "expected" or (meeting["status"] == "planned" and _is_vague(meeting))
    return "TENTATIVE" if is_open else "CONFIRMED"


def _description(meeting: Meeting) -> Iterator[str]:
    if meeting["summary"]:
        yield meeting["summary"]
    for head, parts, field in (("With", "participants", "actor"), ("About", "issues", "issue")):
        if meeting[parts]:
            yield f"{head}: {', '.join(part[field]['name'] for part in meeting[parts])}"


def _written(day: date) -> str:
    """Return a day with all four digits of its year, which `strftime` leaves out before the year 1000."""
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    for char, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\r", "\n"), ("\n", "\\n")):
        text = text.replace(char, written)
    return printable(text)


def _lines(lines: dict[str, str]) -> bytes:
    return b"".join(_folded(f"{name}:{value}".encode()) + b"\r\n" for name, value in lines.items())


def _folded(line: bytes) -> bytes:
    """Return a line cut into pieces of LINE octets at most, never within a character."""
    pieces, room = [], LONGEST_LINE
    while len(line) > room:
        cut = room
        while line[cut] & 0b1100_0000 == 0b1000_0000:
            cut -= 1
        pieces.append(line[:cut])
        line, room = line[cut:], LONGEST_LINE - 1
    return b"\r\n ".join([*pieces, line])
