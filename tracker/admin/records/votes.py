"""Votes in the admin: what a body decided, and who cast what."""

from typing import Any

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from tracker.admin.forms.ballots import PASTED, VoteForm, laid_out
from tracker.admin.forms.parts import CitationPart, TablePart
from tracker.admin.lists.filters import ORIGIN, ArchiveFilter, PeriodFilter, StatusFilter, ThemeFilter
from tracker.admin.lists.reference_filters import IssueFilter, ReferenceFilter
from tracker.admin.records.coding import CodingAdmin
from tracker.models import Ballot, Vote, VoteCitation


class BallotPart(TablePart):
    """What one member cast."""

    model = Ballot
    autocomplete_fields = ("actor",)
    named = ("actor",)
    carried = ("actor",)


class VoteCitationPart(CitationPart):
    model = VoteCitation


@admin.register(Vote)
class VoteAdmin(CodingAdmin):
    """Recorded votes of a body, each with its ballots."""

    form = VoteForm
    inlines = (BallotPart, VoteCitationPart)
    autocomplete_fields = ("body", "issue")
    list_display = ("symbol", "title", "held", "kind", "outcome", "public_status")
    list_display_links = ("symbol", "title")
    list_filter = (
        StatusFilter,
        ("body", ReferenceFilter),
        ("issue", IssueFilter),
        PeriodFilter,
        "kind",
        "outcome",
        ThemeFilter,
        "ballots_complete",
        ("ballots__actor", ReferenceFilter),
        ("citations__source", ReferenceFilter),
        ArchiveFilter,
        *ORIGIN,
    )
    search_help_text = "Searches symbols in both spellings, titles, summaries, and bodies and issues by any name."
    ordering = (F("held_latest").desc(nulls_last=True), "-id")
    changed_together = {
        "kind": (),
        "outcome": (),
        "issue": ("yes_means",),
        "themes": (),
        "body": (),
        "ballots_complete": (),
    }
    noun_fieldsets = (
        (
            None,
            {
                "fields": (
                    "body",
                    ("symbol", "held"),
                    "title",
                    ("kind", "outcome"),
                    ("tally_yes", "tally_no", "tally_abstain", "tally_absent"),
                    "ballots_complete",
                )
            },
        ),
        ("Who voted how, pasted", {"fields": (tuple(PASTED.values()),)}),
        ("What it is about", {"fields": (("issue", "yes_means"), "themes", "summary")}),
        ("Session, and what it amends", {"classes": ("collapse",), "fields": ("session", "amends")}),
    )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form, with who is pasted as rows of ballots."""
        if request.method == "POST":
            request.POST = laid_out(request.POST)  # type: ignore[assignment]
        return super().changeform_view(request, object_id, form_url, extra_context)
