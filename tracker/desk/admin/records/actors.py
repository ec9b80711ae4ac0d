"""Actors in the admin: found by every name they have;
with what they are members of, and frames of votes.
"""

from typing import Any, ClassVar

from django.contrib import admin

from tracker.desk.admin.forms.forms import DeskForm, RecordForm
from tracker.desk.admin.forms.parts import TablePart
from tracker.desk.admin.lists.filters import ReferenceFilter
from tracker.desk.admin.records.base import RecordAdmin
from tracker.desk.admin.records.uses import Use
from tracker.desk.records.actor_names import Doubt, doubts_about
from tracker.models import Actor, Frame, Membership, Predecessor
from tracker.values.nouns import Noun


class ActorForm(RecordForm):
    """An actor. One that is new is asked about if its name or code is doubtful."""

    def doubts(self) -> list[Doubt]:
        actor: Any = self.instance
        return doubts_about(actor) if actor._state.adding else []


class OtherForm(DeskForm):
    """A part of an actor that names another one."""

    other: ClassVar[str]
    refusal: ClassVar[str]

    def clean(self) -> dict[str, Any]:
        """Refuse what the rule over both would refuse,
        which isn't checked before the part's own actor is known.
        """
        cleaned = super().clean()
        part: Any = self.instance
        if (other := cleaned.get(self.other)) and other.pk == part.actor_id:
            self.add_error(self.other, self.refusal)
        return cleaned


class MembershipForm(OtherForm):
    """A membership of another actor."""

    other, refusal = "organization", "An actor is no member of itself."


class PredecessorForm(OtherForm):
    """Another actor that comes before."""

    other, refusal = "predecessor", "An actor doesn’t follow itself."


class MembershipPart(TablePart):
    """What an actor is a member of, or, for a person, its office in a state."""

    model = Membership
    form = MembershipForm
    fk_name = "actor"
    fields = ("organization", "role", "since", "until", "source")


class PredecessorPart(TablePart):
    """Whom an actor follows."""

    model = Predecessor
    form = PredecessorForm
    fk_name = "actor"
    fields = ("predecessor", "since")


class FramePart(TablePart):
    """Of a body that decides by votes: for which periods and kinds all recorded votes are here."""

    model = Frame
    fields = ("kinds", "since", "until", "note", "source")


@admin.register(Actor)
class ActorAdmin(RecordAdmin):
    """States, organizations, blocs, persons and armed groups."""

    form = ActorForm
    example = {
        "slug": "ruritania",
        "kind": "state",
        "name": "Ruritania",
        "short_name": "Ruritania",
        "names": "zh: 卢里塔尼亚; ru: Руритания",
        "aliases": "Kingdom of Ruritania; Strelsau",
        "since": "1866",
        "memberships": "united-nations-security-council (member)",
    }
    uses = (
        Use("Its members", Noun.ACTOR, ("memberships__organization",)),
        Use("Actors that follow it", Noun.ACTOR, ("predecessors__predecessor",)),
        Use("Actors whose membership it tells", Noun.SOURCE, ("memberships__source",)),
        Use("Bodies whose votes it lists", Noun.SOURCE, ("frames__source",)),
    )
    inlines = (MembershipPart, PredecessorPart, FramePart)
    prepopulated_fields = {"slug": ("name",)}
    list_display = ("name", "kind", "short_name", "iso3", "slug", "public_status")
    list_filter = (
        "kind",
        ("memberships__organization", ReferenceFilter),
        ("predecessors__predecessor", ReferenceFilter),
    )
    search_help_text = "Searches names, also other ones and in other languages, codes and keys."
    ordering = ("name", "id")
    changed_together = ("kind",)
    noun_fieldsets = (
        (None, {"fields": ("kind", "name", "slug", "iso3", ("since", "until"), "summary")}),
        (
            "Other names",
            {"classes": ("collapse",), "fields": ("short_name", "names", "aliases", "wikidata_id")},
        ),
    )
