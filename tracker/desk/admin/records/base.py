"""What the admin of every noun does:
lists with a status, forms that lose nothing, one change per write.

Deleted is only what was never public, with a reason, and with what blocks it called by name. What
stands on citations is coded one record after the other, as a source says many things; claims among
it are accepted or contested.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as stock_delete_selected
from django.contrib.admin.utils import NestedObjects, unquote
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.desk.admin.actions.bulk_change import change_selected
from tracker.desk.admin.actions.merge import merge_view
from tracker.desk.admin.actions.publish import publish_selected, retract_selected
from tracker.desk.admin.actions.review_steps import (
    approve_and_publish_selected,
    assign_selected,
    confirm_selected,
    still_so_view,
    submit_selected,
)
from tracker.desk.admin.forms.choices import RecordSelect
from tracker.desk.admin.forms.forms import ClaimForm
from tracker.desk.admin.forms.parts import CitationPart
from tracker.desk.admin.history.record_history import compare_view, record_history, version_view
from tracker.desk.admin.history.undo import put_back_view, restore_view
from tracker.desk.admin.lists.changelists import RecordLists
from tracker.desk.admin.lists.filters import (
    ORIGIN,
    ArchiveFilter,
    AttentionFilter,
    IssueFilter,
    PeriodFilter,
    ReferenceFilter,
    StatusFilter,
)
from tracker.desk.admin.records.form_view import RecordForms
from tracker.desk.admin.review.page import review_page
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import (
    NAMED,
    address,
    chip_of,
    ids_by_noun,
    label,
    link,
    with_named,
)
from tracker.desk.admin.site.messages import show_refusal
from tracker.desk.admin.site.pages import changing
from tracker.desk.records.duplicates import DUPLICATE_KEYS
from tracker.desk.records.references import default_confirmed_on, known_on
from tracker.desk.records.turning_points import defining, end
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.models.tables import owner_of
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.numbers import number
from tracker.values.vocabularies import Standing

MOST_LINES = 50
LATEST_FIRST = models.F("since_latest").desc(nulls_last=True)
KEPT_PUBLIC = (
    "This {noun} has been public, so it can't be deleted. Withdraw it instead: its address will "
    "say so."
)
NEXT = "_next"
CALLED = {name: name for name in ("issue", "since", "basis", "confidence", "source", "locator")} | {
    "since": "day"
}
SAVED = "“<a href='{}'>{}</a>” was saved. Code the next one here. Kept from it: {}."
ENDS = "“{}” ends where this begins, and cites what this cites. Publish both together."
WEIGHED = (
    "Accepted or contested, and last check",
    {"classes": ("collapse",), "fields": ("standing", "standing_note", "confirmed_on")},
)
EXAMPLE = {  # what a row of either may say in a file to import
    "actor": "France",
    "since": "2018-12",
    "until": "[2019-03..2019-05]",
    "basis": "statement",
    "confidence": "moderate",
    "standing": "accepted",
    "summary": "What is the case, in a few sentences.",
    "citations": "usip-2019-06 p. 4; https://example.org/report § 3",
}
CHANGED_TOGETHER = (("basis", "likelihood"), "confidence", ("standing", "standing_note"), "until")


@admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
def delete_selected(
    model_admin: Any, request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> HttpResponse | None:
    records = list(queryset)
    public_status.remember(records)
    public = [label(record) for record in records if public_status.was_public(record)]
    if public:
        names = "; ".join(public[:MOST_LINES])
        messages.error(
            request,
            f"Nothing was deleted. These have been public, so withdraw them instead: {names}.",
        )
        return None
    if not request.POST.get("post"):
        return stock_delete_selected(model_admin, request, queryset)
    try:
        with changing(request):
            return stock_delete_selected(model_admin, request, queryset)
    except DatabaseError as error:
        show_refusal(request, error)
        return None


def what_goes(
    records: Iterable[models.Model], *, may_delete: bool
) -> tuple[list[SafeString], dict[str, int], set[str], list[SafeString]]:
    """Return what would be deleted, how many of which, what one may not delete,
    and what blocks it.
    """
    chosen = list(records)
    collector = NestedObjects(using="default")
    collector.collect(chosen)
    rows_by_model: dict[Any, Any] = collector.model_objs
    counts = {
        str(model._meta.verbose_name_plural): len(rows) for model, rows in rows_by_model.items()
    }
    forbidden = set() if may_delete or not chosen else {str(chosen[0]._meta.verbose_name)}
    lines = [
        link(noun_of(record), record.pk, label(record))
        for record in chosen
        if isinstance(record, Record)
    ]
    # themselves, or by a part
    referring = ids_by_noun(dict.fromkeys(map(owner_of, collector.protected))).items()
    return (
        lines,
        counts,
        forbidden,
        [line for noun, ids in referring for line in _links_to(noun, sorted(ids))],
    )


def _links_to(noun: Noun, ids: list[int]) -> list[SafeString]:
    lines = [
        format_html("{}: {}", noun, link(noun, row.pk, label(row)))
        for row in with_named(noun, ids[:MOST_LINES])
    ]
    rest = len(ids) - MOST_LINES
    return [*lines, *([format_html("and {} more {}", rest, noun.plural)] if rest > 0 else [])]


class RecordAdmin(RecordForms):
    """A noun's records: their list and their forms."""

    last_filters: tuple[Any, ...] = ORIGIN
    actions = [
        submit_selected,
        assign_selected,
        change_selected,
        approve_and_publish_selected,
        publish_selected,
        retract_selected,
        delete_selected,
    ]

    @property
    def media(self) -> Media:
        return super().media + RecordSelect(self.opts.get_field("ref"), self.admin_site).media

    @admin.display(description="Status")
    def public_status(self, record: Record) -> SafeString:
        return public_status.shown(record)

    @admin.display(description="As of today")
    def chip(self, record: Record) -> SafeString:
        return chip_of(record).html

    @admin.display(description="Part of")
    def survivor(self, record: Any) -> SafeString:
        """Return a link to the record of which this one is part now."""
        return link(self.noun, record.merged_into_id, label(record.merged_into))

    def get_queryset(self, request: HttpRequest) -> Any:
        records = super().get_queryset(request)
        named = NAMED[self.noun]
        return records.select_related(*named) if named else records

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        """Return by what the list is narrowed:
        its status, what is the noun's own, and where it came from.
        """
        return (StatusFilter, *self.list_filter, *self.last_filters)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        public_status.remember(changelist.result_list)
        return changelist

    # Publishing, deleting, history ----------------------------------------------------------------

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return what_goes(objs, may_delete=self.has_delete_permission(request))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete a record that was never public; otherwise lead back, saying why not."""
        record = self.get_object(request, object_id)
        if (
            record
            and admin.ModelAdmin.has_delete_permission(self, request, record)
            and public_status.was_public(record)
        ):
            messages.warning(request, KEPT_PUBLIC.format(noun=self.noun))
            return redirect(address(self.noun, record.pk))
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        try:
            with changing(request):
                return super().delete_view(request, object_id, extra_context)
        except DatabaseError as error:
            show_refusal(request, error)
            return redirect(address(self.noun, number(unquote(object_id)) or 0))

    def delete_model(self, request: HttpRequest, obj: Record) -> None:
        """Delete a record, and let the database say at once what it would say at the end."""
        super().delete_model(request, obj)
        connection.check_constraints()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return record_history(self, request, object_id, extra_context)

    def get_urls(self) -> Any:
        name, record, version = (
            f"tracker_{self.noun}",
            "<int:record>/",
            "<int:record>/version/<int:version>/",
        )

        def page(route: str, view: Callable[..., HttpResponseBase], action: str) -> Any:
            return path(
                route, self.admin_site.admin_view(partial(view, self)), name=f"{name}_{action}"
            )

        return [
            page("export/", RecordLists.export_view, "export"),
            *(
                [page("alike/", RecordForms.alike_view, "alike")]
                if DUPLICATE_KEYS[self.noun]
                else []
            ),
            page("<path:object_id>/review/", review_page, "review"),
            page(version, version_view, "version"),
            page(f"{version}put-back/", put_back_view, "put_back"),
            page(f"{record}compare/", compare_view, "compare"),
            page(f"{record}restore/", restore_view, "restore"),
            *([page(f"{record}merge/", merge_view, "merge")] if self.noun in MERGEABLE else []),
            *super().get_urls(),
        ]


class CodingAdmin(RecordAdmin):
    """A record that stands on citations."""

    carried: tuple[str, ...] = ()  # what the next record keeps of this one
    last_filters = (("citations__source", ReferenceFilter), ArchiveFilter, *ORIGIN)

    def issue_of(self, record: Any) -> int | None:
        """Return the issue that the next record keeps, if this noun has one."""
        issue: int | None = getattr(record, "issue_id", None)
        return issue

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return super().render_change_form(request, context | {"codes_on": True}, *args, **kwargs)

    def saved(self, request: HttpRequest, record: Any, done: str) -> HttpResponse | None:
        """Lead to the form of the next record, if so asked, which keeps something of this one."""
        if NEXT not in request.POST:
            return super().saved(request, record, done)
        cited = record.citations.order_by("pk").values(*CitationPart.carried).last() or {}
        own = {name: getattr(record, name) for name in self.carried}
        kept = {
            name: value
            for name, value in {"issue": self.issue_of(record), **own, **cited}.items()
            if value
        }
        names = ", ".join(called for name, called in CALLED.items() if name in kept) or "nothing"
        messages.success(
            request, format_html(SAVED, address(self.noun, record.pk), label(record), names)
        )
        return redirect(f"{reverse(f'admin:tracker_{self.noun}_add')}?{urlencode(kept)}")

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Fill the first part of a new record with what is kept of the last.

        Only where it is shown: what is sent must differ from what an empty part would be,
        or it would not be saved.
        """
        options: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and obj.pk is None and (kept := inline.kept(request)):
            options["initial"] = [kept]
        return options


class OccurrenceAdmin(CodingAdmin):
    """What took place or is to, among participants, about issues."""

    list_display = ("title", "since", "kind", "chip", "place", "public_status")
    list_filter = (
        AttentionFilter,
        PeriodFilter,
        "kind",
        "status",
        ("participants__actor", ReferenceFilter),
        ("issues__issue", IssueFilter),
    )
    search_help_text = "Searches titles, places, series, summaries, and who takes part by any name."
    carried = ("since",)
    ordering = (LATEST_FIRST, "-id")
    changed_together = ("kind", "status", "place", "country", "series")

    def issue_of(self, record: Any) -> int | None:
        issue: int | None = record.issues.order_by("pk").values_list("issue", flat=True).first()
        return issue


def filters_of_claims(what: str, *actors: tuple[str, type[ReferenceFilter]]) -> tuple[Any, ...]:
    """Return the filters of a list of claims:
    by whom they name, what they claim, and how surely.
    """
    return (
        AttentionFilter,
        ("issue", IssueFilter),
        *actors,
        PeriodFilter,
        what,
        "basis",
        "confidence",
        "standing",
    )


class ClaimAdmin(CodingAdmin):
    """A claim about the world, with the sources that back it."""

    form = ClaimForm
    actions = [confirm_selected, *RecordAdmin.actions]

    term: str  # the field that says what is claimed
    carried = ("since", "basis", "likelihood", "confidence")
    ordering = (LATEST_FIRST, "-id")
    sortable_by = ("period",)  # what an index sorts
    search_help_text = "Searches summaries, and actors and issues by any name."

    def may_confirm(self, request: HttpRequest, record: Record) -> bool:
        """Say whether to offer that a claim still holds:
        to who may change it, if readers see it as it is.
        """
        return public_status.is_in_step(record) and self.has_change_permission(request, record)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what a new claim begins with:
        of the earlier one of which it takes the place, what defines both.
        """
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        key = number(initial.pop("earlier", ""))
        earlier = self.get_queryset(request).filter(pk=key).first() if key else None
        if earlier is None:
            return initial
        return {**defining(earlier), "earlier": f"{earlier.pk}:{earlier.version}", **initial}

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer to tell of a claim that it changed;
        of a new one, show of which other it takes the place.
        """
        form, claim = context["adminform"].form, kwargs.get("obj")
        if earlier := getattr(form, "earlier_claim", None):
            context["earlier"] = link(self.noun, earlier.pk, label(earlier))
        is_accepted = claim is not None and claim.standing == Standing.ACCEPTED
        context["can_turn"] = (
            is_accepted
            and self.has_add_permission(request)
            and self.has_change_permission(request, claim)
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(partial(still_so_view, self))
        return [
            path("<int:record>/still-so/", view, name=f"tracker_{self.noun}_still_so"),
            *super().get_urls(),
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the parts; end the claim of which a new one takes the place."""
        super().save_related(request, form, formsets, change)
        if form.earlier_claim:
            if not self.has_change_permission(request, form.earlier_claim):
                raise PermissionDenied
            end(form.earlier_claim, form.instance)
            connection.check_constraints()
            earlier = form.earlier_claim
            messages.info(request, format_html(ENDS, link(self.noun, earlier.pk, label(earlier))))

    def saved_together(self, form: Any) -> list[Record]:
        return [form.instance, *filter(None, [form.earlier_claim])]

    @admin.display(description="Period", ordering=LATEST_FIRST)
    def period(self, claim: Any) -> str:
        return (
            f"{claim.since or '…'} to {claim.until or '…'}" if claim.since or claim.until else "—"
        )

    def complete(self, record: Record) -> list[str]:
        """Say when a claim was last checked, if nobody did:
        on the first day of the newest source that it cites.

        If none of them has a day it is today:
        who saves it here has read them now, which no file has.
        """
        claim: Any = record
        if claim.confirmed_on is not None:
            return []
        cited = claim.citations.values_list("source__issued_earliest", "source__accessed_on")
        known = [known_on(issued_earliest=issued, accessed_on=read) for issued, read in cited]
        today = timezone.localdate()
        claim.confirmed_on = default_confirmed_on(sources=known, today=today) or today
        return ["confirmed_on"]
