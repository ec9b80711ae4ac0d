"""What stances and alignments share:
who claims something, of when, how surely, and whether the team holds it.

Rivals stand side by side: any number of contested claims beside at most one accepted one a day.
That last rule holds in the publication, not here: the desk may be half-way through a correction.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from tracker.models.constraints import (
    begins_before_it_ends,
    contested_says_why,
    days_of_the_calendar,
    forecasts_have_a_likelihood,
    has_come,
    known_terms,
)
from tracker.models.documents import Document
from tracker.models.fields import (
    DayField,
    LineField,
    ProseField,
    ReferenceField,
    TermField,
    VagueDateField,
)
from tracker.models.indexes import claim_indexes, search_index
from tracker.models.records import Period, Record, ends_of, record_constraints, record_indexes
from tracker.values.nouns import Noun
from tracker.values.periods import asserted, certain, possible
from tracker.values.vocabularies import Basis, Confidence, Likelihood, Standing


class Claim(Period, Record):
    """What is said of an actor over a period, with the sources that back it."""

    actor = ReferenceField("tracker.Actor", "Who.", related_name="%(class)ss")
    since = VagueDateField("From when; empty: unknown.")
    until = VagueDateField("Until when, inclusive; empty: not ended, as far as known.")
    basis = TermField(Basis)
    likelihood = TermField(Likelihood, blank=True, default="")
    confidence = TermField(Confidence)
    standing = TermField(Standing, default=Standing.ACCEPTED, verbose_name="accepted or contested")
    standing_note = LineField("Why it is contested.", max_length=1000, verbose_name="why contested")
    summary = ProseField("The claim in a sentence or two of your own.")
    confirmed_on = DayField(
        "The day somebody last checked that it still held; by default the first day that the "
        "newest cited source's date can mean.",
    )

    class Meta:
        abstract = True
        constraints = [
            *record_constraints("%(class)s"),
            *known_terms(
                "%(class)s",
                optional=("likelihood",),
                basis=Basis,
                likelihood=Likelihood,
                confidence=Confidence,
                standing=Standing,
            ),
            days_of_the_calendar("%(class)s", "confirmed_on"),
            begins_before_it_ends("%(class)s"),
            forecasts_have_a_likelihood("%(class)s"),
            contested_says_why("%(class)s"),
            has_come("%(class)s", "confirmed_on"),
        ]

    @property
    def must_cite(self) -> bool:
        """Tell that it is published only with a source."""
        return True

    @property
    def is_forecast(self) -> bool:
        """Tell whether it says what is expected, which is no rival of what is the case."""
        return bool(self.basis == Basis.FORECAST)

    def document_columns(self) -> dict[str, Any]:
        """Return the days of the claim, also those on which it admits no rival."""
        ends = ends_of(self)
        days = {
            "possible": possible(ends),
            "certain": certain(ends, self.confirmed_on),
            "asserted": asserted(ends),
        }
        return {name: str(period) for name, period in days.items()}

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


def indexes_of_claims(noun: Noun, field: str) -> list[models.Index]:
    """Return the indexes of a noun's claims,
    whose lists are narrowed by one field more than others.
    """
    return [
        *record_indexes(noun),
        *claim_indexes(noun, field),
        search_index(noun, "summary", "standing_note", "ref"),
    ]


class ClaimDocument(Document):
    """A claim as readers see or saw it, with its days, also those on which it admits no rival."""

    sort = models.DateField()
    possible = DateRangeField()
    certain = DateRangeField()
    asserted = DateRangeField()
    backing = ArrayField(
        models.IntegerField(), help_text="The ids of sources that support it, ascending."
    )
    cited = ArrayField(
        models.IntegerField(), help_text="The ids of all sources that it names, ascending."
    )

    class Meta:
        abstract = True


def forecasts_index(noun: Noun) -> models.Index:
    """Return the index by which documents of forecasts are found,
    of which there are few among claims.
    """
    return models.Index(
        fields=["record"],
        condition=models.Q(basis=Basis.FORECAST),
        name=f"{noun}_document_forecasts",
    )


def confirmed_index(noun: Noun) -> models.Index:
    """Return the index by which the last day is found on which
    claims of an edition were confirmed.
    """
    return models.Index(
        fields=["confirmed_on", "opened", "gone"],
        condition=models.Q(confirmed_on__isnull=False),
        name=f"{noun}_document_confirmed",
    )


def subject_index(noun: Noun, *subject: str | models.Func) -> models.Index:
    """Return the index by which claims about a subject are found:
    rivals, and whether there are any in an edition.

    Editions are only held in it. As columns that are searched, they make PostgreSQL take it for
    dearer than an index without the issue, which gives all claims of an actor to be looked through.
    """
    expressions = (models.F(each) if isinstance(each, str) else each for each in subject)
    return models.Index(*expressions, include=["opened", "gone"], name=f"{noun}_document_subject")
