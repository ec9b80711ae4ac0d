"""Stances: claims that an actor holds a position on an issue over a period.

Rivals stand side by side: any number of contested claims beside at most one accepted one a day. That last rule holds
in the publication, not here: the desk may be half-way through a correction.
"""

from django.db import models

from tracker.models.constraints import (
    begins_before_it_ends,
    contested_says_why,
    days_of_the_calendar,
    forecasts_have_a_likelihood,
    has_come,
    known_lists,
    known_terms,
    plain_lists,
)
from tracker.models.fields import DAYS_OF_A_PERIOD, first_day, last_day, prose, term, terms, text, vague_date
from tracker.models.indexes import claim_indexes
from tracker.models.merging import names_what_stands
from tracker.models.records import Record, record_constraints, record_indexes
from tracker.models.searching import search_index
from tracker.models.tracking import never_public, tracked
from tracker.models.triggers import Trigger
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Basis, Confidence, Instrument, Likelihood, Position, Standing


class Stance(Record):
    """One claim: this actor holds this position on this issue over this period."""

    actor = models.ForeignKey("tracker.Actor", on_delete=models.PROTECT, related_name="stances", help_text="Who.")
    issue = models.ForeignKey(
        "tracker.Issue", on_delete=models.PROTECT, related_name="stances", help_text="On the question of which issue."
    )
    position = term(Position)
    since = vague_date("From when; empty: unknown.")
    until = vague_date("Until when, inclusive; empty: still so, as far as known.")
    basis = term(Basis)
    likelihood = term(Likelihood, blank=True, default="")
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
    confidence = term(Confidence)
    standing = term(Standing, default=Standing.ACCEPTED, verbose_name="accepted or contested")
    standing_note = text("Why it is contested.", max_length=1000, verbose_name="why contested")
    summary = prose("The claim in a sentence or two of your own.")
    confirmed_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day somebody last checked that it still held; by default the first day that the newest "
        "cited source's date can mean.",
    )
    since_earliest = first_day("since")
    since_latest = last_day("since")
    until_earliest = first_day("until")
    until_latest = last_day("until")

    class Meta:
        indexes = [*record_indexes("stance"), *claim_indexes("stance", "position"), search_index(Noun.STANCE)]
        constraints = [
            *record_constraints("stance"),
            *known_terms(
                "stance",
                optional=("likelihood",),
                position=Position,
                basis=Basis,
                likelihood=Likelihood,
                confidence=Confidence,
                standing=Standing,
            ),
            *known_lists("stance", instruments=Instrument),
            *plain_lists("stance", "instruments"),
            days_of_the_calendar("stance", "confirmed_on"),
            begins_before_it_ends("stance"),
            forecasts_have_a_likelihood("stance"),
            contested_says_why("stance"),
            has_come("stance", "confirmed_on"),
            models.CheckConstraint(
                name="stance_defers_to_another",
                condition=models.Q(defers_to__isnull=True) | ~models.Q(defers_to=models.F("actor")),
                violation_error_code="defers_to",
                violation_error_message="choose another actor than the one whose stance it is.",
            ),
        ]

    triggers = (
        *tracked(Noun.STANCE, generated=DAYS_OF_A_PERIOD),
        never_public(Noun.STANCE),
        names_what_stands("stance"),
        Trigger("issue_has_a_question", "BEFORE INSERT OR UPDATE OF issue_id", "ask_for_question"),
    )

    @property
    def must_cite(self) -> bool:
        """Tell whether it is published only with a source: none is needed for none that was found."""
        return self.position != Position.NO_EVIDENCE

    def __str__(self) -> str:
        return f"stance {self.pk}"
