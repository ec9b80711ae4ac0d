"""The matrix of issues and actors on the first page: who holds which position, as the desk has it for a day.

Its columns are China, Russia, and whom one adds, which is remembered for as long as one is logged in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.backends.postgresql.psycopg_any import DateRange
from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.timesince import timesince

from tracker.admin.forms.choices import RecordSelect
from tracker.admin.lists.filters import days_of
from tracker.admin.lists.reference_filters import searching
from tracker.admin.site.labels import address
from tracker.admin.site.numbers import number
from tracker.cards.chips import word
from tracker.models import Actor, Issue, Stance
from tracker.models.tree import Node, in_order
from tracker.services.matrix import Held, Holds, Positions, positions
from tracker.values import dates

FIRST = ("CHN", "RUS")
ROWS, MOST_ADDED = 40, 10
REMEMBERED = "matrix_actors"
NOT_CODED = Positions()
TO_COME = "Day of the matrix: “{}” is to come; choose today or an earlier day. This is of today."
WORDS = {Holds.ENDED: "ended", Holds.LATER: "not yet", Holds.RETRACTED: "retracted"}


@dataclass(frozen=True, slots=True)
class CellPosition:
    """A position in a cell: what it is, since when, when that was checked last, and whether that is too long ago."""

    position: str
    period: str
    checked: str
    is_unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, how it looks, and where its claims are."""

    accepted: Sequence[CellPosition]
    contested: Sequence[CellPosition]
    otherwise: str  # why no claim holds, though there are some
    look: str
    address: str
    is_forecast: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An issue with its cells; a group of issues has none."""

    issue: Issue
    depth: int
    address: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """An actor, and the address of the matrix without it if it was added."""

    actor: Actor
    without: str


class Matrix:
    """What was asked for, and the table that comes of it; six queries."""

    def __init__(self, request: HttpRequest, site: Any) -> None:
        self.request, self.site = request, site
        self.today = timezone.localdate()
        self.on, self.days = self._days()
        self.added = self._added()
        self.under = self._under()
        self.page = number(request.GET.get("page", "")) or 1
        self.actors = self._actors()

    @property
    def columns(self) -> list[Column]:
        """Return the actors, in the order in which they were added."""
        return [
            Column(actor, self._address(actors=self._keys(actor.pk)) if actor.pk in self.added else "")
            for actor in self.actors
        ]

    def rows(self) -> Iterator[MatrixRow]:
        issues = Issue.objects.in_bulk([node.issue for node in self.nodes])
        asked = [pk for pk, issue in issues.items() if issue.question]
        said = positions(issues=asked, actors=[actor.pk for actor in self.actors], days=self.days)
        for node in self.nodes:
            issue = issues[node.issue]
            cells = [self._cell(issue, actor, said.get((issue.pk, actor.pk), NOT_CODED)) for actor in self.actors]
            yield MatrixRow(issue, min(node.depth, 5), address("issue", issue.pk), cells if issue.question else [])

    @property
    def nodes(self) -> list[Node]:
        return self._found[:ROWS]

    @property
    def previous(self) -> str:
        """Return the address of the page before, if there is one."""
        return self._address(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return self._address(page=str(self.page + 1)) if len(self._found) > ROWS else ""

    @property
    def add_select(self) -> str:
        return self._select("actor", "add", None, "Add an actor")

    @property
    def under_select(self) -> str:
        return self._select("issue", "under", self.under, "Issue and all below it")

    @property
    def kept(self) -> str:
        """Return whom one added, as the form sends it along."""
        return self._keys()

    @property
    def media(self) -> Media:
        return RecordSelect(Stance._meta.get_field("actor"), self.site).media

    def _select(self, field: str, name: str, known: Any, says: str) -> str:
        select = searching(Stance._meta.get_field(field), self.site)  # type: ignore[arg-type]
        select.widget.known = known
        attributes = {"id": f"matrix-{name}", "aria-label": says}
        return str(select.widget.render(name, known.pk if known else "", attributes))

    @cached_property
    def _found(self) -> list[Node]:
        top = self.under.pk if self.under else None
        return in_order(top=top, limit=ROWS + 1, offset=(self.page - 1) * ROWS)

    def _days(self) -> tuple[str, Any]:
        today = self.today.isoformat()
        asked = self.request.GET.get("on", "").strip() or today
        try:
            days = days_of(asked)
        except dates.InvalidDate as error:
            messages.error(self.request, f"Day of the matrix: {error}.")
            return today, days_of(today)
        if days.lower and days.lower > self.today:
            messages.error(self.request, TO_COME.format(asked))
            return today, days_of(today)
        return asked, DateRange(days.lower, min(days.upper or self.today, self.today), "[]")

    def _added(self) -> list[int]:
        asked = self.request.GET.get("actors")
        kept = self.request.session.get(REMEMBERED, []) if asked is None else map(number, asked.split(","))
        added = [key for key in dict.fromkeys([*kept, number(self.request.GET.get("add", ""))]) if key][:MOST_ADDED]
        if added != self.request.session.get(REMEMBERED, []):
            self.request.session[REMEMBERED] = added
        return added

    def _under(self) -> Issue | None:
        key = number(self.request.GET.get("under", ""))
        return Issue.objects.unmerged().filter(pk=key).first() if key else None

    def _actors(self) -> list[Actor]:
        unmerged = Actor.objects.unmerged()
        first = {actor.iso3: actor for actor in unmerged.filter(iso3__in=FIRST)}
        added = unmerged.exclude(iso3__in=FIRST).in_bulk(self.added)
        self.added = [key for key in self.added if key in added]
        return [*(first[code] for code in FIRST if code in first), *(added[key] for key in self.added)]

    def _cell(self, issue: Issue, actor: Actor, said: Positions) -> Cell:
        looks = [*said.accepted, *said.contested]
        where: dict[str, Any] = {"issue__exact": issue.pk, "actor__exact": actor.pk}
        if looks:
            where["period"] = self.on if self.days == days_of(self.on) else f"{self.days.lower or ''}/{self.days.upper}"
        return Cell(
            [self._position(held) for held in said.accepted.values()],
            [self._position(held) for held in said.contested.values()],
            "" if looks else ", ".join(WORDS[why] for why in WORDS if why in said.others),
            _look(said),
            f"{reverse('admin:tracker_stance_changelist')}?{urlencode(where)}",
            said.is_forecast,
        )

    def _position(self, held: Held) -> CellPosition:
        is_unconfirmed = held.is_unconfirmed(self.days.upper)
        position = word(held.position, is_past=is_unconfirmed)
        return CellPosition(position, _period(held), _checked(held, self.today, is_unconfirmed), is_unconfirmed)

    def _keys(self, but: int | None = None) -> str:
        return ",".join(str(key) for key in self.added if key != but)

    def _address(self, **other: str) -> str:
        asked = {"actors": self._keys(), "under": str(self.under.pk) if self.under else "", **self._on(), **other}
        return "?" + urlencode({name: value for name, value in asked.items() if value or name == "actors"}) + "#matrix"

    def _on(self) -> dict[str, str]:
        return {"on": self.on} if self.on != self.today.isoformat() else {}


def _look(said: Positions) -> str:
    looks = [*said.accepted, *said.contested]
    if not looks:
        return "otherwise" if said.others else "not-coded"
    return f"position-{looks[0]}{' contested' if said.contested else ''}"


def _period(held: Held) -> str:
    if held.until:
        return f"{held.since or 'from an unknown day'} to {held.until}"
    return f"since {held.since}" if held.since else "from an unknown day"


def _checked(held: Held, today: date, is_unconfirmed: bool) -> str:
    """Return how long ago a claim was last checked, in words."""
    if held.confirmed_on is None:
        return "never confirmed"
    if held.confirmed_on == today:
        return "confirmed today"
    ago = timesince(held.confirmed_on, today, depth=1)
    return f"not confirmed for {ago}" if is_unconfirmed else f"confirmed {ago} ago"
