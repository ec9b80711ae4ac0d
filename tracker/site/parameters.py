"""What an address asks for: declared parameters, all that is wrong with them, and the nearest that is right."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

from django.http import QueryDict

from tracker.schema.filters import (
    LARGEST_ID,
    BadValue,
    Day,
    Filter,
    Flag,
    Moment,
    Number,
    OneOf,
    Terms,
    Words,
    terms_of,
)

ON = Day("on", "A day in the world.")
EDITION = Number("edition", "The number of an edition.", minimum=1, maximum=LARGEST_ID)
AS_OF = Moment("as_of", "A moment: the edition of then.")
DATES: tuple[Filter, ...] = (ON, EDITION, AS_OF)
UNREADABLE = re.compile("[\x00\ufffd]")
MOST = 20  # values of one parameter
SHOWN = 60  # characters of a value that is repeated


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a parameter; `query` is the query string with the nearest valid value, if any."""

    name: str
    says: str
    nearest: str = ""
    query: str = ""


def query_string(values: Iterable[tuple[str, str]]) -> str:
    """Return a query string with its question mark; nothing if there are no values."""
    written = urlencode(list(values), safe=",:")
    return f"?{written}" if written else ""


def replaced(given: QueryDict, name: str, value: str | None, but: str = "") -> str:
    """Return the query string with one value of a parameter, or without it."""
    kept = [(one, said) for one, values in given.lists() for said in values if said and one not in (name, but)]
    return query_string([*kept, *([(name, value)] if value else [])])


def read(declared: Sequence[Filter], given: QueryDict) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values of parameters by name, and all that is wrong with what is given.

    An empty value is one of a form that somebody left empty, so none.
    """
    known, values, problems = {one.name: one for one in declared}, {}, []
    for name, given_values in given.lists():
        said = [normalize("NFC", value) for value in given_values if value]
        by = known.get(name)
        if by is None:
            near = next(iter(get_close_matches(name, known)), "")
            query = (
                replaced(given, near, said[0] if near and said else None, name) if near else replaced(given, name, None)
            )
            says = f"there is no such parameter; this page knows {', '.join(sorted(known)) or 'none'}"
            problems.append(Problem(name[:SHOWN], says, near or "leave it out", query or "?"))
            continue
        if not said:
            continue
        try:
            parts = [part for value in said for part in value.split(",")] if by.splits else said
            if any(UNREADABLE.search(part) for part in parts):
                raise BadValue("it has a NUL in it or is no UTF-8")
            if len(parts) > MOST:
                raise BadValue(f"it has {len(parts):,} values; give at most {MOST}")
            values[name] = by.parse(parts)
        except BadValue as error:
            nearest = next(filter(None, (near_value(by, part) for part in said)), "")
            problems.append(problem(given, name, str(error), nearest))
    return values, problems


def problem(given: QueryDict, name: str, says: str, nearest: str) -> Problem:
    """Return what is wrong with a parameter, with the address that has the nearest value instead."""
    return Problem(name, says, nearest or "leave it out", replaced(given, name, nearest) or "?")


def near_value(by: Filter, value: str) -> str:
    """Return the valid value that is nearest to one that isn't; nothing if there is none near."""
    match by:
        case Day():
            return near_day(value)
        case Number() if re.fullmatch(r"-?[0-9]{1,30}", value):
            return str(min(max(int(value), by.minimum), by.maximum))
        case Terms():
            return next(iter(get_close_matches(value.lower(), terms_of(by.vocabulary), cutoff=0.4)), "")
        case OneOf() | Words():
            return next(iter(get_close_matches(value.lower(), by.words, cutoff=0.4)), "")
        case Flag():
            return "true" if value.lower() in ("1", "yes", "on", "t") else ""
        case Moment() if day := near_day(value[:10]):
            return f"{day}T00:00:00Z"
    return ""


def near_day(value: str) -> str:
    """Return the day that is nearest to what looks like one: the last of June for its 31st; nothing for all else."""
    found = re.match(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?", value)
    if not found:
        return ""
    year = max(int(found[1]), 1)
    month = min(max(int(found[2] or 1), 1), 12)
    day = min(max(int(found[3] or 1), 1), monthrange(year, month)[1])
    return date(year, month, day).isoformat()
