"""Undoing a change set, putting a record back, restoring one:
a page that shows the plan, then one call of the service.

What blocks it can be left out, one by one or all of it; the plan is then made anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from more_itertools import map_reduce

from tracker.desk import undo
from tracker.desk.admin.forms.forms import ReasonForm
from tracker.desk.admin.history.comparison import identified_by, place, shown
from tracker.desk.admin.site.labels import Named, address, ids_by_noun, names
from tracker.desk.admin.site.messages import format_problem, format_problems
from tracker.desk.admin.site.pages import RecordPage, changing, render_page, whoever
from tracker.desk.undo import UndoAction, UndoPlan, UnknownError
from tracker.desk.undo.blockers import PUBLIC
from tracker.history.timeline import TimelineStep, steps_of
from tracker.models import ChangeSet, Event
from tracker.models.nouns import RECORDS, records_of
from tracker.public.cards import wording
from tracker.publishing.four_eyes import MAY_PUBLISH
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.problems import Key, Problem, RefusedError

MOST_LINES = 200
MOST_WITHDRAWN = 1000  # by one edition
WORDS = {
    UndoAction.DELETE: "to be deleted",
    UndoAction.RESTORE: "to be restored",
    UndoAction.CHANGE: "to be put back",
}

Reason = tuple[SafeString, UUID | None]
Row = tuple[Noun, int, str, int]  # of a part: of which record, its name, its row


def reasons_of(problems: Iterable[Problem]) -> dict[Key, tuple[Named, list[Reason]]]:
    """Return each record that blocks it with the reasons,
    each with the change set that it is about, if any.
    """
    blockers = [(problem.record, problem) for problem in problems if problem.record]
    parts = _last_steps(blockers)
    keys = {key for record, problem in blockers for key in (record, *problem.others)}
    named = names(keys | {key for step in parts.values() if (key := identified_by(step))})
    reasons: dict[Key, tuple[Named, list[Reason]]] = {}
    for record, problem in blockers:
        step = parts.get((*record, *problem.params["part"])) if "part" in problem.params else None
        key = identified_by(step) if step else None
        part = {"part": _part(step, named[key])} if step and key else {}
        reasons.setdefault(record, (named[record], []))[1].append(
            (format_problem(problem, named, **part), problem.params.get("changeset"))
        )
    return reasons


def _last_steps(blockers: Iterable[tuple[Key, Problem]]) -> dict[Row, TimelineStep]:
    """Return what happened last to the parts that blockers are about, some of which are gone;
    one query.
    """
    wanted = {
        (*record, *problem.params["part"])
        for record, problem in blockers
        if "part" in problem.params
    }
    if not wanted:
        return {}
    nouns, records, parts, rows = map(set, zip(*wanted, strict=True))
    events = Event.objects.filter(noun__in=nouns, record__in=records, part__in=parts, row__in=rows)
    last = events.order_by("noun", "record", "part", "row", "-id").distinct(
        "noun", "record", "part", "row"
    )
    return {(step.noun, step.record, step.part, step.row): step for step in steps_of(last)}


def _part(step: TimelineStep, named: Named) -> SafeString:
    what = wording.plain(step.part)
    return format_html(
        "{} “{}”{}", what, named.review, f", {where}," if (where := place(step)) else ""
    )


@dataclass(frozen=True)
class UndoStep:
    """One undo: what its button says, of what, what it does, where one came from,
    and the service's two calls.
    """

    verb: str
    of: type[models.Model]
    says: str
    came_from: str
    back: str
    plan: Callable[..., UndoPlan]
    act: Callable[..., UndoPlan]
    can_leave_out: bool = False
    seen: int | None = None  # the version of the one record as the page shows it


def undo_view(model_admin: Any, request: HttpRequest, changeset: UUID) -> HttpResponse:
    page = reverse("admin:tracker_changeset_change", args=[changeset])
    says = (
        "What this change added is deleted, what it deleted comes back, and fields that it "
        "changed are put back."
    )
    plan, act = (partial(call, changeset=changeset) for call in (undo.plan, undo.undo))
    undoing = UndoStep("Undo", ChangeSet, says, "Change set", page, plan, act, can_leave_out=True)
    return _confirm(model_admin.admin_site, request, undoing)


def put_back_view(
    model_admin: RecordPage, request: HttpRequest, record: int, version: int
) -> HttpResponse:
    says = (
        f"The record, with its parts, becomes as it was at version {version}, under the next "
        f"version."
    )
    noun = model_admin.noun
    now = records_of(noun).filter(pk=record).values_list("version", flat=True).first()
    sent = number(request.POST.get("seen", ""))
    seen = now if sent is None else sent
    plan = partial(undo.plan_put_back, noun=noun, record=record, version=version)
    act = partial(undo.put_back, noun=noun, record=record, version=version, seen=seen)
    page = address(noun, record, "history")
    undoing = UndoStep("Put back", RECORDS[noun], says, "History", page, plan, act, seen=now)
    return _confirm(model_admin.admin_site, request, undoing)


def restore_view(model_admin: RecordPage, request: HttpRequest, record: int) -> HttpResponse:
    noun = model_admin.noun
    says = "The record comes back under its own number, with the parts that were deleted with it."
    plan, act = (
        partial(call, noun=noun, record=record) for call in (undo.plan_restore, undo.restore)
    )
    page = address(noun, record, "history")
    return _confirm(
        model_admin.admin_site,
        request,
        UndoStep("Restore", RECORDS[noun], says, "History", page, plan, act),
    )


def _confirm(site: Any, request: HttpRequest, undoing: UndoStep) -> HttpResponse:
    is_sent = request.method == "POST"
    form = ReasonForm(
        request.POST if is_sent and "look" not in request.POST else None,
        initial=request.POST.dict(),
    )
    try:
        left_out = _left_out(request) if undoing.can_leave_out else frozenset()
        plan = _planned(
            undoing, left_out, by=whoever(request), leaves_all="leave_all" in request.POST
        )
    except UnknownError as unknown:
        raise Http404(str(unknown)) from unknown
    if not request.user.has_perms(undo.rights(plan) or {"tracker.view_changeset"}):
        raise PermissionDenied
    refused = ""
    if form.is_valid() and not plan.blockers:
        try:
            return _done(request, undoing, plan.left_out)
        except RefusedError as refusal:
            refused = format_html_join(
                "; ", "{}", ((line,) for line in format_problems(refusal.problems[:MOST_LINES]))
            )
    return _ask(site, request, undoing, plan, form, refused, left_out)


def _left_out(request: HttpRequest) -> frozenset[Key]:
    left_out = set()
    for text in request.POST.getlist("leave"):
        noun, _, key = text.partition(":")
        record = number(key)
        if noun not in {*Noun} or record is None:
            raise BadRequest("not what the page sent")
        left_out.add((Noun(noun), record))
    return frozenset(left_out)


def _planned(undoing: UndoStep, left_out: frozenset[Key], *, by: int, leaves_all: bool) -> UndoPlan:
    """Return the plan; with `leaves_all`, one that nothing blocks any more."""
    if not undoing.can_leave_out:
        return undoing.plan()
    plan = undoing.plan(leaving_out=left_out, by=by)
    while leaves_all and plan.blockers:
        plan = undoing.plan(
            by=by,
            leaving_out=plan.left_out
            | {blocker.record for blocker in plan.blockers if blocker.record},
        )
    return plan


def _done(request: HttpRequest, undoing: UndoStep, leaving_out: frozenset[Key]) -> HttpResponse:
    with changing(request) as context:
        done = undoing.act(**({"leaving_out": leaving_out} if undoing.can_leave_out else {}))
    if not done.count():
        messages.info(request, "Nothing was left to do: all of it is as it was.")
        return redirect(undoing.back)
    page = reverse("admin:tracker_changeset_change", args=[context.id])
    count = f"{done.count():,} record{'s' if done.count() > 1 else ''}"
    says = "{} {} as before, by this change. It can be undone as well."
    messages.success(request, format_html(says, count, "are" if done.count() > 1 else "is"))
    return redirect(page)


def _ask(
    site: Any,
    request: HttpRequest,
    undoing: UndoStep,
    plan: UndoPlan,
    form: ReasonForm,
    refused: str,
    left_out: frozenset[Key],
) -> HttpResponse:
    to_withdraw = _to_withdraw(plan.blockers)
    blockers, more = _blockers(plan.blockers)
    left = names(plan.left_out if len(plan.left_out) <= MOST_LINES else left_out)
    context = {
        "title": undoing.verb,
        "undoing": undoing,
        "plan": plan,
        "counts": [
            f"{noun.counted(number)} {WORDS[action]}"
            for noun, by in plan.counts.items()
            for action, number in by.items()
        ],
        "steps": shown(steps_of(plan.events), with_records=True),
        "blockers": [blocker for blocker in blockers if blocker[0] not in to_withdraw],
        "more": more,
        "to_withdraw": to_withdraw,
        "may_withdraw": request.user.has_perm(MAY_PUBLISH),
        "given": [left[key] for key in sorted(left_out) if key in left],
        "dependent": [left[key] for key in sorted(plan.left_out - left_out) if key in left],
        "left_out": len(plan.left_out),
        "leaves_all": "leave_all" in request.POST,
        "form": form,
        "may_look_again": undoing.can_leave_out and (plan.blockers or plan.left_out),
        "refusal": refused,
        "opts": undoing.of._meta,
        "media": form.media,
    }
    return render_page(site, request, "admin/history/undo_confirmation.html", context)


def _to_withdraw(problems: Iterable[Problem]) -> list[Named]:
    """Return the records that can't be deleted and that readers see now;
    a query a noun, and those of their names.
    """
    kept = sorted(
        {problem.record for problem in problems if problem.record and problem.message == PUBLIC}
    )
    public: list[Key] = []
    for noun, ids in ids_by_noun(kept).items():
        public += [
            (noun, record)
            for record, status in statuses(noun, ids).items()
            if status.version is not None
        ]
    named = names(public[:MOST_WITHDRAWN])
    return [named[key] for key in public[:MOST_WITHDRAWN]]


def _blockers(problems: Iterable[Problem]) -> tuple[list[tuple[Named, list[Reason]]], int]:
    """Return the first records that block it, each with why, and how many more there are."""
    by_record = map_reduce(problems, lambda problem: problem.record)
    first = list(by_record.values())[:MOST_LINES]
    return list(reasons_of(problem for why in first for problem in why).values()), len(
        by_record
    ) - len(first)
