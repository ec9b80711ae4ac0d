"""Everything that was done, the newest first: changes of the desk, and what was reviewed and published meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from tracker.desk.admin.history.editions import editions_found
from tracker.desk.admin.lists.paged_lists import PER_PAGE, PUBLISHING, REVIEWING, ChangeSetsForm, moment_of
from tracker.desk.admin.site.labels import Named, name_of, names
from tracker.history.changesets import HistoryFilter, Summary, recent, summaries, undoings
from tracker.history.scanning import ScanPage, scan
from tracker.history.timeline import StepKind
from tracker.models import Change, ChangeSet, Edition, Event, Review
from tracker.values.nouns import Noun
from tracker.values.problems import Key
from tracker.values.vocabularies import CHANGES_STATE, Channel, ReviewStep


class StateMove(NamedTuple):
    """What a change set did in a review; `alone` if it changed nothing else."""

    step: ReviewStep
    alone: bool


def state_moves(firsts: Mapping[UUID, Key]) -> dict[UUID, StateMove]:
    """Return of change sets, each with one of its records, those that are a step of a review; one query.

    A step is of the version that its change set made, and that version is of one step.
    """
    same = Review.objects.filter(noun=OuterRef("noun"), record=OuterRef("record"), version=OuterRef("version"))
    of_these = (Q(changeset=changeset, noun=noun, record=record) for changeset, (noun, record) in firsts.items())
    rows = Event.objects.filter(reduce(or_, of_these, Q(pk__in=[])), part="").order_by("id")
    rows = rows.annotate(version=Cast(KT("after__version"), IntegerField()))
    steps = rows.annotate(step=Subquery(same.filter(step__in=CHANGES_STATE).values("step")[:1]))
    moves: dict[UUID, StateMove] = {}
    others: set[UUID] = set()
    for changeset, before, after, step in steps.values_list("changeset", "before", "after", "step"):
        if (
            not before
            or not after
            or {name for name in after if before.get(name) != after[name]} != {"state", "version"}
        ):
            others.add(changeset)
        if step:
            moves[changeset] = StateMove(ReviewStep(step), changeset not in others)
    return moves


def steps_found(form: ChangeSetsForm, after: datetime | None) -> ScanPage[Review]:
    """Return the steps that a form asks for, the newest first, those before a moment; two queries.

    Each by the first of its rows, with the number of them. Those that have a change set only if steps alone are wanted.
    """
    values, (since, before) = form.cleaned_data, form.period
    until = min((moment for moment in (before, after) if moment), default=None)
    exact = {"made_by": values["who"], "made_at__gte": since, "made_at__lt": until}
    together = Review.objects.filter(**{name: OuterRef(name) for name in ("made_at", "made_by", "step")}).order_by()
    rows: QuerySet[Review] = Review.objects.select_related("made_by").order_by("-made_at", "id")
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    rows = rows.exclude(Exists(together.filter(pk__lt=OuterRef("pk"))))
    rows = rows.annotate(records=Subquery(together.values("step").annotate(count=Count("pk")).values("count")))
    if values["channel"] != REVIEWING:
        rows = rows.exclude(step__in=CHANGES_STATE)
    wanted = Q(text__icontains=values["q"]) if values["q"] else Q()
    if values["kind"]:
        wanted &= Q(Exists(together.filter(noun=values["kind"])))
    return scan(rows, wanted, up_to=_up_to, most=PER_PAGE)


def _up_to(last: Review) -> Q:
    return Q(made_at__gte=last.made_at)


class Marks(NamedTuple):
    """By which change set one was undone last, and wholly or not; and which it undid: none, where it was not."""

    undone_by: UUID | None = None
    is_whole: bool = False
    undoes: UUID | None = None


def in_words(summary_of: Mapping[UUID, Summary]) -> dict[UUID, str]:
    """Return what change sets touched, as “3 stances changed, 1 source added”, with “+” where not all is counted.

    A step of a review is told as such: “3 stances submitted”; one query.
    """
    moves = state_moves({changeset: key for changeset, summary in summary_of.items() if (key := summary.foremost)})
    words: dict[UUID, str] = {}
    for changeset, summary in summary_of.items():
        move = moves.get(changeset)
        called = {StepKind.CHANGED: move.step.label} if move and move.alone else {}
        parts = [
            f"{count:,}{'+' if noun in summary.cut else ''} {noun if count == 1 else noun.plural} "
            f"{called.get(happened, happened)}"
            for noun, by in summary.counts.items()
            for happened, count in by.items()
            if count
        ]
        words[changeset] = ", ".join([*parts, move.step.label] if move and not move.alone else parts)
    return words


def named_first(names: Mapping[Key, Named], first: Key | None, total: int, *, is_more: bool = False) -> str:
    """Return which records there are, as “Venezuela, and 49 more”, with “+” where not all is counted."""
    if first is None:
        return ""
    more = f", and {total - 1:,}{'+' if is_more else ''} more" if total > 1 else ""
    return f"{names[first]}{more}"


def undone(changesets: Sequence[UUID]) -> dict[UUID, Marks]:
    """Return the marks of change sets; one query."""
    marks = dict.fromkeys(changesets, Marks())
    for undoing in undoings(changesets):
        if undoing.undone_id in marks:
            marks[undoing.undone_id] = marks[undoing.undone_id]._replace(
                undone_by=undoing.by_id, is_whole=undoing.is_whole
            )
        if undoing.by_id in marks:
            marks[undoing.by_id] = marks[undoing.by_id]._replace(undoes=undoing.undone_id)
    return marks


Place = tuple[datetime, UUID | None]  # of a change set; what else happens has its moment to itself


class Happening(NamedTuple):
    """A change set, step of a review or edition: when, who, which records, how many of which kind, why, and how."""

    row: ChangeSet | Review | Edition
    place: Place
    who: str
    which: str
    counted: str
    why: str
    channel: str
    marks: Marks = Marks()

    @property
    def edition(self) -> int | None:
        return self.row.pk if isinstance(self.row, Edition) else None

    @property
    def step(self) -> Review | None:
        return self.row if isinstance(self.row, Review) else None


def happenings(form: ChangeSetsForm, after: Place | None, *, with_reviews: bool) -> tuple[list[Happening], str]:
    """Return what a valid form asks for, a page of it, after a place; and the place where the next page begins."""
    changes, editions = _changes(form, after), _editions(form, after)
    steps = _steps(form, after) if with_reviews else ScanPage([], None)
    ends: list[Place] = [(changes.last.made_at, changes.last.pk)] if changes.last else []
    ends += [(steps.last.made_at, None)] if steps.last else []
    ends += [(editions.last.published_at, None)] if editions.last else []
    end = max(ends, key=lambda place: place[0], default=None)  # behind it are others of all kinds
    rows = [*_edition_rows(editions.rows), *_step_rows(steps.rows), *_change_rows(changes.rows)]
    rows = sorted((row for row in rows if not end or row.place[0] >= end[0]), key=_moment, reverse=True)
    if len(rows) > PER_PAGE:
        rows, end = rows[:PER_PAGE], rows[PER_PAGE - 1].place
    return rows, f"{end[0].isoformat()}/{end[1] or ''}" if end else ""


def after_which(text: str) -> Place | None:
    """Return the place after which a page begins; raise BadRequest for what no page leads to."""
    if not text:
        return None
    moment, mark, key = text.partition("/")
    if not mark:
        raise BadRequest("not where a page begins")
    try:
        return moment_of(moment), UUID(key) if key else None
    except ValueError as error:
        raise BadRequest("not where a page begins") from error


def _moment(happening: Happening) -> datetime:
    return happening.place[0]


def _changes(form: ChangeSetsForm, after: Place | None) -> ScanPage[ChangeSet]:
    values, (since, before) = form.cleaned_data, form.period
    if values["channel"] in (PUBLISHING, REVIEWING):
        return ScanPage([], None)
    criteria = HistoryFilter(
        made_by=values["who"] and values["who"].pk,
        channel=Channel(values["channel"]) if values["channel"] else None,
        since=since,
        before=before,
        noun=Noun(values["kind"]) if values["kind"] else None,
        reason=values["q"],
    )
    return recent(criteria, after=after, most=PER_PAGE)


def _steps(form: ChangeSetsForm, after: Place | None) -> ScanPage[Review]:
    if form.cleaned_data["channel"] not in ("", REVIEWING):
        return ScanPage([], None)
    return steps_found(form, after and after[0])


def _editions(form: ChangeSetsForm, after: Place | None) -> ScanPage[Edition]:
    if form.cleaned_data["channel"] not in ("", PUBLISHING):
        return ScanPage([], None)
    return editions_found(form, after and after[0])


def _change_rows(rows: list[ChangeSet]) -> Iterable[Happening]:
    ids = [row.pk for row in rows]
    summary_of, marks = summaries(ids), undone(ids)
    words = in_words(summary_of)
    named = names(key for summary in summary_of.values() if (key := summary.foremost))
    for row in rows:
        summary = summary_of[row.pk]
        which = named_first(named, summary.foremost, summary.total, is_more=summary.is_cut)
        place, channel = (row.made_at, row.pk), row.get_channel_display()
        yield Happening(row, place, name_of(row.made_by), which, words[row.pk], row.reason, channel, marks[row.pk])


def _step_rows(rows: list[Review]) -> Iterable[Happening]:
    named = names((Noun(row.noun), row.record) for row in rows)
    for row in rows:
        count = getattr(row, "records", None) or 1
        which = named_first(named, (Noun(row.noun), row.record), count)
        counted = f"{count:,} records {row.get_step_display()}" if count > 1 else row.get_step_display()
        yield Happening(row, (row.made_at, None), name_of(row.made_by), which, counted, row.text, REVIEWING)


def _edition_rows(rows: list[Edition]) -> Iterable[Happening]:
    firsts = Change.objects.filter(edition__in=[row.pk for row in rows], position=1)
    keys: dict[int, Key] = {change.edition_id: (Noun(change.noun), change.record) for change in firsts}
    named: dict[Key, Named] = names(keys.values())
    for row in rows:
        which = named_first(named, keys.get(row.pk), getattr(row, "records", None) or 0)
        yield Happening(row, (row.published_at, None), name_of(row.published_by), which, "", row.note, PUBLISHING)
