"""What every record has, besides its own fields."""

from collections.abc import Collection
from typing import Any

from django.db import models

from tracker.models.constraints import matches
from tracker.models.fields import RefField, TermField, first_day, last_day
from tracker.models.querysets import RecordQuerySet
from tracker.values.periods import Days, Ends
from tracker.values.vocabularies import State


class Checked(models.Model):
    """A row whose rules are checked too where they rest on columns that the database computes.

    A form has no such columns and would leave these rules out,
    but the values follow from what was typed.
    """

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Raise ValidationError for constraints that are broken,
        but for those on other columns that are excluded.
        """
        generated = {field.name for field in self._meta.concrete_fields if field.generated}
        super().validate_constraints(exclude=set(exclude or ()) - generated)


class Record(Checked):
    """The one base under the nouns:
    a stable key, the version that triggers raise, and the workflow state.
    """

    ref = RefField(
        "A stable text key, set by the import that made the record; public. "
        "Lower-case letters, digits, dots and hyphens.",
        max_length=100,
        unique=True,
        null=True,
    )
    version = models.PositiveIntegerField(
        db_default=1,
        editable=False,
        help_text="Raised by every change of the record or of its parts.",
    )
    state = TermField(State, default=State.EDITING, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def must_cite(self) -> bool:
        """Tell whether it is published only with a source, and where in it or in which words."""
        return False

    def document_columns(self) -> dict[str, Any]:
        """Return what its document is found by, or held to, that no field of the public form is."""
        return {}

    def clean(self) -> None:
        """Keep an empty `ref` as null, since only nulls are not unique."""
        super().clean()
        self.ref = self.ref or None


class Period(Checked):
    """What has vague dates `since` and `until`, with the days that these can mean."""

    since_earliest = first_day("since")
    since_latest = last_day("since")
    until_earliest = first_day("until")
    until_latest = last_day("until")

    class Meta:
        abstract = True


def record_constraints(table: str) -> list[models.BaseConstraint]:
    """Return the constraints on what every record has."""
    return [
        matches(table, "ref", *RefField.form),
        models.CheckConstraint(
            name=f"{table}_state_is_known", condition=models.Q(state__in=State.values)
        ),
    ]


def record_indexes(table: str) -> list[models.Index]:
    """Return the index that finds the few records that are in review."""
    return [
        models.Index(
            fields=["id"], condition=models.Q(state=State.IN_REVIEW), name=f"{table}_in_review"
        )
    ]


def days_of(record: Any, field: str) -> str | None:
    """Return the days that a vague date of a record can mean, as PostgreSQL writes a range;
    None if it is empty.
    """
    first, last = (getattr(record, f"{field}_{end}") for end in ("earliest", "latest"))
    return str(Days(first, last)) if getattr(record, field) else None


def ends_of(record: Any) -> Ends:
    """Return the days on which the period of a record may begin and end."""
    return Ends(
        record.since_earliest, record.since_latest, record.until_earliest, record.until_latest
    )
