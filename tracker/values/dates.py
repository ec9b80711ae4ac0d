"""Vague dates: a small subset of EDTF (ISO 8601-2), kept as written, with the first and last day
it can mean.

    2019            a year              201X, 20XX      some year of the decade, of the century
    2019-06         a month             2019-XX         some month of 2019
    2019-06-05      a day               2019-06-XX      some day of June 2019 (2019-XX-XX: of 2019)
    [2019-06-01..2019-06-05]            some day from the one to the other
    2019~  2019-06?  2019%              about, perhaps, both: kept as written, bounds do not move

The database has the same two functions, `edtf_earliest` and `edtf_latest`; a test holds them equal
to these.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.values import days
from tracker.values.spelled_dates import Meant, readings

SINGLE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[~?%]?"
)
ONE_OF = re.compile(r"\[(?P<first>[0-9-]+)\.\.(?P<last>[0-9-]+)\]")
NO_DATE = "it is not a date that can be kept"
REMEDY = (
    "write 2019, 2019-06, 2019-06-05, 201X, 2019-06-XX or [2019-06-01..2019-06-05]; ~ ? % may "
    "follow a date"
)


class InvalidDateError(ValueError):
    """Text that is no date of the subset:
    what is wrong, what to write instead, and `meant`, what it could mean.

    The message is that of the problem that whoever writes records tells of it.
    """

    def __init__(self, text: str, wrong: str, remedy: str, meant: Sequence[Meant] = ()) -> None:
        self.wrong, self.remedy, self.meant = wrong, remedy, tuple(meant)
        super().__init__(f"“{text}”: {wrong}; {remedy}")


@dataclass(frozen=True, slots=True)
class DateBounds:
    """A date as written, and the first and last day that it can mean (both inclusive)."""

    edtf: str
    earliest: date
    latest: date

    def __str__(self) -> str:
        """Write the days that it can mean: “1 Dec 2018 to 31 Dec 2018”."""
        first, last = (f"{day.day} {day:%b} {day.year}" for day in (self.earliest, self.latest))
        return first if first == last else f"{first} to {last}"


@lru_cache(maxsize=4096)
def bounds(text: str) -> DateBounds:
    """Return a vague date with its first and last day, remembered; raise InvalidDateError."""
    return parse(text)


def parse(text: str) -> DateBounds:
    """Parse one vague date, also as the site writes it if that means one only.

    Raise InvalidDateError with the remedy.
    """
    try:
        return _read(text)
    except InvalidDateError as refused:
        meant, spelled = could_mean(text), days.read(text)
        if _is_kept(spelled) and {other.edtf for other in meant} <= {spelled}:
            return _read(spelled)
        if meant:
            raise InvalidDateError(
                text, NO_DATE, f"write {' or '.join(map(str, meant))}", meant
            ) from refused
        raise


def could_mean(text: str) -> list[Meant]:
    """Return what a text could mean that is spelled in another way; an interval as `a/b`."""
    meanings = {
        meant.edtf: meant for meant in readings(text) if meant.edtf != text and _is_kept(meant.edtf)
    }
    return list(meanings.values())


def split_interval(text: str) -> tuple[str, str] | None:
    """Return both ends of a pasted interval `a/b` (`..` or nothing for an open end:
    ""), or None if it is none.
    """
    first, slash, last = ("" if end == ".." else end for end in text.partition("/"))
    return (first, last) if slash and not could_mean(text) else None


def _is_kept(text: str) -> bool:
    try:
        return all(_read(end) for end in text.split("/"))
    except InvalidDateError:
        return False


def _read(text: str) -> DateBounds:
    if match := ONE_OF.fullmatch(text):
        first, last = _single(match["first"], text), _single(match["last"], text)
        if first[0] > last[1]:
            raise InvalidDateError(text, "its first day comes after its last", "swap the two")
        return DateBounds(text, first[0], last[1])
    if "/" in text:
        begins, _, ends = text.partition("/")
        as_ends = (
            f"write its first part as “since”, its second as “until”, {_end(begins)} and "
            f"{_end(ends)}"
        )
        raise InvalidDateError(
            text, "it is an interval", f"{as_ends}; or [a..b] for some day from a to b"
        )
    return DateBounds(text, *_single(text, text))


def _end(text: str) -> str:
    return text if text.strip(".") else "nothing"


def _single(text: str, whole: str) -> tuple[date, date]:
    match = SINGLE.fullmatch(text)
    if (
        not match
        or (match["month"] and "X" in match["year"])
        or (match["month"] == "XX" and match["day"] not in (None, "XX"))
    ):
        raise InvalidDateError(whole, NO_DATE, REMEDY)
    year, month, day = match["year"], match["month"] or "XX", match["day"] or "XX"
    try:
        first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
        first_month, last_month = (1, 12) if month == "XX" else (int(month), int(month))
        last_day = monthrange(last_year, last_month)[1]
        first_day, last_day = (1, last_day) if day == "XX" else (int(day), int(day))
        return date(first_year, first_month, first_day), date(last_year, last_month, last_day)
    except ValueError as error:  # calendar.IllegalMonthError is one
        raise InvalidDateError(whole, f"it is no day of the calendar ({error})", REMEDY) from error
