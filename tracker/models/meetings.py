"""Meetings: encounters of actors, planned or held; who took part and what was discussed.

`since` and `until` are the first and the last day; an empty `until` means one day, unlike in a claim.
"""

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from tracker.models.citations import Citation, citation_terms
from tracker.models.constraints import begins_before_it_ends, known_terms, matches, says_something, within
from tracker.models.documents import Document, document_indexes, document_rules, public_columns
from tracker.models.fields import (
    CountryField,
    LineField,
    ProseField,
    ReferenceField,
    TermField,
    VagueDateField,
    WholeNumberField,
)
from tracker.models.functions import Today
from tracker.models.indexes import TO_COME, period_indexes, search_index
from tracker.models.merging import survivor
from tracker.models.records import Period, Record, ends_of, record_constraints, record_indexes
from tracker.schema import meetings as public
from tracker.values.periods import certain, meeting_days, possible
from tracker.values.vocabularies import MeetingForm, MeetingKind, MeetingStatus, ParticipantRole


class Meeting(Period, Record):
    """One encounter, planned or held."""

    title = LineField("What it is called.", max_length=300, required=True)
    kind = TermField(MeetingKind)
    status = TermField(MeetingStatus)
    importance = WholeNumberField(public.Meeting, "importance")
    since = VagueDateField("The first day; empty: unknown.")
    until = VagueDateField("The last day; empty: it lasts one day.")
    place = LineField("The city or venue.", max_length=200)
    country = CountryField("Where, as an ISO 3166-1 alpha-3 code, or that of ISO 3166-3 of a former state.")
    held_as = TermField(MeetingForm, blank=True, default="")
    series = LineField("The series it belongs to, e.g. “Belt and Road Forum”.", max_length=200)
    summary = ProseField("What happened or is to happen, in a few sentences.")
    merged_into = survivor()

    class Meta:
        indexes = [
            *record_indexes("meeting"),
            *period_indexes("meeting", lasts_a_day=True),
            search_index("meeting", "title", "place", "country", "series", "summary", "ref"),
            models.Index(fields=["since_earliest", "id"], condition=TO_COME, name="meeting_ahead"),
        ]
        constraints = [
            *record_constraints("meeting"),
            *known_terms("meeting", kind=MeetingKind, status=MeetingStatus, held_as=MeetingForm, optional=("held_as",)),
            matches("meeting", "country", *CountryField.form, or_empty=True),
            within("meeting", public.Meeting, "importance"),
            begins_before_it_ends("meeting"),
            models.CheckConstraint(
                name="meeting_that_was_held_has_begun",
                condition=~models.Q(status=MeetingStatus.HELD)
                | models.Q(since_earliest__isnull=True)
                | models.Q(since_earliest__lte=Today()),
                violation_error_code="since",
                violation_error_message="its first day is to come, so it wasn’t held yet; correct the day, or "
                "choose “planned” or “expected”.",
            ),
            says_something("meeting_has_a_title", "title", "write one, of letters that are seen."),
        ]

    @property
    def must_cite(self) -> bool:
        """Tell whether it is published only with a source: not before it was held."""
        return self.status == MeetingStatus.HELD

    def document_columns(self) -> dict[str, Any]:
        ends = meeting_days(ends_of(self))
        return {"possible": str(possible(ends)), "certain": str(certain(ends, None))}

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """A part of a meeting: an actor, by whom it is represented, and as what."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    actor = ReferenceField("tracker.Actor", "Who.")
    represented_by = ReferenceField("tracker.Actor", "The person who came for it.", null=True)
    role = TermField(ParticipantRole, default=ParticipantRole.PARTICIPANT)

    class Meta:
        constraints = [
            *known_terms("participant", role=ParticipantRole),
            models.UniqueConstraint(fields=["meeting", "actor"], name="participant_once_a_meeting"),
            models.CheckConstraint(
                name="participant_is_represented_by_another",
                condition=models.Q(represented_by__isnull=True) | ~models.Q(represented_by=models.F("actor")),
                violation_error_code="represented_by",
                violation_error_message="name a person other than the participant.",
            ),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"


class Discussion(models.Model):
    """A part of a meeting: an issue that was or is to be discussed, and what came of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="issues")
    issue = ReferenceField("tracker.Issue", "Which issue.")
    outcome = LineField("What came of it.", max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "issue"], name="discussion_once_a_meeting")]

    def __str__(self) -> str:
        return f"discussion {self.pk}"


class MeetingCitation(Citation):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = citation_terms("meeting_citation")


@public_columns(Meeting)
class MeetingDocument(Document):
    """A meeting as readers see or saw it."""

    sort = models.DateField()
    possible = DateRangeField()
    certain = DateRangeField()

    class Meta:
        constraints = [
            *document_rules("meeting_document"),
        ]
        indexes = document_indexes("meeting", descending=True)
