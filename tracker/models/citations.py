"""Citations: parts of a claim, meeting, act or vote, each one source that backs or contradicts it.

One table per noun, beside it, so that every citation has a real foreign key to what it backs.
"""

from django.db import models

from tracker.models.constraints import known_terms
from tracker.models.fields import (
    FlagField,
    LanguageField,
    LineField,
    ProseField,
    ReferenceField,
    TermField,
)
from tracker.values.csl import Locator
from tracker.values.vocabularies import Credibility, Relation


class Citation(models.Model):
    """One source backing (or contradicting) one claim, and where in it."""

    source = ReferenceField("tracker.Source", "The source.")
    relation = TermField(Relation, default=Relation.SUPPORTS)
    locator_label = TermField(Locator, blank=True, default="")
    locator = LineField("Where in the source: “Venezuela, paragraph 2”.", max_length=200)
    quote = ProseField("The words of the source, if they matter.")
    quote_language = LanguageField("The quote's language, as a BCP 47 tag.")
    credibility = TermField(Credibility, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.locator or f"citation {self.pk}"


class ClaimCitation(Citation):
    """One source of a claim."""

    ends = FlagField(default=False, help_text="The source tells that it was so no longer.")

    class Meta:
        abstract = True


def citation_terms(table: str) -> list[models.BaseConstraint]:
    """Return the constraints on what every citation has."""
    optional = ("locator_label", "credibility")
    return known_terms(
        table, optional=optional, relation=Relation, locator_label=Locator, credibility=Credibility
    )


def claim_citation_terms(table: str) -> list[models.BaseConstraint]:
    """Return the constraints on what every citation of a claim has."""
    return [
        *citation_terms(table),
        models.CheckConstraint(
            name=f"{table}_that_ends_supports",
            condition=models.Q(ends=False) | models.Q(relation=Relation.SUPPORTS),
            violation_error_code="ends",
            violation_error_message=(
                "a source that tells that it was so no longer supports it until then."
            ),
        ),
    ]
