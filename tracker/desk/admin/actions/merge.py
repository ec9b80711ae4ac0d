"""Merging a record into another: a page on which the other is picked, which then shows what moves;
and one call.

Where publishing takes two people, one proposes on that page what another carries out there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.desk.admin.forms.choices import RecordField, RecordSelect
from tracker.desk.admin.forms.fields import NoteFormField
from tracker.desk.admin.forms.forms import ReasonForm
from tracker.desk.admin.review.page import review_steps
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import Named, address, label, link, names
from tracker.desk.admin.site.messages import format_error
from tracker.desk.admin.site.pages import RecordPage, changing, render_page, whoever
from tracker.desk.merge import (
    MergePlan,
    ReferenceColumn,
    merge,
    plan,
    proposals,
    propose,
    unproposed,
)
from tracker.models import Edition
from tracker.public.cards import wording
from tracker.publishing.publish import Chosen
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.problems import Key, RefusedError

MOST_RECORDS = 20
GONE_TWICE = "said twice, so the one of what is merged goes"


class MergeForm(ReasonForm):
    """Why two records are one, for the team and for readers;
    and the versions that the page shows.
    """

    loser = forms.IntegerField(widget=forms.HiddenInput)
    survivor = forms.IntegerField(widget=forms.HiddenInput)
    note = NoteFormField(label="Note for readers", required=False)


@dataclass(frozen=True, slots=True)
class Moves:
    """Rows that name the record by one field:
    what they are, how many, what becomes of them, the first of them.
    """

    what: str
    count: int
    becomes: str
    records: list[Named]

    @property
    def more(self) -> int:
        return self.count - len(self.records)


def merge_view(model_admin: RecordPage, request: HttpRequest, record: int) -> HttpResponse:
    """Show what merging a record into the one that `into` names would do; do it, or propose it."""
    if not may_merge(model_admin, request):
        raise PermissionDenied
    loser: Any = get_object_or_404(model_admin.get_queryset(request), pk=record)
    noun = model_admin.noun
    if public_status.was_merged(loser):
        return redirect(address(noun, loser.pk))
    pick = _picker(model_admin, loser, request)
    survivor: Any = pick.cleaned_data["into"] if pick.is_bound and pick.is_valid() else None
    if survivor is None:
        return _page(
            model_admin,
            request,
            {
                "loser": loser,
                "pick": pick,
                "proposed": review_steps(loser, proposals(noun, loser.pk)),
            },
        )
    form = MergeForm(
        request.POST or None, initial={"loser": loser.version, "survivor": survivor.version}
    )
    problems: list[SafeString | str] = []
    if form.is_valid():
        try:
            return _done_with(model_admin, request, loser, survivor, form.cleaned_data)
        except (RefusedError, DatabaseError) as error:
            problems = format_error(error)
    what = plan(noun=noun, loser=loser.pk, survivor=survivor.pk)
    merges = model_admin.has_publish_permission(request)
    lacks = unproposed(what, whoever(request))
    about = {
        "loser": loser,
        "pick": pick,
        "survivor": survivor,
        "form": form,
        "plan": what,
        **_shown_plan(what),
    }
    about["problems"] = problems or format_error(RefusedError(what.problems))
    about["is_public"] = what.public is not None
    about["proposed"] = review_steps(loser, proposals(noun, loser.pk, survivor=survivor.pk))
    about |= {"merges": merges and lacks is None, "takes_two": merges and lacks is not None}
    about["proposes"] = not about["merges"] and not any(
        proposal["step"].made_by_id == whoever(request) for proposal in about["proposed"]
    )
    about["is_ready"] = not what.problems and (about["merges"] or about["proposes"])
    return _page(model_admin, request, about)


def may_merge(model_admin: RecordPage, request: HttpRequest) -> bool:
    """Tell whether somebody may merge records, or propose that."""
    if model_admin.noun not in MERGEABLE:
        return False
    may_propose = model_admin.has_submit_permission(request) and model_admin.has_change_permission(
        request
    )
    return may_propose or model_admin.has_publish_permission(request)


def _done_with(
    model_admin: RecordPage, request: HttpRequest, loser: Any, survivor: Any, values: dict[str, Any]
) -> HttpResponse:
    """Merge, or propose it, as the button says; raises what blocks it."""
    noun = model_admin.noun
    two = {
        name: Chosen(noun, record.pk, values[name])
        for name, record in (("loser", loser), ("survivor", survivor))
    }
    if "propose" in request.POST:
        with changing(request):
            propose(**two, text=values["reason"])
        messages.success(
            request, f"You proposed to merge “{label(loser)}” into “{label(survivor)}”."
        )
        return redirect(address(noun, loser.pk))
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    with changing(request):
        edition = merge(**two, note=values["note"])
    return _done(request, noun, label(loser), survivor, edition)


def _picker(model_admin: RecordPage, loser: Any, request: HttpRequest) -> forms.Form:
    field = loser._meta.get_field("merged_into")
    others = model_admin.get_queryset(request).unmerged().exclude(pk=loser.pk)
    chosen = request.GET.get("into")
    pick = forms.Form(None if chosen is None else {"into": chosen if chosen.isdecimal() else ""})
    select = RecordSelect(field, model_admin.admin_site)
    pick.fields["into"] = RecordField(
        queryset=others,
        label="Part of",
        widget=select,
        error_messages={"required": f"Choose the {model_admin.noun} that stays."},
    )
    return pick


def _done(
    request: HttpRequest, noun: Noun, merged: str, survivor: Any, edition: Edition | None
) -> HttpResponse:
    says = format_html("“{}” is merged into this {}.", merged, noun)
    if edition is not None:
        page = reverse("admin:tracker_edition_change", args=[edition.pk])
        says = format_html(
            '{} Readers see it since <a href="{}">edition {}</a>.', says, page, edition.pk
        )
    messages.success(request, says)
    return redirect(address(noun, survivor.pk))


def _shown_plan(plan: MergePlan) -> dict[str, Any]:
    """Return what would move, go, and become contested, with the records by name."""
    both = (plan.moved, plan.dropped)
    moved, dropped = (
        [(column, rows, _owners(column, rows)) for column, rows in by.items()] for by in both
    )
    pairs = (
        (claims, claim, rival)
        for claims, by in plan.contested.items()
        for claim, rival in by.items()
    )
    rivals = [
        ((claims, claim), (claims, rival)) for claims, claim, rival in islice(pairs, MOST_RECORDS)
    ]
    named = names(
        {key for _, _, keys in (*moved, *dropped) for key in keys}
        | {key for pair in rivals for key in pair}
    )
    return {
        "moves": [*_moves(moved, "", named), *_moves(dropped, GONE_TWICE, named)],
        "rivals": [(named[claim], named[rival]) for claim, rival in rivals],
        "contested": sum(len(by) for by in plan.contested.values()),
    }


def _owners(column: ReferenceColumn, rows: list[int]) -> list[Key]:
    owners = (
        column.rows.filter(pk__in=rows[:MOST_RECORDS])
        .order_by("pk")
        .values_list(column.record, flat=True)
    )
    return [(column.owner, record) for record in dict.fromkeys(owners)]


def _moves(
    by: Iterable[tuple[ReferenceColumn, list[int], list[Key]]],
    becomes: str,
    names: dict[Key, Named],
) -> Iterator[Moves]:
    for column, rows, keys in by:
        field = wording.plain(column.name.removesuffix("_id"))
        part = f"{wording.plain(column.part)}: " if column.part else ""
        what = f"{capfirst(column.owner.plural)} ({part}{field})"
        yield Moves(what, len(rows), becomes, [names[key] for key in keys])


def _page(model_admin: RecordPage, request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    loser = about["loser"]
    context = {
        "title": "Merge",
        "loser_link": link(model_admin.noun, loser.pk, label(loser)),
        "survivor_label": label(about["survivor"]) if "survivor" in about else "",
        "media": model_admin.media + about["pick"].media,
        **about,
    }
    return render_page(model_admin, request, "admin/actions/merge.html", context)
