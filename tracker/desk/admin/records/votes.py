"""Votes in the admin: what a body decided, and who cast what."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join

from tracker.desk.admin.forms.ballots import ADD_MISSING, LINE, PASTED, VoteForm, laid_out, missing
from tracker.desk.admin.forms.parts import CitationPart, TablePart
from tracker.desk.admin.lists.filters import (
    ORIGIN,
    ArchiveFilter,
    IssueFilter,
    PeriodFilter,
    ReferenceFilter,
    StatusFilter,
    ThemeFilter,
)
from tracker.desk.admin.records.coding import CodingAdmin
from tracker.desk.admin.records.uses import Use
from tracker.desk.admin.site.labels import label, link
from tracker.desk.admin.site.messages import show_refusal
from tracker.desk.admin.site.pages import changing
from tracker.models import Ballot, Vote
from tracker.values.nouns import Noun

ADD_ACTOR = "tracker.add_actor"


class BallotPart(TablePart):
    """What one member cast."""

    model = Ballot
    carried = ("actor",)


@admin.register(Vote)
class VoteAdmin(CodingAdmin):
    """Recorded votes of a body, each with its ballots."""

    example = {
        "body": "united-nations-security-council",
        "symbol": "S/2019/1000",
        "title": "Ruritania: free elections",
        "held": "2019-06-05",
        "kind": "draft",
        "outcome": "vetoed",
        "issue": "bilateral-cooperation",
        "yes_means": "supports",
        "themes": "diplomacy",
        "tally_yes": "12",
        "tally_no": "1",
        "tally_abstain": "2",
        "ballots_complete": "true",
        "ballots": "no: Russia | abstain: China",
        "citations": "usip-2019-06 p. 4",
    }
    uses = (
        Use("Votes that bear on it", Noun.ISSUE, ("issue",)),
        Use("Its votes, as the body that decides", Noun.ACTOR, ("body",)),
        Use("Votes in which it cast a ballot", Noun.ACTOR, ("ballots__actor",)),
        Use("Votes that cite it", Noun.SOURCE, ("citations__source",)),
    )
    form = VoteForm
    carried = ("body", "held")
    inlines = (BallotPart, CitationPart)
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
        ("Who voted how, pasted", {"fields": (LINE, tuple(PASTED.values()))}),
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
        """Show or save the form, with who is pasted as rows of ballots; make actors of who is missing, if so asked."""
        if request.method == "POST":
            if ADD_MISSING in request.POST:
                self._add_missing(request)
            request.POST = laid_out(request.POST)  # type: ignore[assignment]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.has_perm(ADD_ACTOR):
            context["missing"] = context["adminform"].form.missing
        return super().render_change_form(request, context, *args, **kwargs)

    def _add_missing(self, request: HttpRequest) -> None:
        """Make actors of who is pasted and isn't here, as drafts, in one change of their own."""
        if not request.user.has_perm(ADD_ACTOR):
            raise PermissionDenied
        actors = missing(laid_out(request.POST))
        try:
            with changing(request):
                for actor in actors:
                    actor.save()
        except DatabaseError as error:
            show_refusal(request, error)
            return
        links = format_html_join(", ", "{}", ((link(Noun.ACTOR, actor.pk, label(actor)),) for actor in actors))
        messages.success(request, format_html("{} added, as drafts: {}.", Noun.ACTOR.counted(len(actors)), links))
