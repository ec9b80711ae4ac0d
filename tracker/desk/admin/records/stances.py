"""Stances in the admin: an actor's position on an issue over a period."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.desk.admin.forms.parts import ClaimCitationPart, ResolutionPart
from tracker.desk.admin.lists.filters import ReferenceFilter
from tracker.desk.admin.records.base import (
    CHANGED_TOGETHER,
    EXAMPLE,
    WEIGHED,
    ClaimAdmin,
    filters_of_claims,
)
from tracker.desk.admin.records.uses import Use
from tracker.models import Stance
from tracker.values.nouns import Noun


@admin.register(Stance)
class StanceAdmin(ClaimAdmin):
    """Who holds which position on what, from when until when."""

    example = {
        **EXAMPLE,
        "issue": "bilateral-cooperation",
        "position": "Strongly supports",
        "hedged": "false",
        "instruments": "diplomatic; economic",
    }
    uses = (
        Use("Stances on it", Noun.ISSUE, ("issue",)),
        Use("Its stances", Noun.ACTOR, ("actor",)),
        Use("Stances that defer to it", Noun.ACTOR, ("defers_to",)),
        Use("Stances that cite it", Noun.SOURCE, ("citations__source",)),
        Use("Stances whose outcome it tells", Noun.SOURCE, ("resolutions__source",)),
    )
    inlines = (ClaimCitationPart, ResolutionPart)
    term = "position"
    list_display = ("actor", "issue", "chip", "period", "public_status")
    list_display_links = ("actor", "issue")
    list_filter = filters_of_claims("position", ("actor", ReferenceFilter))
    changed_together = ("position", *CHANGED_TOGETHER, "instruments", "hedged", "actor", "issue")
    noun_fieldsets = (
        (
            None,
            {
                "fields": (
                    "issue",
                    "actor",
                    "position",
                    ("since", "until"),
                    ("basis", "likelihood"),
                    "confidence",
                    "summary",
                )
            },
        ),
        WEIGHED,
        (
            "How it is held",
            {"classes": ("collapse",), "fields": ("hedged", "defers_to", "instruments")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("defers_to")
