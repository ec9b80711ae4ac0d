"""The page on which a record is reviewed:
what changed, what blocks it, what was said, and what can be done.
"""

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from more_itertools import map_reduce

from tracker.desk.admin.forms.fields import PersonField, ProseFormField
from tracker.desk.admin.history.comparison import compared
from tracker.desk.admin.review.cards import cards_of, hints_about, question_of
from tracker.desk.admin.review.neighbours import among_of, neighbours_of, review_address
from tracker.desk.admin.review.opened import note_opened
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import Named, address, ids_by_noun, label, name_of, names
from tracker.desk.admin.site.messages import (
    Says,
    format_error,
    format_own_problems,
    format_problems,
)
from tracker.desk.admin.site.pages import RecordPage, changing, missing, render_page, whoever
from tracker.desk.records.duplicates import DUPLICATE_KEYS, MOST_TOLD, saved_duplicates
from tracker.history.authorship import last_changed_by
from tracker.models import Record, Review
from tracker.models.nouns import noun_of, records_of
from tracker.models.snapshots import load
from tracker.public.cards.context import pair_address
from tracker.public.cards.pictures.agreement import Year, agreement
from tracker.public.cards.pictures.plate import Picture, Plate
from tracker.public.formats.releases.citation import spdx
from tracker.public.read import agreement as read
from tracker.public.read.connection import read_primary
from tracker.public.read.editions import NOW, answering
from tracker.publishing import review
from tracker.publishing.four_eyes import unreviewed
from tracker.publishing.new_documents import preview
from tracker.publishing.publish import Chosen, blockers
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem, RefusedError
from tracker.values.vocabularies import MOVES_NOTHING, ReviewStep

MOST_SHOWN = 100
THERE = "{} may be here already, with {}: {}."
WRITES, APPROVES = "tracker.add_review", "tracker.approve_review"


class PairAgreement(NamedTuple):
    """How alike two actors vote, year by year, and where the page of the two is."""

    picture: Picture
    href: str


@read_primary()
def agreement_of(record: Any) -> PairAgreement | None:
    """Return how alike the two of an alignment vote by the latest edition; four statements.

    None for other records, or without years in which enough votes are compared.
    Intervals are left to the page of the two: drawing them takes longer than all else.
    """
    if not hasattr(record, "counterpart_id"):
        return None
    latest, now = answering(NOW), timezone.localdate()
    votes = read.framed_votes(latest.latest)
    two = list(
        read.actors([record.actor_id, record.counterpart_id], edition=latest.latest).values()
    )
    if not votes.framed or len(two) < 2:
        return None
    href, names = (
        pair_address(*(actor.slug for actor in two)),
        " and ".join(actor.name for actor in two),
    )
    published = latest.published_at.date() if latest.published_at else now
    licence = spdx(settings.DATA_LICENSE) or settings.DATA_LICENSE
    plate = Plate(
        f"How alike {names} vote",
        "",
        now,
        settings.TITLE,
        latest.latest,
        published,
        0,
        licence,
        href,
    )
    counted = read.ballots(votes, [actor.record for actor in two], by="year", drop=True).pairs(
        [(0, 1)]
    )
    picture = agreement(
        plate, [Year.of(year.bucket, year.sums, None, f"{href}{year.bucket}/") for year in counted]
    )
    return PairAgreement(picture, href) if picture else None


def lines_about_others(records: Iterable[Record]) -> list[SafeString]:
    """Return a line for each record that may be there already, with links to the others;
    a few queries a noun.
    """
    of_noun = map_reduce(records, noun_of).items()
    others = {
        (noun, record): ids
        for noun, rows in of_noun
        for record, ids in saved_duplicates(noun, rows).items()
    }
    first = {key: ids[:MOST_TOLD] for key, ids in [*others.items()][:MOST_SHOWN]}
    named = names({*first, *((noun, other) for (noun, _), ids in first.items() for other in ids)})
    return [
        format_html(
            THERE,
            named[noun, record],
            key.message,
            format_html_join("; ", "{}", ((named[noun, other].review,) for other in ids)),
        )
        for (noun, record), ids in first.items()
        if (key := DUPLICATE_KEYS[noun])
    ]


class Blockers(NamedTuple):
    """Reasons against publishing a record,
    and those changed records with which some of them would be none.
    """

    reasons: list[Says]
    together: list[Named]


def find_blockers(record: Record, by: int) -> Blockers:
    """Return why this person can't publish a record as it is, and what to publish along."""
    chosen = Chosen(noun_of(record), record.pk, record.version)
    problems = blockers(records=[chosen], by=by)
    changed = _changed({key for problem in problems for key in _others(problem, chosen)})
    mended = _mended(chosen, problems, changed, by) if changed else set()
    named = names(mended)
    own = [problem for problem in problems if problem.record in (None, (chosen.noun, chosen.id))]
    others = [problem for problem in problems if problem not in own]
    reasons = [*format_own_problems(own), *format_problems(others)]
    return Blockers(reasons, [named[key] for key in sorted(mended)])


def _mended(chosen: Chosen, problems: Iterable[Problem], changed: set[Key], by: int) -> set[Key]:
    """Return which of the changed records, published along,
    take away a problem that the record has.
    """
    left = set(blockers(records=[chosen, *(Chosen(*key) for key in changed)], by=by))
    return {
        key
        for problem in problems
        if problem not in left
        for key in _others(problem, chosen)
        if key in changed
    }


def _others(problem: Problem, chosen: Chosen) -> set[Key]:
    """Return which records but the chosen one a problem is of, or about:
    a rule may be broken by another's document.
    """
    return {
        key for key in (problem.record, *problem.others) if key and key != (chosen.noun, chosen.id)
    }


def _changed(keys: set[Key]) -> set[Key]:
    """Return which of these records readers see, but otherwise than they are at the desk."""
    changed: set[Key] = set()
    for noun, ids in ids_by_noun(keys).items():
        status_of = statuses(noun, ids)
        rows = records_of(noun).filter(pk__in=status_of).values_list("pk", "version")
        changed |= {
            (noun, record)
            for record, version in rows
            if status_of[record].version not in (None, version)
        }
    return changed


def named_in(record: Record) -> list[tuple[str, SafeString]]:
    """Return links to the records that a record and its parts name, by what they are;
    three queries a noun at most.
    """
    [snapshot] = load(noun_of(record), [record.pk])
    named = names(snapshot.named())
    links_of = map_reduce(sorted(named), itemgetter(0), lambda key: (named[key].link,))
    return [
        (capfirst(noun.plural if len(links) > 1 else noun), format_html_join("; ", "{}", links))
        for noun in Noun
        if (links := links_of.get(noun))
    ]


class StepForm(forms.Form):
    """What is said with a step, and to whom the record goes."""

    text = ProseFormField(label="Comment", required=False, rows=3)
    to = PersonField(label="For")
    seen = forms.IntegerField()


class Verb(NamedTuple):
    """A button of the page: what it says, what it does, what is said afterwards,
    and who may press it.
    """

    text: str
    act: Callable[..., None]
    done: str
    permission: str
    takes: tuple[str, ...] = ("text",)


VERBS = {
    "approve": Verb("Approve", review.approve, "You approved this version.", APPROVES),
    "send_back": Verb("Send back", review.send_back, "It was sent back.", APPROVES),
    "comment": Verb("Comment", review.comment, "Your comment was kept.", WRITES),
    "withdraw": Verb("Withdraw from review", review.withdraw, "It is no longer in review.", WRITES),
    "assign": Verb("Assign", review.assign, "It was assigned.", WRITES, ("text", "to")),
}


def review_page(model_admin: RecordPage, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show a record for review, or take a step with it."""
    record: Record | None = model_admin.get_object(request, unquote(object_id))
    if record is None:
        return missing(model_admin, request, object_id)
    if not model_admin.has_view_permission(request, record):
        raise PermissionDenied
    if request.method != "POST":
        return _page(model_admin, request, record, StepForm(), [])
    form = StepForm(request.POST)
    problems = _take_step(request, record, form)
    if not problems and not form.errors:
        return redirect(review_address((model_admin.noun, record.pk), among_of(request)))
    record.refresh_from_db()
    return _page(model_admin, request, record, form, problems)


def may_publish(
    model_admin: RecordPage, request: HttpRequest, record: Record, *, is_changed: bool = True
) -> bool:
    """Tell whether to offer publishing:
    to who may, unless the record is in step or nobody else saw what changed.
    """
    if not model_admin.has_publish_permission(request) or public_status.was_merged(record):
        return False
    if public_status.is_in_step(record):
        return False
    return not is_changed or not any(
        unreviewed({model_admin.noun: {record.pk: record.version}}, whoever(request))
    )


def may_withdraw(model_admin: RecordPage, request: HttpRequest, record: Record) -> bool:
    """Tell whether to offer withdrawing, or proposing that:
    of what readers see, to who may do either.
    """
    may = model_admin.has_publish_permission(request) or model_admin.has_submit_permission(request)
    return may and public_status.status_of(record).version is not None


def review_steps(record: Record, rows: "QuerySet[Review] | None" = None) -> list[dict[str, Any]]:
    """Return steps of a record's review, all unless given, as they are shown, the newest first.

    Two queries, if some propose merges.
    """
    noun = noun_of(record)
    steps = Review.objects.filter(noun=noun, record=record.pk) if rows is None else rows
    steps = steps.order_by("-id").select_related("made_by", "to")
    into = names({(noun, step.survivor) for step in steps if step.survivor})
    return [
        {
            "step": step,
            "who": name_of(step.made_by),
            "to": name_of(step.to),
            "is_now": step.version == record.version,
            "into": into[noun, step.survivor].text if step.survivor else "",
            "page": f"{address(noun, record.pk, 'merge')}?into={step.survivor}"
            if step.survivor
            else "",
        }
        for step in steps
    ]


def sent_back_with(steps: list[dict[str, Any]], *, after: int) -> dict[str, Any] | None:
    """Return the step that sent a record back, if nothing moved it since,
    nor readers saw a version `after` it.
    """
    moves = (step for step in steps if step["step"].step not in MOVES_NOTHING)
    last = next(moves, None)
    return (
        last
        if last and last["step"].step == ReviewStep.SENT_BACK and last["step"].version > after
        else None
    )


def _take_step(request: HttpRequest, record: Record, form: StepForm) -> list[Any]:
    """Take the step that was asked for;
    return what blocks it, but for what is wrong with a field of the form.
    """
    verb = VERBS.get(request.POST.get("verb", ""))
    if verb is None or not form.is_valid():
        raise BadRequest("not what the page sent")
    if not request.user.has_perm(verb.permission):
        raise PermissionDenied
    how = {"text": form.cleaned_data["text"]}
    if "to" in verb.takes:
        how["to"] = person.pk if (person := form.cleaned_data["to"]) else None
    try:
        with changing(request, why="text"):
            verb.act(records=[Chosen(noun_of(record), record.pk, form.cleaned_data["seen"])], **how)
    except RefusedError as error:
        for problem in error.problems:
            if problem.field in form.fields:
                form.add_error(problem.field, capfirst(problem.text))
        others = [problem for problem in error.problems if problem.field not in form.fields]
        return format_error(RefusedError(others)) if others else []
    except DatabaseError as error:
        return format_error(error)
    messages.success(request, verb.done)
    return []


def _page(
    model_admin: RecordPage,
    request: HttpRequest,
    record: Record,
    form: StepForm,
    problems: list[Any],
) -> HttpResponse:
    noun, status, by = model_admin.noun, public_status.status_of(record), whoever(request)
    key = noun, record.pk
    is_in_step = status.version == record.version
    note_opened(request, key, record.version)
    forms = preview(noun, record.pk)
    rows = compared(noun, forms)
    among = among_of(request)
    changed = [row for row in rows if row.is_changed]
    context = {
        "title": "Review",
        "subtitle": label(record),
        "original": record,
        "media": model_admin.media + form.media,
        "status": public_status.shown(record),
        "edition": status.edition,
        "public_address": status.address(noun),
        "named": named_in(record),
        "card": cards_of([record], {key: forms}).get(key),
        "question": question_of(record),
        "agreement": agreement_of(record),
        "is_in_step": is_in_step,
        "changed": changed,
        "same": [row for row in rows if not row.is_changed],
        **(Blockers([], []) if is_in_step else find_blockers(record, by))._asdict(),
        "hints": hints_about([record])[key],
        "others": [] if is_in_step else lines_about_others([record]),
        "problems": problems,
        "form": form,
        **_steps(model_admin, request, record, is_changed=bool(changed)),
        "publishes": model_admin.has_publish_permission(request),
        "can_confirm": model_admin.may_confirm(request, record),
        "steps": review_steps(record),
        "among": among,
        "neighbours": neighbours_of(key, among),
    }
    return render_page(model_admin, request, "admin/review/page.html", context)


def _steps(
    model_admin: RecordPage, request: HttpRequest, record: Record, *, is_changed: bool
) -> dict[str, Any]:
    """Return what this person may do with the record now,
    and which of it most likely comes next.
    """
    offered = _offered(request, record)
    status, is_merged = public_status.status_of(record), public_status.was_merged(record)
    publishes = may_publish(model_admin, request, record, is_changed=is_changed)
    is_unsubmitted = (
        not status.is_in_review(state=record.state, version=record.version)
        and status.version != record.version
    )
    submits = is_unsubmitted and not is_merged and model_admin.has_submit_permission(request)
    return {
        "can_publish": publishes,
        "submits": submits,
        "can_retract": may_withdraw(model_admin, request, record),
        "verbs": [(name, VERBS[name].text) for name in offered if name != "assign"],
        "assigns": "assign" in offered,
        "moves": submits or "assign" in offered,
        "primary": "" if publishes else "submit" if submits else "approve",
    }


def _offered(request: HttpRequest, record: Record) -> list[str]:
    """Return the verbs that this person may use on this record now."""
    status = public_status.status_of(record)
    is_in_review = status.is_in_review(state=record.state, version=record.version)
    fits = {
        "approve": is_in_review
        and last_changed_by(noun_of(record), [record.pk]).get(record.pk) != request.user.pk,
        "send_back": is_in_review,
        "withdraw": is_in_review,
        "assign": status.version != record.version,
        "comment": True,
    }
    possible = [
        name
        for name in VERBS
        if fits[name] and (name == "comment" or not public_status.was_merged(record))
    ]
    return [name for name in possible if request.user.has_perm(VERBS[name].permission)]
