"""Stances: claims that an actor holds a position on an issue over a period."""

from django.db import models

from tracker.models.claim import Claim, indexes_of_claims, triggers_of_claims
from tracker.models.constraints import known_lists, known_terms, plain_lists
from tracker.models.fields import term, terms
from tracker.models.triggers import Trigger
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Instrument, Position


class Stance(Claim):
    """One claim: this actor holds this position on this issue over this period."""

    issue = models.ForeignKey(
        "tracker.Issue", on_delete=models.PROTECT, related_name="stances", help_text="On the question of which issue."
    )
    position = term(Position)
    hedged = models.BooleanField(default=False, help_text="Held with visible reserve: the actor covers itself quietly.")
    defers_to = models.ForeignKey(
        "tracker.Actor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The actor to whose lead this position gives way.",
    )
    instruments = terms(Instrument)

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
                violation_error_message="choose another actor than the one whose stance it is.",
            ),
        ]

    triggers = (
        *triggers_of_claims(Noun.STANCE),
        Trigger("issue_has_a_question", "BEFORE INSERT OR UPDATE OF issue_id", "ask_for_question"),
    )

    @property
    def must_cite(self) -> bool:
        """Tell whether it is published only with a source: none is needed for none that was found."""
        return self.position != Position.NO_EVIDENCE
