"""Actors in the admin: found by every name they have; with what they are members of, and frames of votes."""

from typing import Any

from django.contrib import admin

from tracker.admin.forms.duplicates import UniqueForm
from tracker.admin.forms.forms import DeskForm
from tracker.admin.forms.parts import TablePart
from tracker.admin.lists.filters import ORIGIN, StatusFilter
from tracker.admin.lists.reference_filters import ReferenceFilter
from tracker.admin.records.base import RecordAdmin
from tracker.models import Actor, Frame, Membership


class MembershipForm(DeskForm):
    """A membership of another actor."""

    def clean(self) -> dict[str, Any]:
        """Refuse what the rule over both would refuse, which isn't checked before the member is known."""
        cleaned = super().clean()
        membership: Any = self.instance
        if (organization := cleaned.get("organization")) and organization.pk == membership.actor_id:
            self.add_error("organization", "An actor is no member of itself.")
        return cleaned


class MembershipPart(TablePart):
    """What an actor is a member of, or, for a person, its office in a state."""

    model = Membership
    form = MembershipForm
    fk_name = "actor"
    autocomplete_fields = ("organization", "source")
    named = ("organization", "source")
    fields = ("organization", "role", "since", "until", "source")


class FramePart(TablePart):
    """Of a body that decides by votes: for which periods and kinds all recorded votes are here."""

    model = Frame
    autocomplete_fields = ("source",)
    named = ("source",)
    fields = ("kinds", "since", "until", "note", "source")


@admin.register(Actor)
class ActorAdmin(RecordAdmin):
    """States, organizations, blocs, persons and armed groups."""

    form = UniqueForm
    inlines = (MembershipPart, FramePart)
    prepopulated_fields = {"slug": ("name",)}
    list_display = ("name", "kind", "short_name", "iso3", "slug", "public_status")
    list_filter = (StatusFilter, "kind", ("memberships__organization", ReferenceFilter), *ORIGIN)
    search_help_text = "Searches names, also other ones and in other languages, codes and keys."
    ordering = ("name", "id")
    changed_together = {
        "kind": (),
    }
    noun_fieldsets = (
        (None, {"fields": ("kind", "name", "slug", "iso3", ("since", "until"))}),
        (
            "Other names and summary",
            {"classes": ("collapse",), "fields": ("short_name", "names", "aliases", "summary", "wikidata_id")},
        ),
    )
