"""Alignments in the admin:
how two actors relate on an issue over a period, beside how alike they vote.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from tracker.desk.admin.forms.parts import ClaimCitationPart, ResolutionPart
from tracker.desk.admin.lists.filters import EitherWayFilter, ReferenceFilter
from tracker.desk.admin.records.base import (
    CHANGED_TOGETHER,
    EXAMPLE,
    WEIGHED,
    ClaimAdmin,
    filters_of_claims,
)
from tracker.desk.admin.records.uses import Use
from tracker.desk.admin.review.page import agreement_of
from tracker.models import Alignment
from tracker.values.nouns import Noun


@admin.register(Alignment)
class AlignmentAdmin(ClaimAdmin):
    """Who goes which way with whom, on what, from when until when."""

    example = {
        **EXAMPLE,
        "issue": "bilateral-cooperation",
        "counterpart": "Togo",
        "pattern": "coordinated",
    }
    uses = (
        Use("Alignments on it", Noun.ISSUE, ("issue",)),
        Use("Its alignments", Noun.ACTOR, ("actor", "counterpart")),
        Use("Alignments that cite it", Noun.SOURCE, ("citations__source",)),
        Use("Alignments whose outcome it tells", Noun.SOURCE, ("resolutions__source",)),
    )
    inlines = (ClaimCitationPart, ResolutionPart)
    term = "pattern"
    list_display = ("pair", "issue", "chip", "period", "public_status")
    list_display_links = ("pair", "issue")
    list_filter = filters_of_claims(
        "pattern", ("actor", EitherWayFilter), ("counterpart", ReferenceFilter)
    )
    changed_together = ("pattern", *CHANGED_TOGETHER, "issue")
    noun_fieldsets = (
        (
            None,
            {
                "fields": (
                    "issue",
                    "actor",
                    "pattern",
                    "counterpart",
                    ("since", "until"),
                    ("basis", "likelihood"),
                    "confidence",
                    "summary",
                )
            },
        ),
        WEIGHED,
    )

    @admin.display(description="Actor, counterpart", ordering="actor__name")
    def pair(self, alignment: Alignment) -> str:
        return f"{alignment.actor.name}, {alignment.counterpart.name}"

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show beside an alignment what readers see of how alike the two vote."""
        if alignment := kwargs.get("obj"):
            context["agreement"] = agreement_of(alignment)
        return super().render_change_form(request, context, *args, **kwargs)
