"""Constraints that several tables share; the name says the rule."""

from datetime import date
from typing import Any

from django.db.models import (
    BaseConstraint,
    BooleanField,
    CharField,
    CheckConstraint,
    F,
    Func,
    Q,
    TextField,
    UniqueConstraint,
    Value,
)
from django.db.models.functions import MD5
from django.db.models.lookups import Exact
from msgspec import Struct

from tracker.models.functions import Today
from tracker.schema.fields import fields
from tracker.values.nouns import Noun
from tracker.values.texts import VISIBLE
from tracker.values.vocabularies import Vocabulary


def known_terms(
    table: str, *, optional: tuple[str, ...] = (), **fields: type[Vocabulary]
) -> list[BaseConstraint]:
    """Return one check per field:
    its value is a term of the vocabulary (or empty, where optional).
    """
    return [
        CheckConstraint(
            name=f"{table}_{field}_is_known",
            condition=Q(
                **{f"{field}__in": [*vocabulary.values, *([""] if field in optional else [])]}
            ),
            violation_error_code=field,
            violation_error_message=f"choose one of {', '.join(vocabulary.values)}.",
        )
        for field, vocabulary in fields.items()
    ]


def within(table: str, shape: type[Struct], name: str) -> BaseConstraint:
    """Return the check that a number, if it is given,
    lies within the bounds that its public field declares.
    """
    least, most = (fields(shape)[name].meta(bound) for bound in ("ge", "le"))
    return CheckConstraint(
        name=f"{table}_{name}_is_within_bounds",
        condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (least, most)}),
        violation_error_code=name,
        violation_error_message=f"write a number from {least} to {most}, or none.",
    )


def noun_field(help_text: str = "") -> "CharField[str, str]":
    """Return the column of a noun, for which there is `known_nouns`."""
    return CharField(
        max_length=20, choices=[(noun.value, noun.value) for noun in Noun], help_text=help_text
    )


def known_nouns(table: str, *fields: str) -> list[BaseConstraint]:
    """Return one check per field: its value is a noun."""
    return [
        CheckConstraint(
            name=f"{table}_{field}_is_known",
            condition=Q(**{f"{field}__in": [noun.value for noun in Noun]}),
        )
        for field in fields
    ]


def known_lists(table: str, **fields: type[Vocabulary]) -> list[BaseConstraint]:
    """Return one check per array field: all its values are terms of the vocabulary."""
    return [
        CheckConstraint(
            name=f"{table}_{field}_are_known",
            condition=Q(**{f"{field}__contained_by": vocabulary.values}),
            violation_error_code=field,
            violation_error_message=f"choose from {', '.join(vocabulary.values)}.",
        )
        for field, vocabulary in fields.items()
    ]


class UniqueByDigest(UniqueConstraint):
    """Fields whose values together one row alone has;
    of those named `digested`, which may be long, by their digest.

    An index takes no more than 2,704 bytes a row.
    Whoever makes two texts of one digest is refused the second one.
    """

    def __init__(self, *, digested: tuple[str, ...], **options: Any) -> None:
        super().__init__(**options)
        self.digested = tuple(digested)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Return the statement that makes the index."""
        columns = [MD5(name) if name in self.digested else F(name) for name in self.fields]
        return UniqueConstraint(*columns, name=self.name, condition=self.condition).create_sql(
            model, schema_editor
        )

    def deconstruct(self) -> Any:
        """Return what makes the same again."""
        path, arguments, options = super().deconstruct()
        return path, arguments, {**options, "digested": self.digested}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, UniqueByDigest):
            return NotImplemented
        return super().__eq__(other) and self.digested == other.digested


def few(table: str, most: int, *fields: str) -> list[BaseConstraint]:
    """Return one check per array field:
    it has no more values than readers' search takes of one record.
    """
    return [
        CheckConstraint(
            name=f"{table}_{field}_are_few",
            condition=Func(
                F(field),
                template=f"cardinality(%(expressions)s) <= {most}",
                output_field=BooleanField(),
            ),
            violation_error_code=field,
            violation_error_message=f"give at most {most}.",
        )
        for field in fields
    ]


def begins_before_it_ends(table: str) -> BaseConstraint:
    """Return the check that a period can be: since.earliest ≤ until.latest."""
    return CheckConstraint(
        name=f"{table}_begins_before_it_ends",
        condition=Q(since_earliest__isnull=True)
        | Q(until_latest__isnull=True)
        | Q(since_earliest__lte=F("until_latest")),
        violation_error_code="since",
        violation_error_message="it begins after it ends; correct “since” or “until”.",
    )


def days_of_the_calendar(table: str, field: str) -> BaseConstraint:
    """Return the check that a day has four digits in its year, as dates have elsewhere;
    PostgreSQL knows others.
    """
    return CheckConstraint(
        name=f"{table}_{field}_is_of_the_calendar",
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (date.min, date.max)}),
        violation_error_code=field,
        violation_error_message="write a day of the years 1 to 9999.",
    )


def plain_lists(table: str, *fields: str) -> list[BaseConstraint]:
    """Return one check per array field: a list of values, none of them null, no table of them."""
    return [
        CheckConstraint(
            name=f"{table}_{field}_is_a_list",
            condition=Func(
                F(field),
                # the expression once: in Python, where a form asks first, it comes with its value
                template=(
                    "NOT jsonb_path_exists(to_jsonb(%(expressions)s), 'strict $[*] ? (@.type() "
                    '!= "string")\')'
                ),
                output_field=BooleanField(),
            ),
            violation_error_code=field,
            violation_error_message="write a list of texts, each of which says something.",
        )
        for field in fields
    ]


def matches(
    table: str, field: str, pattern: str, says: str, *, or_empty: bool = False
) -> BaseConstraint:
    """Return the check that a text, unless null (or, if so said, empty), has a form."""
    unless_empty = Q(**{field: ""}) if or_empty else Q()
    return CheckConstraint(
        name=f"{table}_{field}_has_its_form",
        condition=unless_empty
        | Q(**{f"{field}__isnull": True})
        | Q(**{f"{field}__regex": pattern}),
        violation_error_code=field,
        violation_error_message=says,
    )


def has_come(table: str, field: str) -> BaseConstraint:
    """Return the check that a day is not to come.

    What it says changes by itself, but only ever from false to true:
    a row that was taken stays right, in a dump too.
    """
    return CheckConstraint(
        name=f"{table}_{field}_has_come",
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": Today()}),
        violation_error_code=field,
        violation_error_message="it is a day to come; write today or an earlier one.",
    )


NEEDS_LIKELIHOOD = "a forecast needs one, and nothing else may have one"


def forecasts_have_a_likelihood(table: str) -> BaseConstraint:
    """Return the check that a forecast has a likelihood and nothing else has."""
    return CheckConstraint(
        name=f"{table}_forecasts_have_a_likelihood",
        condition=(Q(basis="forecast") & ~Q(likelihood=""))
        | (~Q(basis="forecast") & Q(likelihood="")),
        violation_error_code="likelihood",
        violation_error_message=f"{NEEDS_LIKELIHOOD}.",
    )


def says_something(name: str, field: str, says: str, *, unless: Q | None = None) -> BaseConstraint:
    """Return the check that a text has something in it that is seen, unless it need not."""
    return CheckConstraint(
        name=name,
        condition=(unless or Q()) | Q(**{f"{field}__regex": VISIBLE}),
        violation_error_code=field,
        violation_error_message=says,
    )


def contested_says_why(table: str) -> BaseConstraint:
    """Return the check that a contested claim has a note."""
    says = "say why the claim is contested."
    return says_something(
        f"{table}_contested_says_why", "standing_note", says, unless=Q(standing="accepted")
    )


def is_json(table: str, field: str, kind: str, says: str) -> BaseConstraint:
    """Return the check that a JSON field holds a value of one kind ("object", "array")."""
    kind_of = Func(F(field), function="jsonb_typeof", output_field=TextField())
    return CheckConstraint(
        name=f"{table}_{field}_is_an_{kind}",
        condition=Exact(kind_of, Value(kind)),
        violation_error_code=field,
        violation_error_message=says,
    )


def has_none(table: str, field: str, wrong: str, rule: str, says: str) -> BaseConstraint:
    """Return the check that nothing in a JSON field is found by the path `wrong` (SQL/JSON,
    strict).

    A path that cannot be walked finds nothing:
    that the value is of the right kind is a check of its own.
    """
    return CheckConstraint(
        name=f"{table}_{rule}",
        condition=Func(
            F(field),
            template=(
                f"coalesce(NOT jsonb_path_exists(%(expressions)s, 'strict {wrong}', '{{}}', "
                f"true), true)"
            ),
            output_field=BooleanField(),
        ),
        violation_error_code=field,
        violation_error_message=says,
    )
