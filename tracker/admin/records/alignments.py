"""Alignments in the admin: how two actors relate on an issue over a period, beside how alike they vote."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tracker.admin.forms.parts import CitationPart
from tracker.admin.lists.reference_filters import EitherWayFilter, ReferenceFilter
from tracker.admin.records.claims import CHANGED_TOGETHER, WEIGHED, ClaimAdmin, filters_of_claims
from tracker.cards.pictures.agreement import Year, agreement
from tracker.cards.pictures.plate import Picture, Plate
from tracker.formats.releases.citation import TITLE, spdx
from tracker.models import Alignment, AlignmentCitation
from tracker.publication.read import agreement as read
from tracker.publication.read.editions import NOW, answering


class AlignmentCitationPart(CitationPart):
    model = AlignmentCitation


@admin.register(Alignment)
class AlignmentAdmin(ClaimAdmin):
    """Who goes which way with whom, on what, from when until when."""

    inlines = (AlignmentCitationPart,)
    autocomplete_fields = ("issue", "actor", "counterpart")
    list_display = ("pair", "issue", "chip", "period", "public_status")
    list_display_links = ("pair", "issue")
    list_filter = filters_of_claims("pattern", ("actor", EitherWayFilter), ("counterpart", ReferenceFilter))
    changed_together = {
        "pattern": (),
        **CHANGED_TOGETHER,
        "issue": (),
    }
    asked = (
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
                )
            },
        ),
        WEIGHED,
    )

    @admin.display(description="Actor, counterpart", ordering="actor__name")
    def pair(self, alignment: Alignment) -> str:
        return f"{alignment.actor.name}, {alignment.counterpart.name}"

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show beside an alignment what readers see of how alike the two vote."""
        if alignment := kwargs.get("obj"):
            context["agreement"] = _agreement(alignment)
        return super().render_change_form(request, context, *args, **kwargs)


def _agreement(alignment: Alignment) -> Picture | None:
    """Return how alike the two vote by the latest edition; None if that has no votes of which all are here."""
    latest, now = answering(NOW), timezone.localdate()
    votes = read.framed_votes(latest.latest)
    two = list(read.actors([alignment.actor_id, alignment.counterpart_id], edition=latest.latest).values())
    if not votes.framed or len(two) < 2:
        return None
    where, names = f"/pairs/{two[0].slug}/{two[1].slug}/", " and ".join(actor.name for actor in two)
    published = latest.published_at.date() if latest.published_at else now
    licence = spdx(settings.DATA_LICENSE) or settings.DATA_LICENSE
    plate = Plate(f"How alike {names} vote", "", now, TITLE, latest.latest, published, 0, licence, where)
    counted = read.by_year(votes, [actor.record for actor in two])
    return agreement(plate, [Year.of(year.bucket, year.sums, ends, f"{where}{year.bucket}/") for year, ends in counted])
