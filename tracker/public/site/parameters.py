"""What an address asks for: declared parameters, all that is wrong with them, and the nearest that is right."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

from django.http import QueryDict

from tracker.schema.filters import LARGEST_ID, BadValueError, Day, Filter, Moment
from tracker.schema.number_filters import Number
from tracker.values.nearness import nearest
from tracker.values.problems import MOST_EXPLAINED

ON = Day("on", "A day in the world.")
EDITION = Number("edition", "The number of an edition.", minimum=1, maximum=LARGEST_ID)
AS_OF = Moment("as_of", "A moment: the edition of then.")
DATES: tuple[Filter, ...] = (ON, EDITION, AS_OF)
UNREADABLE = re.compile("[\x00\ufffd]")
MOST_VALUES = 20  # values of one parameter
CHARACTERS_SHOWN = 60  # characters of a value that is repeated


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
    kept = [(key, text) for key, values in given.lists() for text in values if text and key not in (name, but)]
    return query_string([*kept, *([(name, value)] if value else [])])


def read(declared: Sequence[Filter], given: QueryDict) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values of parameters by name, and all that is wrong with what is given.

    An empty value is one of a form that somebody left empty, so none.
    """
    known, values, problems = {by.name: by for by in declared}, {}, []
    others = [name for name in given if name not in known][MOST_EXPLAINED:]
    for name, given_values in given.lists():
        texts = [normalize("NFC", value) for value in given_values if value]
        by = known.get(name)
        if by is None and name not in others:
            near = nearest(name, known)
            query = replaced(given, near, texts[0] if texts else None, name) if near else replaced(given, name, None)
            says = f"there is no such parameter; this page knows {', '.join(sorted(known)) or 'none'}"
            problems.append(Problem(name[:CHARACTERS_SHOWN], says, near or "leave it out", query or "?"))
        elif by and texts:
            try:
                parts = [part for text in texts for part in text.split(",")] if by.splits else texts
                if any(UNREADABLE.search(part) for part in parts):
                    raise BadValueError("it has a NUL in it or is no UTF-8")
                if len(parts) > MOST_VALUES:
                    raise BadValueError(f"it has {len(parts):,} values; give at most {MOST_VALUES}")
                values[name] = by.parse(parts)
            except BadValueError as error:
                meant = next(filter(None, map(by.near, texts)), "")
                problems.append(problem(given, name, str(error), meant))
    if others:
        problems.append(Problem(f"and {len(others):,} more", "there are no such parameters", "leave them out", "?"))
    return values, problems


def problem(given: QueryDict, name: str, says: str, meant: str) -> Problem:
    """Return what is wrong with a parameter, with the address that has the nearest value instead."""
    return Problem(name, says, meant or "leave it out", replaced(given, name, meant) or "?")
