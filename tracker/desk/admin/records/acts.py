"""Acts in the admin: what actors did or are to do together,
with who took part and on what it bears.
"""

from django.contrib import admin

from tracker.desk.admin.forms.parts import BegunTablePart, CitationPart
from tracker.desk.admin.records.base import OccurrenceAdmin
from tracker.desk.admin.records.uses import Use
from tracker.models import Act, ActIssue, ActParticipant
from tracker.values.nouns import Noun


class ActParticipantPart(BegunTablePart):
    """An actor, by whom it is represented, and as what."""

    model = ActParticipant
    carried = ("actor",)


class ActIssuePart(BegunTablePart):
    """An issue on which it bears, and what came of it."""

    model = ActIssue
    carried = ("issue",)


@admin.register(Act)
class ActAdmin(OccurrenceAdmin):
    """What actors did together that is no meeting and no vote."""

    example = {
        "title": "Joint statement on the river",
        "kind": "joint_statement",
        "status": "done",
        "since": "2019-06-05",
        "place": "Strelsau",
        "participants": "France (signatory); Togo (signatory)",
        "issues": "bilateral-cooperation",
        "instruments": "diplomatic",
        "citations": "usip-2019-06 p. 4",
    }
    uses = (
        Use("Acts about it", Noun.ISSUE, ("issues__issue",)),
        Use("Acts in which it takes part", Noun.ACTOR, ("participants__actor",)),
        Use("Acts to which it came for another", Noun.ACTOR, ("participants__represented_by",)),
        Use("Acts whose text it is", Noun.SOURCE, ("text",)),
        Use("Acts that cite it", Noun.SOURCE, ("citations__source",)),
    )
    inlines = (ActParticipantPart, ActIssuePart, CitationPart)
    noun_fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    ("kind", "status", "importance"),
                    ("since", "until"),
                    ("place", "country"),
                    "text",
                    "summary",
                )
            },
        ),
        ("Series and means", {"classes": ("collapse",), "fields": ("series", "instruments")}),
    )
