"""Alignments: claims of how two actors relate on an issue over a period, as judged by an analyst.

Stored as entered. Most patterns read the same either way round; `defers` and `hedges` run from actor to counterpart.
"""

from django.db import models

from tracker.models.constraints import (
    begins_before_it_ends,
    contested_says_why,
    days_of_the_calendar,
    forecasts_have_a_likelihood,
    has_come,
    known_terms,
)
from tracker.models.fields import DAYS_OF_A_PERIOD, first_day, last_day, prose, term, text, vague_date
from tracker.models.indexes import claim_indexes
from tracker.models.merging import names_what_stands
from tracker.models.records import Record, record_constraints, record_indexes
from tracker.models.searching import search_index
from tracker.models.tracking import never_public, tracked
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Basis, Confidence, Likelihood, Pattern, Standing


class Alignment(Record):
    """One claim: how two actors relate on an issue over a period."""

    issue = models.ForeignKey(
        "tracker.Issue", on_delete=models.PROTECT, related_name="alignments", help_text="On which issue."
    )
    actor = models.ForeignKey("tracker.Actor", on_delete=models.PROTECT, related_name="alignments", help_text="Who.")
    counterpart = models.ForeignKey(
        "tracker.Actor", on_delete=models.PROTECT, related_name="+", help_text="With, to or against whom."
    )
    pattern = term(Pattern)
    since = vague_date("From when; empty: unknown.")
    until = vague_date("Until when, inclusive; empty: still so, as far as known.")
    basis = term(Basis)
    likelihood = term(Likelihood, blank=True, default="")
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
        indexes = [*record_indexes("alignment"), *claim_indexes("alignment", "pattern"), search_index(Noun.ALIGNMENT)]
        constraints = [
            *record_constraints("alignment"),
            *known_terms(
                "alignment",
                optional=("likelihood",),
                pattern=Pattern,
                basis=Basis,
                likelihood=Likelihood,
                confidence=Confidence,
                standing=Standing,
            ),
            days_of_the_calendar("alignment", "confirmed_on"),
            begins_before_it_ends("alignment"),
            forecasts_have_a_likelihood("alignment"),
            contested_says_why("alignment"),
            has_come("alignment", "confirmed_on"),
            models.CheckConstraint(
                name="alignment_is_of_two_actors",
                condition=~models.Q(actor=models.F("counterpart")),
                violation_error_code="counterpart",
                violation_error_message="choose another actor than the first.",
            ),
        ]

    triggers = (
        *tracked(Noun.ALIGNMENT, generated=DAYS_OF_A_PERIOD),
        never_public(Noun.ALIGNMENT),
        names_what_stands("alignment"),
    )

    @property
    def must_cite(self) -> bool:
        """Tell that it is published only with a source."""
        return True

    def __str__(self) -> str:
        return f"alignment {self.pk}"
