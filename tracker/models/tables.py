"""The desk's tables as their models declare them:
what is written, what refers to what, what may be there once only.

Each is of records of a noun, or of a part of these. A column is the attribute of a row, too.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from typing import Any, NamedTuple

from django.db import models

from tracker.models.nouns import PARTS, RECORDS, noun_of
from tracker.models.records import Record
from tracker.schema.fields import fields
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.problems import Key

SET_BY_TRIGGERS = {"id", "version", "state"}
SURVIVOR = "merged_into_id"


class UniqueKey(NamedTuple):
    """Fields whose values together only one row has; `name` is that of the constraint."""

    name: str
    fields: tuple["models.Field[Any, Any]", ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(str(field.column) for field in self.fields)


@dataclass(frozen=True)
class DeskTable:
    """A table of the desk; `part` is what events call its rows, "" where they are records."""

    noun: Noun
    part: str
    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def owner(self) -> str:
        """Return the column with the id of the record that a row is, or belongs to."""
        return f"{self.noun}_id" if self.part else "id"

    @property
    def is_ordered(self) -> bool:
        """Return whether the order of a record's rows says something:
        unless their model says `is_ordered = False`.
        """
        return bool(getattr(self.model, "is_ordered", True))

    @property
    def listed_as(self) -> str:
        """Return the field in which a record lists these parts."""
        owner: Any = self.model._meta.get_field(self.noun.value)
        return str(owner.remote_field.related_name)

    @cached_property
    def fields(self) -> dict[str, "models.Field[Any, Any]"]:
        """Return the fields by their columns, in the order in which files and history have them.

        That is the order of the public form, where a record has one; what that lacks comes first.
        """
        places = (
            {}
            if self.part
            else {name: place for place, name in enumerate(fields(SHAPES[self.noun]))}
        )
        ordered = sorted(
            self.model._meta.concrete_fields, key=lambda field: places.get(field.name, -1)
        )
        return {str(field.column): field for field in ordered}

    @cached_property
    def generated(self) -> tuple[str, ...]:
        """Return the columns that the database computes from others."""
        return tuple(column for column, field in self.fields.items() if field.generated)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """Return the columns that are written:
        not those that the database computes or triggers set.
        """
        return tuple(
            column for column in self.fields if column not in {*SET_BY_TRIGGERS, *self.generated}
        )

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Return what is written of a row itself:
        not whose part it is, nor into which record it was merged.
        """
        return tuple(column for column in self.written if column not in {self.owner, SURVIVOR})

    @cached_property
    def foreign_keys(self) -> dict[str, Noun]:
        """Return the columns that refer to records, with the nouns of these."""
        return {
            column: noun_of(named)
            for column, field in self.fields.items()
            if isinstance(named := field.related_model, type) and issubclass(named, Record)
        }

    @cached_property
    def references(self) -> dict[str, Noun]:
        """Return the columns by which a row names other records, with the nouns of these."""
        return {column: noun for column, noun in self.foreign_keys.items() if column in self.own}

    @cached_property
    def unique_keys(self) -> tuple[UniqueKey, ...]:
        """Return what only one row may have:
        of each unique column, and of each rule over several.
        """
        meta, by_name = self.model._meta, {field.name: field for field in self.fields.values()}
        # named as PostgreSQL does
        single = [
            UniqueKey(f"{self.name}_{column}_key", (field,))
            for column, field in self.fields.items()
            if field.unique and not field.primary_key
        ]
        several = [
            UniqueKey(rule.name, tuple(by_name[name] for name in rule.fields))
            for rule in meta.constraints
            if isinstance(rule, models.UniqueConstraint)
        ]
        return (*single, *several)

    @property
    def key(self) -> tuple[str, ...]:
        """Return the columns by which no two parts are alike, their record's among them;
        none if they may be.
        """
        return next((key.columns for key in self.unique_keys if self.part), ())


# records before their parts
TABLES = tuple(
    DeskTable(noun, part, model)
    for noun in Noun
    for part, model in {"": RECORDS[noun], **PARTS[noun]}.items()
)


@cache
def tables_of(noun: Noun) -> dict[str, DeskTable]:
    """Return a noun's tables by part; that of the records themselves, "", comes first."""
    return {table.part: table for table in TABLES if table.noun is noun}


@cache
def table_of(model: type[models.Model]) -> DeskTable:
    return next(table for table in TABLES if table.model is model)


def owner_of(row: models.Model) -> Key:
    """Return the record that a row is, or belongs to."""
    table = table_of(type(row))
    return table.noun, getattr(row, table.owner)


def _named_by(noun: Noun) -> set[Noun]:
    return {named for table in tables_of(noun).values() for named in table.references.values()} - {
        noun
    }


# each after those that its records name: so they are written, as triggers look at what is named;
# claims come last
IN_ORDER = tuple(
    TopologicalSorter({noun: _named_by(noun) for noun in reversed(Noun)}).static_order()
)
