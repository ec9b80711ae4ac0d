"""What an address asks for: declared parameters, all that is wrong with them, and the nearest that is right.

All pages have two dates: a day in the world, and the edition that tells of it. One object reads both from an address
and writes them into links.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from tracker.public.cards.pictures.plate import Plate
from tracker.public.formats.page_citations import PageCitation
from tracker.public.formats.releases.citation import TITLE, spdx
from tracker.public.read.editions import AsOf, answering
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
class ParameterProblem:
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


def read(declared: Sequence[Filter], given: QueryDict) -> tuple[dict[str, Any], list[ParameterProblem]]:
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
            problems.append(ParameterProblem(name[:CHARACTERS_SHOWN], says, near or "leave it out", query or "?"))
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
        problems.append(
            ParameterProblem(f"and {len(others):,} more", "there are no such parameters", "leave them out", "?")
        )
    return values, problems


def problem(given: QueryDict, name: str, says: str, meant: str) -> ParameterProblem:
    """Return what is wrong with a parameter, with the address that has the nearest value instead."""
    return ParameterProblem(name, says, meant or "leave it out", replaced(given, name, meant) or "?")


CHOSEN: tuple[str, ...] = ("on", "edition")


@dataclass(frozen=True)
class Dates:
    """A day and an edition, each as chosen or else today and the latest; `query` has those that were chosen.

    `edition` is 0 before the first, and then there are no `published_at`, its moment (UTC), and `stamp`, the same in
    microseconds since 1970. `latest` is the number of the latest edition.
    """

    on: date
    edition: int
    published_at: datetime | None
    stamp: int | None
    latest: int
    query: dict[str, str]

    @property
    def is_frozen(self) -> bool:
        """Tell whether both dates were chosen, so that the page never changes."""
        return len(self.query) == 2

    @property
    def frozen(self) -> str:
        """Return the query string of both dates, whether chosen or not; of before the first edition, the day alone."""
        both = {"on": self.on.isoformat(), **({"edition": str(self.edition)} if self.edition else {})}
        return f"?{urlencode(both)}"

    @cached_property  # a page has hundreds of links
    def q(self) -> str:
        """Return the query string of the chosen dates, for links that lead on within the site."""
        return f"?{urlencode(self.query)}" if self.query else ""

    def cited(self, title: str, url: str) -> PageCitation:
        """Return how a page of these dates is cited, which is at `url` for ever."""
        return PageCitation(title, url, self.on, self.edition, self.published_at)

    def plate(self, title: str, finding: str, sources: int, url: str) -> Plate:
        """Return what a picture of these dates says of itself, whose page is at `url` for ever."""
        published = self.published_at.date() if self.published_at else self.on
        licence = spdx(settings.DATA_LICENSE) or settings.DATA_LICENSE
        return Plate(title, finding, self.on, TITLE, self.edition, published, sources, licence, url)


def today() -> date:
    """Return the day it is (UTC)."""
    return timezone.now().astimezone(UTC).date()


def read_dates(values: dict[str, Any], given: QueryDict, problems: list[ParameterProblem]) -> Dates:
    """Return the dates that an address asks for, and add what is wrong with them to the problems; one statement.

    The day is one that has begun: what is still to come is forecast, not so.
    """
    day, chosen = values.get("on"), {name: str(values[name]) for name in CHOSEN if name in values}
    now = today()
    if day and day > now:
        says = f"{day} is still to come; the latest day that can be shown is today, {now} (UTC)"
        problems.append(problem(given, "on", says, now.isoformat()))
    if "edition" in values and "as_of" in values:
        problems.append(problem(given, "as_of", "“edition” and “as_of” both say which edition; give one of them", ""))
    number = values.get("edition")
    answer = answering(AsOf(edition=number) if number else AsOf(moment=values.get("as_of")))
    if number and number > answer.latest:
        latest = str(answer.latest) if answer.latest else ""
        says = f"there is no edition {number}; the latest is {answer.latest}" if latest else "nothing is published yet"
        problems.append(problem(given, "edition", says, latest))
    elif answer.number is None:
        problems.append(problem(given, "as_of", "this moment is still to come", ""))
    elif "as_of" in values and not answer.number:
        problems.append(problem(given, "as_of", "nothing was published yet at this moment", ""))
    return Dates(day or now, answer.number or 0, answer.published_at, answer.stamp, answer.latest, chosen)
