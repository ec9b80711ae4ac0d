"""The matrix of issues and actors on the first page:
who holds which position, as the desk has it for a day.

Its columns are the actors in focus, and whom one adds,
which is remembered for as long as one is logged in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Value, When
from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from msgspec.structs import replace

from tracker.desk.admin.forms.choices import RecordSelect
from tracker.desk.admin.lists.filters import days_of, searching
from tracker.desk.admin.site.labels import address, chip_of
from tracker.models import Actor, Issue, Stance
from tracker.models.tree import Node, in_order
from tracker.public.cards.chips import Chip, Nothing, nothing
from tracker.public.cards.matrix import EMPTY, Cell, Matrix, MatrixPart, MatrixRow, cell, cells
from tracker.values import dates
from tracker.values.numbers import number
from tracker.values.vocabularies import Operation


class HeldPosition(StrEnum):
    """Whether a claim may hold then, or why not."""

    ON_THAT_DAY = "then"
    ENDED = "ended"
    LATER = "later"
    RETRACTED = "retracted"


@dataclass(slots=True)
class Positions:
    """What one actor holds on one issue:
    `claims` that may hold, accepted before contested, of each the latest first.

    Each position comes once, as its claim that was checked last has it. `others` says why claims
    that are there don't count; where it is empty as well, nothing was ever coded.
    """

    held: dict[tuple[str, str], Stance] = field(default_factory=dict)
    others: set[HeldPosition] = field(default_factory=set)

    @property
    def claims(self) -> list[Stance]:
        return sorted(self.held.values(), key=lambda stance: stance.standing)

    def add(self, stance: Stance) -> None:
        known = self.held.get((stance.standing, stance.position))
        if known is None or (stance.confirmed_on or date.min) > (known.confirmed_on or date.min):
            self.held[stance.standing, stance.position] = stance


def positions(
    *, issues: Iterable[int], actors: Iterable[int], days: "DateRange[date]"
) -> Mapping[tuple[int, int], Positions]:
    """Return what stances say that may hold then and were not retracted, by issue and actor;
    one query.
    """
    holds = Case(
        When(last_operation=Operation.RETRACTED, then=Value(HeldPosition.RETRACTED)),
        When(possible__overlap=days, then=Value(HeldPosition.ON_THAT_DAY)),
        When(possible__fully_lt=days, then=Value(HeldPosition.ENDED)),
        default=Value(HeldPosition.LATER),
    )
    stances = Stance.objects.filter(issue__in=list(issues), actor__in=list(actors))
    rows = (
        stances.with_last_operation()
        .with_possible_days()
        .annotate(holds=holds)
        .select_related("issue", "defers_to")
    )
    by_cell: dict[tuple[int, int], Positions] = defaultdict(Positions)
    for stance in rows.order_by("-since_latest", "-id"):
        cell = by_cell[stance.issue_id, stance.actor_id]
        if stance.holds == HeldPosition.ON_THAT_DAY:
            cell.add(stance)
        else:
            cell.others.add(HeldPosition(stance.holds))
    return by_cell


ROWS, MOST_ADDED = 40, 10
REMEMBERED = "matrix_actors"
NOT_CODED = Positions()
TO_COME = "Day of the matrix: “{}” is to come; choose today or an earlier day. This is of today."
DROP = (
    ' <a href="{0}" class="drop" title="Take {1} out"><span class="visually-hidden">Take {1} '
    'out</span><span aria-hidden="true">✕</span></a>'
)
WORDS = {
    HeldPosition.ENDED: "ended",
    HeldPosition.LATER: "not yet",
    HeldPosition.RETRACTED: "withdrawn",
}


class DeskMatrix:
    """What was asked for, and the matrix that comes of it; six queries."""

    def __init__(self, request: HttpRequest, site: Any) -> None:
        self.request, self.site = request, site
        self.today = timezone.localdate()
        self.on, self.days = self._days()
        self.added = self._added()
        self.under = self._under()
        self.page = number(request.GET.get("page", "")) or 1
        self.actors = self._actors()

    @cached_property
    def table(self) -> Matrix:
        """Return issues with their cells, of actors in the order in which they were added;
        a group has none.
        """
        issues: dict[int, Any] = Issue.objects.in_bulk([node.issue for node in self.nodes])
        questions = [pk for pk, issue in issues.items() if issue.question]
        by_cell = positions(
            issues=questions, actors=[actor.pk for actor in self.actors], days=self.days
        )
        rows = []
        for node in self.nodes:
            held = [by_cell.get((node.issue, actor.pk), NOT_CODED) for actor in self.actors]
            issue, empty = issues[node.issue], [EMPTY] * len(held)
            if issue.question:
                empty = [
                    self._empty(issue.pk, actor.pk, of)
                    for actor, of in zip(self.actors, held, strict=True)
                ]
            chips = cells([of.claims for of in held], empty, self._chip)
            rows.append(MatrixRow(issue, min(node.depth, 5), address("issue", issue.pk), chips))
        return Matrix(
            ('<th scope="col">Issue</th>', *map(self._head, self.actors)), [MatrixPart(None, rows)]
        )

    @property
    def nodes(self) -> list[Node]:
        return self._nodes[:ROWS]

    @property
    def previous(self) -> str:
        """Return the address of the page before, if there is one."""
        return self._address(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return self._address(page=str(self.page + 1)) if len(self._nodes) > ROWS else ""

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
    def _nodes(self) -> list[Node]:
        top = self.under.pk if self.under else None
        return in_order(top=top, limit=ROWS + 1, offset=(self.page - 1) * ROWS)

    def _days(self) -> tuple[str, Any]:
        today = self.today.isoformat()
        day = self.request.GET.get("on", "").strip() or today
        try:
            days = days_of(day)
        except dates.InvalidDateError as error:
            messages.error(self.request, f"Day of the matrix: {error}.")
            return today, days_of(today)
        if days.lower and days.lower > self.today:
            messages.error(self.request, TO_COME.format(day))
            return today, days_of(today)
        return day, DateRange(days.lower, min(days.upper or self.today, self.today), "[]")

    def _added(self) -> list[int]:
        keys = self.request.GET.get("actors")
        kept = (
            self.request.session.get(REMEMBERED, [])
            if keys is None
            else map(number, keys.split(","))
        )
        added = [
            key for key in dict.fromkeys([*kept, number(self.request.GET.get("add", ""))]) if key
        ][:MOST_ADDED]
        if added != self.request.session.get(REMEMBERED, []):
            self.request.session[REMEMBERED] = added
        return added

    def _under(self) -> Issue | None:
        key = number(self.request.GET.get("under", ""))
        return Issue.objects.unmerged().filter(pk=key).first() if key else None

    def _actors(self) -> list[Actor]:
        unmerged = Actor.objects.unmerged()
        in_focus = {actor.slug: actor for actor in unmerged.filter(slug__in=settings.FOCUS)}
        added = unmerged.exclude(slug__in=settings.FOCUS).in_bulk(self.added)
        self.added = [key for key in self.added if key in added]
        return [
            *(in_focus[slug] for slug in settings.FOCUS if slug in in_focus),
            *(added[key] for key in self.added),
        ]

    def _head(self, actor: Actor) -> SafeString:
        """Return the head of a column; with a link to the matrix without it, if it was added."""
        name, without = actor.short_name or actor.name, self._address(actors=self._keys(actor.pk))
        drop = format_html(DROP, without, actor.name) if actor.pk in self.added else ""
        return format_html('<th scope="col">{}{}</th>', name, drop)

    def _empty(self, issue: int, actor: int, held: Positions) -> Cell:
        kind = Nothing.NOT_ON_THAT_DAY if held.others else Nothing.NOT_CODED
        why = ", ".join(WORDS[why] for why in WORDS if why in held.others)
        return cell(
            (), [replace(nothing(kind, _claims(issue, actor)), notes=(why,) if why else ())]
        )

    def _chip(self, claim: Stance) -> Chip:
        """Return the chip that readers see,
        and since when that is so and when somebody checked it last.
        """
        days = (
            self.on
            if self.days == days_of(self.on)
            else f"{self.days.lower or ''}/{self.days.upper}"
        )
        chip = chip_of(
            claim, on=self.days.upper, href=_claims(claim.issue_id, claim.actor_id, period=days)
        )
        checked = (
            () if "stale" in chip.classes.split() else (_checked(claim.confirmed_on, self.today),)
        )
        return replace(chip, age="", notes=(*chip.notes, _period(claim), *checked))

    def _keys(self, but: int | None = None) -> str:
        return ",".join(str(key) for key in self.added if key != but)

    def _address(self, **other: str) -> str:
        parameters = {
            "actors": self._keys(),
            "under": str(self.under.pk) if self.under else "",
            **self._on(),
            **other,
        }
        query = {name: value for name, value in parameters.items() if value or name == "actors"}
        return f"?{urlencode(query)}#matrix"

    def _on(self) -> dict[str, str]:
        return {"on": self.on} if self.on != self.today.isoformat() else {}


def _claims(issue: int, actor: int, **chosen: str) -> str:
    """Return where the list of a cell's claims is."""
    where = {"issue__exact": issue, "actor__exact": actor, **chosen}
    return f"{reverse('admin:tracker_stance_changelist')}?{urlencode(where)}"


def _period(claim: Stance) -> str:
    if claim.until:
        return f"{claim.since or 'from an unknown day'} to {claim.until}"
    return f"since {claim.since}" if claim.since else "from an unknown day"


def _checked(on: date | None, today: date) -> str:
    """Return how long ago a claim was last checked, in words."""
    if on is None:
        return "never confirmed"
    return "confirmed today" if on == today else f"confirmed {timesince(on, today, depth=1)} ago"
