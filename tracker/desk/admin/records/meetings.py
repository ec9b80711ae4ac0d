"""Meetings in the admin: encounters, planned or held, with who took part and what was discussed."""

from django.contrib import admin

from tracker.desk.admin.forms.parts import BegunTablePart, CitationPart
from tracker.desk.admin.records.base import OccurrenceAdmin
from tracker.desk.admin.records.uses import Use
from tracker.models import Discussion, Meeting, Participant
from tracker.values.nouns import Noun


class ParticipantPart(BegunTablePart):
    """An actor, by whom it is represented, and as what."""

    model = Participant
    carried = ("actor",)


class DiscussionPart(BegunTablePart):
    """An issue that was or is to be discussed, and what came of it."""

    model = Discussion
    verbose_name = "issue discussed"
    verbose_name_plural = "issues discussed"
    carried = ("issue",)


@admin.register(Meeting)
class MeetingAdmin(OccurrenceAdmin):
    """Encounters of actors, planned or held."""

    example = {
        "title": "Summit in Strelsau",
        "kind": "summit",
        "status": "held",
        "since": "2019-06-05",
        "place": "Strelsau",
        "country": "FRA",
        "participants": "France (host); Togo",
        "issues": "bilateral-cooperation",
        "citations": "usip-2019-06 p. 4",
    }
    uses = (
        Use("Meetings about it", Noun.ISSUE, ("issues__issue",)),
        Use("Meetings in which it takes part", Noun.ACTOR, ("participants__actor",)),
        Use("Meetings to which it came for another", Noun.ACTOR, ("participants__represented_by",)),
        Use("Meetings that cite it", Noun.SOURCE, ("citations__source",)),
    )
    inlines = (ParticipantPart, DiscussionPart, CitationPart)
    noun_fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    ("kind", "status", "importance"),
                    ("since", "until"),
                    ("place", "country", "held_as"),
                    "summary",
                )
            },
        ),
        ("Series", {"classes": ("collapse",), "fields": ("series",)}),
    )
