"""What an address asks for:
declared parameters, all that is wrong with them, and the nearest that is right.

All pages have two dates: a day in the world, and the edition that tells of it.
One object reads both from an address and writes them into links.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from tracker.public.cards.pictures.plate import Plate
from tracker.public.formats.page_citations import PageCitation
from tracker.public.formats.releases.citation import spdx
from tracker.public.http.parameters import ParameterProblem, Query
from tracker.public.read.editions import AsOf, answering
from tracker.schema.filters import LARGEST_ID, Day, Filter, Moment
from tracker.schema.number_filters import Number

ON = Day("on", "A day in the world.")
EDITION = Number("edition", "The number of an edition.", minimum=1, maximum=LARGEST_ID)
AS_OF = Moment("as_of", "A moment: the edition of then.")
DATES: tuple[Filter, ...] = (ON, EDITION, AS_OF)


def query_string(values: Iterable[tuple[str, str]]) -> str:
    """Return a query string with its question mark; nothing if there are no values."""
    written = urlencode(list(values), safe=",:")
    return f"?{written}" if written else ""


def replaced(given: QueryDict, name: str, value: str | None, but: str = "") -> str:
    """Return the query string with one value of a parameter, or without it."""
    kept = [
        (key, text)
        for key, values in given.lists()
        for text in values
        if text and key not in (name, but)
    ]
    return query_string([*kept, *([(name, value)] if value else [])])


def remedies(given: QueryDict, problem: ParameterProblem) -> list[tuple[str, str]]:
    """Return what may be meant, each with its query string;
    if nothing is, the one without the parameter.
    """
    name, meant = problem.parameter, problem.meant
    if problem.choices:
        return [
            (f"Take {choice.words}", replaced(given, name, choice.value))
            for choice in problem.choices
        ]
    if not meant:
        return [("Leave it out", replaced(given, name, None))]
    if problem.code == "unknown_parameter":
        return [(f"Take {meant}", replaced(given, meant, given.get(name), name))]
    return [(f"Take {meant}", replaced(given, name, meant))]


class PageQuery(Query):
    """The query string of a page."""

    most_values = 20


CHOSEN: tuple[str, ...] = ("on", "edition")


@dataclass(frozen=True)
class Dates:
    """A day and an edition, each as chosen or else today and the latest;
    `query` has those that were chosen.

    `edition` is 0 before the first, and then there are no `published_at`, its moment (UTC), and
    `stamp`, the same in microseconds since 1970. `latest` is the number of the latest edition.
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
        """Return the query string of both dates, whether chosen or not;
        of before the first edition, the day alone.
        """
        both = {
            "on": self.on.isoformat(),
            **({"edition": str(self.edition)} if self.edition else {}),
        }
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
        return Plate(
            title, finding, self.on, settings.TITLE, self.edition, published, sources, licence, url
        )


def today() -> date:
    """Return the day it is (UTC)."""
    return timezone.now().astimezone(UTC).date()


def read_dates(query: PageQuery) -> Dates:
    """Return the dates that an address asks for; raise BadRequestError with every problem.
    One statement.

    The day is one that has begun: what is still to come is forecast, not so.
    """
    values, now = query.values, today()
    day, chosen = values.get("on"), {name: str(values[name]) for name in CHOSEN if name in values}
    if day and day > now:
        says = f"{day} is still to come; the latest day that can be shown is today, {now} (UTC)"
        query.fault("on", "future", says, now.isoformat())
    number = values.get("edition")
    answer = answering(AsOf(edition=number) if number else AsOf(moment=values.get("as_of")))
    query.note_answered(answer)
    if "as_of" in values and answer.number == 0:
        query.fault("as_of", "unknown", "nothing was published yet at this moment")
    query.check()
    return Dates(
        day or now, answer.number or 0, answer.published_at, answer.stamp, answer.latest, chosen
    )
