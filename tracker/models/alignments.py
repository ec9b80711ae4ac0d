"""Alignments: claims of how two actors relate on an issue over a period, as judged by an analyst.

Stored as entered. Most patterns read the same either way round;
`defers` and `hedges` run from actor to counterpart.
"""

from django.db import models
from django.db.models.functions import Greatest, Least

from tracker.models.citations import ClaimCitation, claim_citation_terms
from tracker.models.claim import (
    Claim,
    ClaimDocument,
    confirmed_index,
    forecasts_index,
    indexes_of_claims,
    subject_index,
)
from tracker.models.constraints import known_terms
from tracker.models.documents import (
    document_indexes,
    document_rules,
    public_columns,
)
from tracker.models.fields import ReferenceField, TermField
from tracker.models.resolutions import Resolution, resolution_rules
from tracker.models.rules import OF_TWO_ACTORS
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Pattern


class Alignment(Claim):
    """One claim: how two actors relate on an issue over a period."""

    issue = ReferenceField("tracker.Issue", "On which issue.", related_name="alignments")
    counterpart = ReferenceField("tracker.Actor", "With, to or against whom.")
    pattern = TermField(Pattern)

    class Meta:
        indexes = indexes_of_claims(Noun.ALIGNMENT, "pattern")
        constraints = [
            *Claim.Meta.constraints,
            *known_terms("alignment", pattern=Pattern),
            models.CheckConstraint(
                name="alignment_is_of_two_actors",
                condition=~models.Q(actor=models.F("counterpart")),
                violation_error_code="counterpart",
                violation_error_message=f"{OF_TWO_ACTORS}.",
            ),
        ]


class AlignmentCitation(ClaimCitation):
    alignment = models.ForeignKey(Alignment, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        verbose_name = "citation"
        constraints = claim_citation_terms("alignment_citation")


class AlignmentResolution(Resolution):
    alignment = models.ForeignKey(Alignment, on_delete=models.CASCADE, related_name="resolutions")

    class Meta:
        verbose_name = "resolution"
        constraints = resolution_rules("alignment")


@public_columns(Alignment)
class AlignmentDocument(ClaimDocument):
    """An alignment as readers see or saw it;
    at most one accepted one per issue and pair on any day of any edition.
    """

    class Meta:
        constraints = [
            *document_rules("alignment_document"),
        ]
        indexes = [
            forecasts_index(Noun.ALIGNMENT),
            confirmed_index(Noun.ALIGNMENT),
            *document_indexes(
                "alignment", "issue", "actor", "counterpart", also=["standing"], descending=True
            ),
            subject_index(
                Noun.ALIGNMENT,
                "issue",
                Least("actor", "counterpart"),
                Greatest("actor", "counterpart"),
            ),
        ]
