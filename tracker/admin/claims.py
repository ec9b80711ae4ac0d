"""What stances and alignments have in common at the desk: citations, standing, and the day they were last checked."""

from typing import Any

from django.contrib import admin
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tracker.admin import standing
from tracker.admin.changing import changing
from tracker.admin.coding import CodingAdmin
from tracker.admin.labels import address
from tracker.admin.publishing import tell_edition, tell_problems
from tracker.admin.records import LATEST_FIRST, RecordAdmin
from tracker.models import Record
from tracker.services.claims import default_confirmed_on, known_on
from tracker.services.publishing import Chosen, Refused
from tracker.services.reviewing import confirm

WEIGHED = (
    "Standing, summary and last check",
    {"classes": ("collapse",), "fields": ("standing", "standing_note", "summary", "confirmed_on")},
)


@admin.action(permissions=["change"], description="Still so: selected %(verbose_name_plural)s were checked today")
def confirm_selected(
    model_admin: RecordAdmin, request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> HttpResponse | None:
    """Confirm claims that readers see as they are, and publish the day on which that was."""
    records = [Chosen(model_admin.noun, pk, version) for pk, version in queryset.values_list("pk", "version")]
    try:
        with changing(request):
            edition = confirm(records=records)
    except (Refused, DatabaseError) as error:
        tell_problems(request, "confirmed", error)
    else:
        tell_edition(request, "confirmed", edition, len(records))
    return redirect(address(model_admin.noun, records[0].id)) if "from_form" in request.POST else None


class ClaimAdmin(CodingAdmin):
    """A claim about the world, with the sources that back it."""

    actions = [confirm_selected, *RecordAdmin.actions]

    ordering = (LATEST_FIRST, "-id")
    sortable_by = ("period",)  # what an index sorts
    search_help_text = "Searches summaries, and actors and issues by any name."

    def may_confirm(self, request: HttpRequest, record: Record) -> bool:
        """Say whether to offer that a claim still holds: to who may change it, if readers see it as it is."""
        is_in_step = standing.status_of(record).version == record.version
        return is_in_step and self.has_change_permission(request, record)

    @admin.display(description="Period", ordering=LATEST_FIRST)
    def period(self, claim: Any) -> str:
        """Return from when until when it holds, as written."""
        return f"{claim.since or '…'} to {claim.until or '…'}" if claim.since or claim.until else "—"

    def complete(self, record: Record) -> None:
        """Say when a claim was last checked, if nobody did: on the day of the newest source that it cites."""
        claim: Any = record
        if claim.confirmed_on is not None:
            return
        cited = claim.citations.values_list("source__issued_latest", "source__accessed_on")
        day = default_confirmed_on(sources=(known_on(issued_latest=issued, accessed_on=read) for issued, read in cited))
        if day is not None:
            rows: Any = self.model._default_manager.filter(pk=claim.pk)
            rows.update(confirmed_on=day)
