"""Alignments: claims of how two actors relate on an issue over a period, as judged by an analyst.

Stored as entered. Most patterns read the same either way round; `defers` and `hedges` run from actor to counterpart.
"""

from django.db import models

from tracker.models.claim import Claim, indexes_of_claims, triggers_of_claims
from tracker.models.constraints import known_terms
from tracker.models.fields import term
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Pattern


class Alignment(Claim):
    """One claim: how two actors relate on an issue over a period."""

    issue = models.ForeignKey(
        "tracker.Issue", on_delete=models.PROTECT, related_name="alignments", help_text="On which issue."
    )
    counterpart = models.ForeignKey(
        "tracker.Actor", on_delete=models.PROTECT, related_name="+", help_text="With, to or against whom."
    )
    pattern = term(Pattern)

    class Meta:
        indexes = indexes_of_claims(Noun.ALIGNMENT, "pattern")
        constraints = [
            *Claim.Meta.constraints,
            *known_terms("alignment", pattern=Pattern),
            models.CheckConstraint(
                name="alignment_is_of_two_actors",
                condition=~models.Q(actor=models.F("counterpart")),
                violation_error_code="counterpart",
                violation_error_message="choose another actor than the first.",
            ),
        ]

    triggers = triggers_of_claims(Noun.ALIGNMENT)
