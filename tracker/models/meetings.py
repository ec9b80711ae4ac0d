"""Meetings: encounters of actors, planned or held; who took part and what was discussed."""

from django.db import models

from tracker.models.citations import Citation, citation_terms
from tracker.models.constraints import known_terms, within
from tracker.models.documents import document_indexes, document_rules, public_columns
from tracker.models.fields import TermField, WholeNumberField
from tracker.models.occurrence import (
    Bearing,
    Occurrence,
    OccurrenceDocument,
    Participation,
    has_begun,
    indexes_of_occurrences,
    terms_of_participants,
)
from tracker.schema import meetings as public
from tracker.values.vocabularies import MeetingForm, MeetingKind, MeetingStatus


class Meeting(Occurrence):
    """One encounter, planned or held."""

    kind = TermField(MeetingKind)
    status = TermField(MeetingStatus)
    importance = WholeNumberField(public.Meeting, "importance")
    held_as = TermField(MeetingForm, blank=True, default="")

    happened = (MeetingStatus.HELD,)

    class Meta:
        indexes = indexes_of_occurrences("meeting")
        constraints = [
            *Occurrence.Meta.constraints,
            *known_terms(
                "meeting",
                kind=MeetingKind,
                status=MeetingStatus,
                held_as=MeetingForm,
                optional=("held_as",),
            ),
            within("meeting", public.Meeting, "importance"),
            has_begun("meeting_that_was_held_has_begun", "wasn’t held", MeetingStatus.HELD),
        ]


class Participant(Participation):
    """A part of a meeting: an actor, by whom it is represented, and as what."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")

    class Meta:
        constraints = terms_of_participants("participant", "participant_once_a_meeting", "meeting")


class Discussion(Bearing):
    """A part of a meeting: an issue that was or is to be discussed, and what came of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="issues")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "issue"], name="discussion_once_a_meeting")
        ]


class MeetingCitation(Citation):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = citation_terms("meeting_citation")


@public_columns(Meeting)
class MeetingDocument(OccurrenceDocument):
    """A meeting as readers see or saw it."""

    class Meta:
        constraints = document_rules("meeting_document")
        indexes = document_indexes("meeting", descending=True)
