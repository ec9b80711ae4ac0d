"""The two dates of a page: a day in the world, and the edition that tells of it. One object reads both from an address
and writes them into links.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from tracker.public.cards.pictures.plate import Plate
from tracker.public.formats.page_citations import Citation
from tracker.public.formats.releases.citation import TITLE, spdx
from tracker.public.read.editions import AsOf, answering
from tracker.public.site.parameters import Problem, problem

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

    def cited(self, title: str, url: str) -> Citation:
        """Return how a page of these dates is cited, which is at `url` for ever."""
        return Citation(title, url, self.on, self.edition, self.published_at)

    def plate(self, title: str, finding: str, sources: int, url: str) -> Plate:
        """Return what a picture of these dates says of itself, whose page is at `url` for ever."""
        published = self.published_at.date() if self.published_at else self.on
        licence = spdx(settings.DATA_LICENSE) or settings.DATA_LICENSE
        return Plate(title, finding, self.on, TITLE, self.edition, published, sources, licence, url)


def today() -> date:
    """Return the day it is (UTC)."""
    return timezone.now().astimezone(UTC).date()


def read_dates(values: dict[str, Any], given: QueryDict, problems: list[Problem]) -> Dates:
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
