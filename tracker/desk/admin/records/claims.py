"""What stances and alignments have in common at the desk: citations, accepted or contested, when last checked."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from tracker.desk.admin.actions.review_steps import confirm_selected
from tracker.desk.admin.lists.filters import (
    ORIGIN,
    ArchiveFilter,
    AttentionFilter,
    IssueFilter,
    PeriodFilter,
    ReferenceFilter,
    StatusFilter,
)
from tracker.desk.admin.records.base import LATEST_FIRST, RecordAdmin
from tracker.desk.admin.records.coding import CodingAdmin
from tracker.desk.admin.site import public_status
from tracker.desk.records.claims import default_confirmed_on, known_on
from tracker.models import Record

WEIGHED = (
    "Accepted or contested, summary and last check",
    {"classes": ("collapse",), "fields": ("standing", "standing_note", "summary", "confirmed_on")},
)

EXAMPLE = {  # what a row of either may say in a file to import
    "actor": "China",
    "since": "2018-12",
    "until": "[2019-03..2019-05]",
    "basis": "statement",
    "confidence": "moderate",
    "standing": "accepted",
    "summary": "What is the case, in a few sentences.",
    "citations": "usip-2019-06 p. 4; https://example.org/report § 3",
}
CHANGED_TOGETHER: dict[str, tuple[str, ...]] = {
    "basis": ("likelihood",),
    "confidence": (),
    "standing": ("standing_note",),
    "until": (),
}


def filters_of_claims(what: str, *actors: tuple[str, type[ReferenceFilter]]) -> tuple[Any, ...]:
    """Return the filters of a list of claims: by whom they name, what they claim, and how surely."""
    how = (PeriodFilter, what, "basis", "confidence", "standing", ("citations__source", ReferenceFilter), ArchiveFilter)
    return (StatusFilter, AttentionFilter, ("issue", IssueFilter), *actors, *how, *ORIGIN)


class ClaimAdmin(CodingAdmin):
    """A claim about the world, with the sources that back it."""

    actions = [confirm_selected, *RecordAdmin.actions]

    carried = ("since", "basis", "likelihood", "confidence")
    ordering = (LATEST_FIRST, "-id")
    sortable_by = ("period",)  # what an index sorts
    search_help_text = "Searches summaries, and actors and issues by any name."

    def may_confirm(self, request: HttpRequest, record: Record) -> bool:
        """Say whether to offer that a claim still holds: to who may change it, if readers see it as it is."""
        return public_status.is_in_step(record) and self.has_change_permission(request, record)

    @admin.display(description="Period", ordering=LATEST_FIRST)
    def period(self, claim: Any) -> str:
        return f"{claim.since or '…'} to {claim.until or '…'}" if claim.since or claim.until else "—"

    def complete(self, record: Record) -> list[str]:
        """Say when a claim was last checked, if nobody did: on the first day of the newest source that it cites.

        If none of them has a day it is today: who saves it here has read them now, which no file has.
        """
        claim: Any = record
        if claim.confirmed_on is not None:
            return []
        cited = claim.citations.values_list("source__issued_earliest", "source__accessed_on")
        known = [known_on(issued_earliest=issued, accessed_on=read) for issued, read in cited]
        today = timezone.localdate()
        claim.confirmed_on = default_confirmed_on(sources=known, today=today) or today
        return ["confirmed_on"]
