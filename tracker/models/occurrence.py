"""What meetings and acts share:
what actors did or are to do on some days, where, and who took part.

`since` and `until` are the first and the last day;
an empty `until` means one day, unlike in a claim.
"""

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from tracker.models.constraints import begins_before_it_ends, known_terms, matches, says_something
from tracker.models.documents import Document
from tracker.models.fields import (
    CountryField,
    LineField,
    ProseField,
    ReferenceField,
    TermField,
    VagueDateField,
)
from tracker.models.functions import Today
from tracker.models.indexes import TO_COME, period_indexes, search_index
from tracker.models.merging import survivor
from tracker.models.records import Period, Record, ends_of, record_constraints, record_indexes
from tracker.values.periods import certain, meeting_days, possible
from tracker.values.vocabularies import ParticipantRole


class Occurrence(Period, Record):
    """What actors did or are to do together;
    the noun adds of which `kind` it is, and its `status`.
    """

    title = LineField("What it is called.", max_length=300, required=True)
    since = VagueDateField("The first day; empty: unknown.")
    until = VagueDateField("The last day; empty: it lasts one day.")
    place = LineField("The city or venue.", max_length=200)
    country = CountryField(
        "Where, as an ISO 3166-1 alpha-3 code, or that of ISO 3166-3 of a former state."
    )
    series = LineField("The series it belongs to, e.g. “Belt and Road Forum”.", max_length=200)
    summary = ProseField("What happened or is to happen, in a few sentences.")
    merged_into = survivor()

    lasts_a_day = True  # if no last day is given
    happened: ClassVar[tuple[str, ...]]  # the terms of `status` that say that it took place

    class Meta:
        abstract = True
        constraints = [
            *record_constraints("%(class)s"),
            matches("%(class)s", "country", *CountryField.form, or_empty=True),
            begins_before_it_ends("%(class)s"),
            says_something(
                "%(class)s_has_a_title", "title", "write one, of letters that are seen."
            ),
        ]

    @property
    def must_cite(self) -> bool:
        """Tell whether it is published only with a source: not before it took place."""
        return getattr(self, "status", "") in self.happened

    def document_columns(self) -> dict[str, Any]:
        ends = meeting_days(ends_of(self))
        return {"possible": str(possible(ends)), "certain": str(certain(ends, None))}

    def __str__(self) -> str:
        return self.title


class OccurrenceDocument(Document):
    """An occurrence as readers see or saw it, with its days."""

    sort = models.DateField()
    possible = DateRangeField()
    certain = DateRangeField()

    class Meta:
        abstract = True


class Participation(models.Model):
    """An actor that takes part, by whom it is represented, and as what."""

    actor = ReferenceField("tracker.Actor", "Who.")
    represented_by = ReferenceField("tracker.Actor", "The person who came for it.", null=True)
    role = TermField(ParticipantRole, default=ParticipantRole.PARTICIPANT)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"participant {self.pk}"


class Bearing(models.Model):
    """An issue on which it bears, and what came of it."""

    issue = ReferenceField("tracker.Issue", "Which issue.")
    outcome = LineField("What came of it.", max_length=1000)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"issue {self.pk}"


def indexes_of_occurrences(noun: str) -> list[models.Index]:
    return [
        *record_indexes(noun),
        *period_indexes(noun, lasts_a_day=True),
        search_index(noun, "title", "place", "country", "series", "summary", "ref"),
        models.Index(fields=["since_earliest", "id"], condition=TO_COME, name=f"{noun}_ahead"),
    ]


def has_begun(name: str, says: str, *happened: str) -> models.BaseConstraint:
    """Return the check that what took place did not begin on a day to come."""
    took_place = reduce(or_, (models.Q(status=term) for term in happened))
    return models.CheckConstraint(
        name=name,
        condition=~took_place
        | models.Q(since_earliest__isnull=True)
        | models.Q(since_earliest__lte=Today()),
        violation_error_code="since",
        violation_error_message=f"its first day is to come, so it {says} yet; correct the day, or "
        "choose “planned” or “expected”.",
    )


def terms_of_participants(table: str, once: str, owner: str) -> list[models.BaseConstraint]:
    """Return the rules of a table of participants, each of which an owner has once."""
    return [
        *known_terms(table, role=ParticipantRole),
        models.UniqueConstraint(fields=[owner, "actor"], name=once),
        models.CheckConstraint(
            name=f"{table}_is_represented_by_another",
            condition=models.Q(represented_by__isnull=True)
            | ~models.Q(represented_by=models.F("actor")),
            violation_error_code="represented_by",
            violation_error_message="name a person other than the participant.",
        ),
    ]
