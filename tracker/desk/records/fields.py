"""What may be said of a record: its fields and its parts, each with its kind, as its model has them, in the same words.

A part is a list by the name that the model gives it (`citations`) of objects, whose keys are the fields of the part.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tracker.desk.records import kinds
from tracker.desk.records.kinds import FORMS, Kind, Reader, composed, invalid_value
from tracker.models.constraints import ISO3
from tracker.models.nouns import noun_of
from tracker.models.tables import DeskTable, tables_of
from tracker.schema.fields import fields
from tracker.schema.markers import Grouped
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Vocabulary

LANGUAGES = {"language", "quote_language"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record or part: `attname` is the model's attribute, `empty` makes what stands for no value."""

    name: str
    attname: str
    kind: Kind
    read: Reader
    empty: Callable[[], Any]
    required: bool
    refers_to: Noun | None = None
    vocabulary: type[Vocabulary] | None = None  # of one term, or of each
    may_have_lines: bool = False

    def take(self, value: Any) -> Any:
        """Return what is kept of a value as JSON has it; raise Invalid."""
        if isinstance(value, dict):
            value = self.of_object(value)
        form = FORMS[self.kind]
        if type(value) not in form.types:
            raise invalid_value(form.says, form.remedy)
        return self.read(composed(value))

    @property
    def wanted(self) -> str:
        """Return what is to be written into a field that is empty."""
        is_date, is_key = self.kind is Kind.VAGUE_DATE, self.kind is Kind.REFERENCE
        return "a date" if is_date else f"the key of the {self.refers_to}" if is_key else "a value"

    def of_object(self, value: dict[str, Any]) -> Any:
        """Return what an object says, as reading gives one, of a reference or a date."""
        if self.kind is Kind.REFERENCE:
            return value.get("slug", value.get("id"))
        return value.get("edtf", value) if self.kind is Kind.VAGUE_DATE else value


@dataclass(frozen=True, slots=True)
class Part:
    """A list of parts: their table, its foreign key to the record, their fields, what may come only once.

    `grouped` says how readers are told of them, if that is in groups.
    """

    name: str
    model: type[models.Model]
    owner: str
    fields: Mapping[str, Field]
    once: tuple[str, ...]
    grouped: Grouped | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """What may be said of a record of a noun."""

    noun: Noun
    model: type[models.Model]
    fields: Mapping[str, Field]
    parts: Mapping[str, Part]


@cache
def layout(noun: Noun) -> Layout:
    """Return what may be said of a record of a noun."""
    records, *parts = tables_of(noun).values()
    return Layout(noun, records.model, _fields(records), {table.listed_as: _part(table) for table in parts})


def _part(table: DeskTable) -> Part:
    once = tuple(table.fields[column].name for column in table.key if column != table.owner)
    grouped = fields(SHAPES[table.noun])[table.listed_as].mark(Grouped)
    return Part(table.listed_as, table.model, table.owner, _fields(table), once, grouped)


def _fields(table: DeskTable) -> dict[str, Field]:
    vague = {column.removesuffix("_earliest") for column in table.generated}
    own = (table.fields[column] for column in table.own)
    return {field.name: field_of(field, is_vague=field.name in vague) for field in own}


def field_of(field: Any, *, is_vague: bool = False) -> Field:
    """Return what may be said in a field of a model."""
    vocabulary = _vocabulary(getattr(field, "base_field", field))
    kind, read = (Kind.VAGUE_DATE, kinds.vague_date) if is_vague else _kind(field, vocabulary)
    return Field(
        name=field.name,
        attname=field.attname,
        kind=kind,
        read=read,
        empty=field.get_default if field.has_default() or not field.null else lambda: None,
        required=not field.blank and not field.has_default(),
        refers_to=noun_of(field.related_model) if field.related_model else None,
        vocabulary=vocabulary,
        may_have_lines=isinstance(field, models.TextField),
    )


def _kind(field: Any, vocabulary: Any) -> tuple[Kind, Reader]:
    match field:
        case ArrayField() if vocabulary:
            return Kind.TERMS, kinds.terms(vocabulary)
        case ArrayField():
            return Kind.TEXTS, kinds.texts(field.base_field.max_length)
        case models.ForeignKey():
            return Kind.REFERENCE, lambda value: value.strip() if isinstance(value, str) else value
        case models.BooleanField():
            return Kind.FLAG, kinds.flag
        case models.DateField():
            return Kind.DAY, kinds.day
        case models.IntegerField():
            return Kind.INTEGER, kinds.integer(*kinds.range_of(field.validators))
        case models.DecimalField():
            return Kind.DECIMAL, kinds.decimal(
                field.max_digits, field.decimal_places, *kinds.range_of(field.validators)
            )
        case models.JSONField():
            return (Kind.NAMES, kinds.names) if field.default is dict else (Kind.AUTHORS, kinds.authors)
        case _ if vocabulary:
            return Kind.TERM, kinds.term(vocabulary)
        case models.CharField() | models.TextField():
            return Kind.TEXT, _text(field)
    raise TypeError(f"no value is read as {field!r}")


def _text(field: Any) -> Reader:
    if field.name in LANGUAGES:
        return kinds.language
    if isinstance(field, models.URLField):
        return kinds.url(field.max_length, untracked=field.name == "url")  # an archived copy is at its very address
    pattern, remedy = _form(field)
    if pattern == ISO3:
        return kinds.country
    return kinds.matching(pattern, field.max_length, remedy) if pattern else kinds.text(field.max_length)


def _form(field: Any) -> tuple[str, str]:
    """Return the form that a constraint demands of a text, and what it says of it; empty: none does."""
    for rule in field.model._meta.constraints:
        if rule.name.endswith(f"_{field.name}_has_its_form"):
            pattern = next(value for name, value in _leaves(rule.condition) if name == f"{field.name}__regex")
            return pattern, str(rule.violation_error_message).rstrip(".")
    return "", ""


def _leaves(condition: Any) -> list[tuple[str, Any]]:
    nested = (_leaves(child) if isinstance(child, models.Q) else [child] for child in condition.children)
    return [leaf for leaves in nested for leaf in leaves]


def _vocabulary(field: Any) -> type[Vocabulary] | None:
    """Return the vocabulary that has the choices of a field; None if it has none."""
    values = [value for value, _ in field.choices or () if value]
    return next(subclass for subclass in Vocabulary.__subclasses__() if subclass.values == values) if values else None
