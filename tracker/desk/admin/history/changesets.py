"""Everything that was done, the newest first:
changes of the desk, and what was reviewed and published meanwhile.

Each change set, which is what one transaction changed at the desk, has a page:
for reading, and for undoing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import SafeString

from tracker.desk.admin.history.comparison import shown
from tracker.desk.admin.history.editions import ReadOnlyAdmin, editions_found
from tracker.desk.admin.history.undo import undo_view
from tracker.desk.admin.lists.paged_lists import (
    PER_PAGE,
    PUBLISHING,
    REVIEWING,
    ChangeSetsForm,
    list_response,
    moment_of,
)
from tracker.desk.admin.site.labels import Named, moment, name_of, names
from tracker.desk.admin.site.pages import render_page
from tracker.history.changesets import (
    HistoryFilter,
    Summary,
    recent,
    summaries,
    summary,
    touched,
    undoings,
)
from tracker.history.deleted import deleted
from tracker.history.scanning import ScanPage, scan
from tracker.history.timeline import StepKind
from tracker.models import Change, ChangeSet, Edition, Event, Review
from tracker.values.nouns import Noun
from tracker.values.numbers import IN_A_BIGINT, number
from tracker.values.problems import Key
from tracker.values.vocabularies import CHANGES_STATE, Channel, ReviewStep

Place = tuple[datetime, UUID | None]  # of a change set; what else happens has its moment to itself


class StateMove(NamedTuple):
    """What a change set did in a review; `alone` if it changed nothing else."""

    step: ReviewStep
    alone: bool


def state_moves(firsts: Mapping[UUID, Key]) -> dict[UUID, StateMove]:
    """Return of change sets, each with one of its records, those that are a step of a review;
    one query.

    A step is of the version that its change set made, and that version is of one step.
    """
    same = Review.objects.filter(
        noun=OuterRef("noun"), record=OuterRef("record"), version=OuterRef("version")
    )
    of_these = (
        Q(changeset=changeset, noun=noun, record=record)
        for changeset, (noun, record) in firsts.items()
    )
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

    Each by the first of its rows, with the number of them.
    Those that have a change set only if steps alone are wanted.
    """
    values = form.cleaned_data
    together = Review.objects.filter(
        **{name: OuterRef(name) for name in ("made_at", "made_by", "step")}
    ).order_by()
    rows: QuerySet[Review] = Review.objects.select_related("made_by").order_by("-made_at", "id")
    rows = rows.filter(form.condition(person="made_by", moment="made_at", after=after)).exclude(
        Exists(together.filter(pk__lt=OuterRef("pk")))
    )
    rows = rows.annotate(
        records=Subquery(together.values("step").annotate(count=Count("pk")).values("count"))
    )
    if values["channel"] != REVIEWING:
        rows = rows.exclude(step__in=CHANGES_STATE)
    wanted = Q(text__icontains=values["q"]) if values["q"] else Q()
    if values["kind"]:
        wanted &= Q(Exists(together.filter(noun=values["kind"])))
    return scan(rows, wanted, up_to=lambda last: Q(made_at__gte=last.made_at), most=PER_PAGE)


class Marks(NamedTuple):
    """By which change set one was undone last, and wholly or not; and which it undid:
    none, where it was not.
    """

    undone_by: UUID | None = None
    is_whole: bool = False
    undoes: UUID | None = None


def in_words(summary_of: Mapping[UUID, Summary]) -> dict[UUID, str]:
    """Return what change sets touched, as “3 stances changed, 1 source added”,
    with “+” where not all is counted.

    A step of a review is told as such: “3 stances submitted”; one query.
    """
    moves = state_moves(
        {changeset: key for changeset, totals in summary_of.items() if (key := totals.foremost)}
    )
    words: dict[UUID, str] = {}
    for changeset, totals in summary_of.items():
        move = moves.get(changeset)
        called = {StepKind.CHANGED: move.step.label} if move and move.alone else {}
        parts = [
            f"{count:,}{'+' if noun in totals.cut else ''} {noun if count == 1 else noun.plural} "
            f"{called.get(happened, happened)}"
            for noun, by in totals.counts.items()
            for happened, count in by.items()
            if count
        ]
        words[changeset] = ", ".join(
            [*parts, move.step.label] if move and not move.alone else parts
        )
    return words


def named_first(
    names: Mapping[Key, Named], first: Key | None, total: int, *, is_more: bool = False
) -> str:
    """Return which records there are, as “Venezuela, and 49 more”,
    with “+” where not all is counted.
    """
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


class Happening(NamedTuple):
    """A change set, step of a review or edition:
    when, who, which records, how many of which kind, why, and how.
    """

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


def happenings(
    form: ChangeSetsForm, after: Place | None, *, with_reviews: bool
) -> tuple[list[Happening], str]:
    """Return what a valid form asks for, a page of it, after a place;
    and the place where the next page begins.
    """
    changes, editions = _changes(form, after), _editions(form, after)
    steps = _steps(form, after) if with_reviews else ScanPage([], None)
    ends: list[Place] = [(changes.last.made_at, changes.last.pk)] if changes.last else []
    ends += [(steps.last.made_at, None)] if steps.last else []
    ends += [(editions.last.published_at, None)] if editions.last else []
    end = max(ends, key=lambda place: place[0], default=None)  # behind it are others of all kinds
    rows = [*_edition_rows(editions.rows), *_step_rows(steps.rows), *_change_rows(changes.rows)]
    rows = sorted(
        (row for row in rows if not end or row.place[0] >= end[0]),
        key=lambda row: row.place[0],
        reverse=True,
    )
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
    named = names(key for totals in summary_of.values() if (key := totals.foremost))
    for row in rows:
        totals = summary_of[row.pk]
        which = named_first(named, totals.foremost, totals.total, is_more=totals.is_cut)
        place, channel = (row.made_at, row.pk), row.get_channel_display()
        yield Happening(
            row,
            place,
            name_of(row.made_by),
            which,
            words[row.pk],
            row.reason,
            channel,
            marks[row.pk],
        )


def _step_rows(rows: list[Review]) -> Iterable[Happening]:
    named = names((Noun(row.noun), row.record) for row in rows)
    for row in rows:
        count = getattr(row, "records", None) or 1
        which = named_first(named, (Noun(row.noun), row.record), count)
        counted = f"{count:,} records {row.step_label}" if count > 1 else row.step_label
        yield Happening(
            row, (row.made_at, None), name_of(row.made_by), which, counted, row.text, REVIEWING
        )


def _edition_rows(rows: list[Edition]) -> Iterable[Happening]:
    firsts = Change.objects.filter(edition__in=[row.pk for row in rows], position=1)
    keys: dict[int, Key] = {
        change.edition_id: (Noun(change.noun), change.record) for change in firsts
    }
    named: dict[Key, Named] = names(keys.values())
    for row in rows:
        which = named_first(named, keys.get(row.pk), getattr(row, "records", None) or 0)
        yield Happening(
            row,
            (row.published_at, None),
            name_of(row.published_by),
            which,
            "",
            row.note,
            PUBLISHING,
        )


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """The history over everything: who changed what, when and why."""

    fields = ("when", "who", "reason", "channel", "id")
    change_form_template = "admin/history/changeset_form.html"

    @admin.display(description="When")
    def when(self, changeset: ChangeSet) -> SafeString:
        return moment(changeset.made_at)

    @admin.display(description="Who")
    def who(self, changeset: ChangeSet) -> str:
        return name_of(changeset.made_by) or "—"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form, after = ChangeSetsForm(request.GET), after_which(request.GET.get("after", ""))
        with_reviews = request.user.has_perm("tracker.view_review")
        rows, older = (
            happenings(form, after, with_reviews=with_reviews) if form.is_valid() else ([], "")
        )
        return list_response(self, request, "admin/history/changeset_list.html", form, rows, older)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view
        return [
            path(
                "<uuid:changeset>/undo/",
                view(partial(undo_view, self)),
                name="tracker_changeset_undo",
            ),
            path("deleted/", view(self.deleted_view), name="tracker_changeset_deleted"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show what was changed, some records at a time."""
        changeset = kwargs["obj"].pk
        page = touched(changeset, after=_key(request.GET.get("after", "")), most=PER_PAGE)
        context |= {
            "counts": in_words({changeset: summary(changeset)})[changeset],
            "marks": undone([changeset])[changeset],
            "may_undo": any(request.user.has_perm(f"tracker.change_{noun}") for noun in Noun),
            "steps": shown(
                (step for record in page.records for step in record.steps), with_records=True
            ),
            "after": page.after and f"{page.after[0]}:{page.after[1]}",
            "is_first": "after" not in request.GET,
            "title": "Change set",
            "subtitle": None,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        noun = _noun(request.GET.get("kind"))
        page = deleted(
            noun=noun,
            before=number(request.GET.get("before", ""), digits=IN_A_BIGINT),
            most=PER_PAGE,
        )
        named = names((record.noun, record.record.pk) for record in page.records)
        context = {
            "title": "Deleted records",
            "records": [
                (
                    record,
                    named[record.noun, record.record.pk].text,
                    name_of(record.changeset.made_by),
                )
                for record in page.records
            ],
            "older": page.older,
            "is_newest": "before" not in request.GET,
            "also": f"kind={noun}" if noun else "",
            "kind": noun,
            "kinds": list(Noun),
        }
        return render_page(self, request, "admin/history/deleted_records.html", context)


def _noun(text: str | None) -> Noun | None:
    return Noun(text) if text in set(Noun) else None


def _key(text: str) -> Key | None:
    noun, _, record = text.partition(":")
    of, key = _noun(noun), number(record)
    return (of, key) if of and key is not None else None
