"""Meetings and acts as a calendar (RFC 5545): days without hours, as the tracker knows no hours.

One of which only the month is known, say, is on no single day: it is shown over all days on which
it may be, which block nobody's time, named with its date as written and, unless it took place or
was cancelled, tentative. What may lie anywhere in more than a year, or at any time, no calendar can
show; it is left out. So is what lasts until the last day that a date can name, 31 December 9999:
the day after it, on which an event ends, has no name.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from tracker.public.formats.lists import About, Chunks, records
from tracker.schema.parts import address
from tracker.values import countries
from tracker.values.texts import printable

LONGEST_LINE = 75  # octets
ONE_DAY, LONGEST = timedelta(days=1), timedelta(days=366)
HEAD = {
    "BEGIN": "VCALENDAR",
    "VERSION": "2.0",
    "PRODID": "-//Tracker//API version 1//EN",
}
Body = dict[str, Any]


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield a calendar with an event for each of those whose days are known well enough."""
    name = _escaped(f"{settings.TITLE}: {about.noun.plural}")
    yield _lines({**HEAD, "NAME": name, "X-WR-CALNAME": name})
    for body in records(chunks, about.noun):
        if body["since"] and _fits(body):
            yield _lines(_event(body, about))
    yield _lines({"END": "VCALENDAR"})


def _event(body: Body, about: About) -> dict[str, str]:
    url = about.root + address(about.noun, body["id"])
    place = [body["place"], countries.name_of(body["country"])]
    lines = {
        "BEGIN": "VEVENT",
        "UID": url,
        "DTSTAMP": f"{about.published_at:%Y%m%dT%H%M%SZ}",
        "SEQUENCE": str(body["edition"]),
        "DTSTART;VALUE=DATE": _written(_first(body)),
        "DTEND;VALUE=DATE": _written(_last(body) + ONE_DAY),
        "SUMMARY": _escaped(_summary(body)),
        "STATUS": _status(body),
        "TRANSP": "TRANSPARENT",
        "LOCATION": _escaped(", ".join(filter(None, place))),
        "DESCRIPTION": _escaped("\n".join(_description(body))),
        "CATEGORIES": _escaped(body["kind"].replace("_", " ")),
        "URL": url,
        "END": "VEVENT",
    }
    return {name: value for name, value in lines.items() if value}


def _is_vague(body: Body) -> bool:
    return any(end and end["earliest"] != end["latest"] for end in (body["since"], body["until"]))


def _fits(body: Body) -> bool:
    return _last(body) < date.max and _last(body) + ONE_DAY - _first(body) <= LONGEST


def _first(body: Body) -> date:
    return date.fromisoformat(body["since"]["earliest"])


def _last(body: Body) -> date:
    return date.fromisoformat((body["until"] or body["since"])["latest"])


def _summary(body: Body) -> str:
    dates = "/".join(end["edtf"] for end in (body["since"], body["until"]) if end)
    return f"{body['title']} (on some day of {dates})" if _is_vague(body) else str(body["title"])


def _status(body: Body) -> str:
    if body["status"] == "cancelled":
        return "CANCELLED"
    is_open = body["status"] == "expected" or (body["status"] == "planned" and _is_vague(body))
    return "TENTATIVE" if is_open else "CONFIRMED"


def _description(body: Body) -> Iterator[str]:
    if body["summary"]:
        yield body["summary"]
    for head, parts, field in (("With", "participants", "actor"), ("About", "issues", "issue")):
        if body[parts]:
            yield f"{head}: {', '.join(part[field]['name'] for part in body[parts])}"


def _written(day: date) -> str:
    """Return a day with all four digits of its year,
    which `strftime` leaves out before the year 1000.
    """
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    for char, written in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\n"),
        ("\r", "\n"),
        ("\n", "\\n"),
    ):
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
