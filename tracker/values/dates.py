"""Vague dates: a small subset of EDTF (ISO 8601-2), kept as written, with the first and last day it can mean.

    2019            a year              201X, 20XX      some year of the decade, of the century
    2019-06         a month             2019-XX         some month of 2019
    2019-06-05      a day               2019-06-XX      some day of June 2019 (2019-XX-XX: of 2019)
    [2019-06-01..2019-06-05]            some day from the one to the other
    2019~  2019-06?  2019%              about, perhaps, both: kept as written, the bounds do not move

The database has the same two functions, `edtf_earliest` and `edtf_latest`; a test holds them equal to these.
"""

import re
from calendar import month_abbr, month_name, monthrange
from dataclasses import dataclass
from datetime import date

SINGLE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[~?%]?"
)
ONE_OF = re.compile(r"\[(?P<first>[0-9-]+)\.\.(?P<last>[0-9-]+)\]")
# what people write for a month or a day, and for which the right way can be told
BY_NUMBER = re.compile(r"(?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})|(?P<first>[0-9]{4})[/.-](?P<after>[0-9]{1,2})")
BY_NAME = re.compile(r"(?:(?P<day>[0-9]{1,2})\.? )?(?P<name>[A-Za-z]{3,9})\.? (?P<year>[0-9]{4})")
MONTHS = {name.lower(): number for names in (month_abbr, month_name) for number, name in enumerate(names) if name}
REMEDY = "write 2019, 2019-06, 2019-06-05, 201X, 2019-06-XX or [2019-06-01..2019-06-05]; ~ ? % may follow a date"


class InvalidDate(ValueError):
    """Text that is no date of the subset; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class VagueDate:
    """A date as written, and the first and last day that it can mean (both inclusive)."""

    edtf: str
    earliest: date
    latest: date

    def __str__(self) -> str:
        """Write the days that it can mean: “1 Dec 2018 to 31 Dec 2018”."""
        first, last = (f"{day.day} {day:%b} {day.year}" for day in (self.earliest, self.latest))
        return first if first == last else f"{first} to {last}"


def parse(text: str) -> VagueDate:
    """Parse one vague date; raise InvalidDate with the remedy."""
    if meant := _meant(text):
        raise InvalidDate(f"“{text}” is not a date that can be kept: write {meant}")
    if match := ONE_OF.fullmatch(text):
        first, last = _single(match["first"], text), _single(match["last"], text)
        if first[0] > last[1]:
            raise InvalidDate(f"“{text}”: its first day comes after its last; swap the two")
        return VagueDate(text, first[0], last[1])
    if "/" in text:
        raise InvalidDate(f"“{text}” is an interval: write its first part as “since”, its second as “until”")
    return VagueDate(text, *_single(text, text))


def split_interval(text: str) -> tuple[str, str] | None:
    """Return both ends of a pasted interval `a/b` (`..` or nothing for an open end: ""), or None if it is none."""
    first, slash, last = ("" if end == ".." else end for end in text.partition("/"))
    return (first, last) if slash and not _meant(text) else None


def _meant(text: str) -> str:
    """Return how to write a month or day that is written in another way; nothing for all else."""
    if (match := BY_NUMBER.fullmatch(text)) and not SINGLE.fullmatch(text):
        year, month, day = match["year"] or match["first"], int(match["month"] or match["after"]), None
    elif (match := BY_NAME.fullmatch(text)) and match["name"].lower() in MONTHS:
        year, month, day = match["year"], MONTHS[match["name"].lower()], match["day"]
    else:
        return ""
    try:
        meant = date(int(year), month, int(day or 1)).isoformat()
    except ValueError:
        return ""
    return meant if day else meant[:-3]


def _single(text: str, whole: str) -> tuple[date, date]:
    match = SINGLE.fullmatch(text)
    if (
        not match
        or (match["month"] and "X" in match["year"])
        or (match["month"] == "XX" and match["day"] not in (None, "XX"))
    ):
        raise InvalidDate(f"“{whole}” is not a date that can be kept: {REMEDY}")
    year, month, day = match["year"], match["month"] or "XX", match["day"] or "XX"
    try:
        first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
        first_month, last_month = (1, 12) if month == "XX" else (int(month), int(month))
        last_day = monthrange(last_year, last_month)[1]
        first_day, last_day = (1, last_day) if day == "XX" else (int(day), int(day))
        return date(first_year, first_month, first_day), date(last_year, last_month, last_day)
    except ValueError as error:  # calendar.IllegalMonthError is one
        raise InvalidDate(f"“{whole}” is no day of the calendar ({error}): {REMEDY}") from error
