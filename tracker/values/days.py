"""Dates in words, as a sentence has them: “5 June 2019”, “some day between March and May 2019”, “the 2010s”."""

from datetime import date
from functools import lru_cache
from typing import Any

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ABOUT, UNCERTAIN = "~%", "?%"
UNKNOWN = "an unknown day"


def day(of: date) -> str:
    """Write a day: “5 June 2019”."""
    return f"{of.day} {month(of)}"


def month(of: date) -> str:
    """Write the month of a day: “June 2019”."""
    return f"{MONTHS[of.month - 1]} {of.year}"


def when(vague: dict[str, Any]) -> str:
    """Write a date of a record as it was written, without a preposition."""
    return _when(vague["edtf"])


@lru_cache(maxsize=4096)  # the same dates come again and again
def _when(written: str) -> str:
    if written.startswith("["):
        first, last = (_certain(end) for end in written.strip("[]").split(".."))
        return f"some day between {_without(first, last)} and {last}"
    about, uncertain = "about " * (written[-1] in ABOUT), " (uncertain)" * (written[-1] in UNCERTAIN)
    return f"{about}{_certain(written.rstrip(ABOUT + UNCERTAIN))}{uncertain}"


def at(vague: dict[str, Any]) -> str:
    """Write a date with the preposition that it takes: “on 5 June 2019”, “in June 2019”."""
    is_day = vague["edtf"].startswith("[") or vague["edtf"].count("-") == 2
    return f"{'on' if is_day else 'in'} {when(vague)}"


def period(since: dict[str, Any] | None, until: dict[str, Any] | None) -> str:
    """Write from when until when, where at most the end may be open: “from June 2019 until 5 May 2020”."""
    return f"from {when(since) if since else UNKNOWN}" + (f" until {when(until)}" if until else "")


def span(since: dict[str, Any] | None, until: dict[str, Any] | None) -> str:
    """Write when something took place that lasts a day if no end is given: “from 5 to 7 June 2019”."""
    if not until or since == until:
        return at(since) if since else f"on {UNKNOWN}"
    last = when(until)
    return f"from {_without(when(since), last) if since else UNKNOWN} to {last}"


def _certain(written: str) -> str:
    """Write a date without a doubt, of which digits may be unknown."""
    year, *rest = written.split("-")
    if "X" in year:
        return f"the {year[:3]}0s" if year[2] != "X" else f"the years {year[:2]}00 to {year[:2]}99"
    if not rest:
        return year
    if rest[0] == "XX":
        return f"some {'day' if rest[1:] else 'month'} of {year}"
    of = f"{MONTHS[int(rest[0]) - 1]} {year}"
    if not rest[1:]:
        return of
    return f"some day of {of}" if rest[1] == "XX" else f"{int(rest[1])} {of}"


def _without(first: str, last: str) -> str:
    """Write the first of two dates without the month and year that the last one tells."""
    beginning, following = first.split(), last.split()
    while len(beginning) == len(following) > 1 and beginning[-1] == following[-1]:
        beginning, following = beginning[:-1], following[:-1]
    return " ".join(beginning)
