"""Dates in words, as a sentence has them:
“5 June 2019”, “some day between March and May 2019”, “the 2010s”.

What is written so is read so, too.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Any

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ABOUT, UNCERTAIN = "~%", "?%"
NUMBERS = {name.casefold(): f"{number:02}" for number, name in enumerate(MONTHS, 1)}
BY_LETTERS = {name[:3]: name for name in NUMBERS}  # as a field's help and VagueDate write them
FORMS = (
    (re.compile(r"(?P<year>[0-9]{4})"), "{year}"),
    (re.compile(r"(?P<month>[a-z]+) (?P<year>[0-9]{4})"), "{year}-{month}"),
    (
        re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[a-z]+) (?P<year>[0-9]{4})"),
        "{year}-{month}-{day}",
    ),
    (re.compile(r"some month of (?P<year>[0-9]{4})"), "{year}-XX"),
    (re.compile(r"some day of (?P<year>[0-9]{4})"), "{year}-XX-XX"),
    (re.compile(r"some day of (?P<month>[a-z]+) (?P<year>[0-9]{4})"), "{year}-{month}-XX"),
    (re.compile(r"the (?P<decade>[0-9]{3})0s"), "{decade}X"),
    (re.compile(r"the years (?P<century>[0-9]{2})00 to [0-9]{4}"), "{century}XX"),
)
BETWEEN = re.compile(r"some day between (.+) and (.+)")
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
    about, uncertain = (
        "about " * (written[-1] in ABOUT),
        " (uncertain)" * (written[-1] in UNCERTAIN),
    )
    return f"{about}{_certain(written.rstrip(ABOUT + UNCERTAIN))}{uncertain}"


def at(vague: dict[str, Any]) -> str:
    """Write a date with the preposition that it takes: “on 5 June 2019”, “in June 2019”."""
    is_day = vague["edtf"].startswith("[") or vague["edtf"].count("-") == 2
    return f"{'on' if is_day else 'in'} {when(vague)}"


def period(since: dict[str, Any] | None, until: dict[str, Any] | None) -> str:
    """Write from when until when, where at most the end may be open:
    “from June 2019 until 5 May 2020”.
    """
    return f"from {when(since) if since else UNKNOWN}" + (f" until {when(until)}" if until else "")


def lifetime(since: dict[str, Any] | None, until: dict[str, Any] | None) -> str:
    """Write from when until when something exists, both as they are known: “since 1949”;
    "" if neither is.
    """
    ends = [when(end) for end in (since, until) if end]
    return " – ".join(ends) if len(ends) != 1 else f"{'since' if since else 'until'} {ends[0]}"


def span(since: dict[str, Any] | None, until: dict[str, Any] | None) -> str:
    """Write when something took place that lasts a day if no end is given:
    “from 5 to 7 June 2019”.
    """
    if not until or since == until:
        return at(since) if since else f"on {UNKNOWN}"
    last = when(until)
    return f"from {_without(when(since), last) if since else UNKNOWN} to {last}"


def read(text: str) -> str:
    """Return the date that is written as `when` writes it, in any case,
    months by three letters too; "" if none is.
    """
    words = " ".join(
        BY_LETTERS.get(word, word)
        for word in re.split("[ \u00a0]+", text.casefold().strip(" \u00a0"))
    )
    bare = words.removeprefix("about ").removesuffix(" (uncertain)")
    sign = {(True, False): "~", (False, True): "?", (True, True): "%"}
    if match := BETWEEN.fullmatch(words):
        ends = match[1].split(), match[2].split()
        rest = [] if re.fullmatch(r"[0-9]{4}", ends[0][-1]) else ends[1][len(ends[0]) :]
        edtf = f"[{_edtf(' '.join([*ends[0], *rest]))}..{_edtf(match[2])}]"
    else:
        qualified = (words.startswith("about "), words.endswith(" (uncertain)"))
        edtf = f"{_edtf(bare)}{sign.get(qualified, '')}"
    return edtf if edtf and _when(edtf).casefold() == words else ""


def _edtf(words: str) -> str:
    """Return a date without a doubt that is written in words; "" if it isn't."""
    for pattern, form in FORMS:
        if (match := pattern.fullmatch(words)) and (groups := match.groupdict()).get(
            "month", "may"
        ) in NUMBERS:
            month, day = NUMBERS[groups.get("month", "may")], groups.get("day", "").zfill(2)
            return form.format_map({**groups, "month": month, "day": day})
    return ""


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
