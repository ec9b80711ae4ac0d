"""Stances: claims that an actor holds a position on an issue over a period."""

from typing import Any

from django.db import models

from tracker.models.citations import ClaimCitation, claim_citation_terms
from tracker.models.claim import (
    Claim,
    ClaimDocument,
    confirmed_index,
    forecasts_index,
    indexes_of_claims,
    subject_index,
)
from tracker.models.constraints import known_lists, known_terms, plain_lists
from tracker.models.documents import (
    document_indexes,
    document_rules,
    public_columns,
)
from tracker.models.fields import FlagField, ReferenceField, TermField, TermsField
from tracker.models.resolutions import Resolution, resolution_rules
from tracker.models.rules import DEFERS_TO_ANOTHER
from tracker.models.triggers import Trigger
from tracker.values.nouns import Noun
from tracker.values.vocabularies import SCORES, Instrument, Position


class Stance(Claim):
    """One claim: this actor holds this position on this issue over this period."""

    issue = ReferenceField(
        "tracker.Issue", "On the question of which issue.", related_name="stances"
    )
    position = TermField(Position)
    hedged = FlagField(
        default=False, help_text="Held with visible reserve: the actor covers itself quietly."
    )
    defers_to = ReferenceField(
        "tracker.Actor", "The actor to whose lead this position gives way.", null=True
    )
    instruments = TermsField(Instrument)

    class Meta:
        indexes = indexes_of_claims(Noun.STANCE, "position")
        constraints = [
            *Claim.Meta.constraints,
            *known_terms("stance", position=Position),
            *known_lists("stance", instruments=Instrument),
            *plain_lists("stance", "instruments"),
            models.CheckConstraint(
                name="stance_defers_to_another",
                condition=models.Q(defers_to__isnull=True) | ~models.Q(defers_to=models.F("actor")),
                violation_error_code="defers_to",
                violation_error_message=f"{DEFERS_TO_ANOTHER}.",
            ),
        ]

    triggers = (
        Trigger("issue_has_a_question", "BEFORE INSERT OR UPDATE OF issue_id", "ask_for_question"),
    )

    @property
    def must_cite(self) -> bool:
        """Tell whether it is published only with a source:
        none is needed for none that was found.
        """
        return not self.found_nothing

    @property
    def found_nothing(self) -> bool:
        """Tell whether it says that nothing was found:
        that is of the day on which one looked, and no position.
        """
        return self.position == Position.NO_EVIDENCE

    def document_columns(self) -> dict[str, Any]:
        return {"score": SCORES.get(self.position), **super().document_columns()}


class StanceCitation(ClaimCitation):
    stance = models.ForeignKey(Stance, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = claim_citation_terms("stance_citation")


class StanceResolution(Resolution):
    stance = models.ForeignKey(Stance, on_delete=models.CASCADE, related_name="resolutions")

    class Meta:
        verbose_name = "resolution"
        constraints = resolution_rules("stance")


@public_columns(Stance)
class StanceDocument(ClaimDocument):
    """A stance as readers see or saw it;
    at most one accepted one per actor and issue on any day of any edition.
    """

    score = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            *document_rules("stance_document"),
        ]
        indexes = [
            forecasts_index(Noun.STANCE),
            confirmed_index(Noun.STANCE),
            *document_indexes(
                "stance",
                "issue",
                "actor",
                also=["standing"],
                descending=True,
                of_actors=["possible"],
            ),
            subject_index(Noun.STANCE, "issue", "actor"),
        ]
