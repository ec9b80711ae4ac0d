"""Acts: what actors did or are to do together that is no meeting and no vote:
an exercise, a statement, a deal.
"""

from django.db import models

from tracker.models.citations import Citation, citation_terms
from tracker.models.constraints import known_lists, known_terms, plain_lists, within
from tracker.models.documents import document_indexes, document_rules, public_columns
from tracker.models.fields import ReferenceField, TermField, TermsField, WholeNumberField
from tracker.models.occurrence import (
    Bearing,
    Occurrence,
    OccurrenceDocument,
    Participation,
    has_begun,
    indexes_of_occurrences,
    terms_of_participants,
)
from tracker.schema import acts as public
from tracker.values.vocabularies import ActKind, ActStatus, Instrument

DONE = (ActStatus.DONE, ActStatus.IN_FORCE, ActStatus.ENDED)


class Act(Occurrence):
    """One act of two actors or more, planned or done."""

    kind = TermField(ActKind)
    status = TermField(ActStatus)
    importance = WholeNumberField(public.Act, "importance")
    text = ReferenceField("tracker.Source", "The text that was issued, if one was.", null=True)
    instruments = TermsField(Instrument)

    happened = DONE
    least_participants = 2
    plans_ahead = True

    class Meta:
        indexes = indexes_of_occurrences("act")
        constraints = [
            *Occurrence.Meta.constraints,
            *known_terms("act", kind=ActKind, status=ActStatus),
            *known_lists("act", instruments=Instrument),
            *plain_lists("act", "instruments"),
            within("act", public.Act, "importance"),
            has_begun("act_that_was_done_has_begun", "wasn’t done", *DONE),
        ]


class ActParticipant(Participation):
    """A part of an act: an actor, by whom it is represented, and as what."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="participants")

    class Meta:
        verbose_name = "participant"
        constraints = terms_of_participants("act_participant", "act_participant_once_an_act", "act")


class ActIssue(Bearing):
    """A part of an act: an issue on which it bears, and what came of it."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="issues")

    class Meta:
        verbose_name = "issue"
        constraints = [
            models.UniqueConstraint(fields=["act", "issue"], name="act_issue_once_an_act")
        ]


class ActCitation(Citation):
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = citation_terms("act_citation")


@public_columns(Act)
class ActDocument(OccurrenceDocument):
    """An act as readers see or saw it."""

    class Meta:
        constraints = document_rules("act_document")
        indexes = document_indexes("act", descending=True)
