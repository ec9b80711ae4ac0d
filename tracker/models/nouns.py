"""Which model each noun is, its documents and its parts: all that is in `tracker/models/<plural>.py`."""

import re
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from typing import Any

from django.db import models

from tracker.models.documents import Document
from tracker.models.querysets import RecordQuerySet
from tracker.models.records import Record
from tracker.schema.fields import fields
from tracker.schema.records import SHAPES
from tracker.values.nouns import MERGEABLE, Noun

MODULES = {noun: import_module(f"tracker.models.{noun.plural}") for noun in Noun}
RECORDS: dict[Noun, type[Record]] = {noun: getattr(module, noun.capitalize()) for noun, module in MODULES.items()}
DOCUMENTS: dict[Noun, type[Document]] = {
    noun: getattr(module, f"{noun.capitalize()}Document") for noun, module in MODULES.items()
}


def _parts(noun: Noun) -> dict[str, type[models.Model]]:
    """Return the parts of a noun's records, by their names in events: what goes with a record that is called as it."""
    return {
        re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().removeprefix(f"{noun}_"): model
        for name, model in vars(MODULES[noun]).items()
        if isinstance(model, type) and issubclass(model, models.Model) and model.__module__ == MODULES[noun].__name__
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name == noun
    }


PARTS = {noun: _parts(noun) for noun in Noun}


def records_of(noun: Noun) -> RecordQuerySet:
    records: RecordQuerySet = RECORDS[noun]._default_manager.all()
    return records


@cache
def own_columns(noun: Noun) -> tuple[str, ...]:
    """Return the columns that only this noun's documents have, and `ref`."""
    common = {field.name for field in Document._meta.get_fields()} - {"ref"}
    return tuple(
        field.column
        for field in DOCUMENTS[noun]._meta.concrete_fields
        if field.column is not None and field.name not in common
    )


def noun_of(record: Record | type[Record]) -> Noun:
    """Return the noun of a record or of its model."""
    return Noun(record._meta.model_name or "")


@cache
def fields_in_order(model: type[models.Model]) -> tuple["models.Field[Any, Any]", ...]:
    """Return the columns of a table in the order in which files and history have them.

    That is the order of the public form, where a record has one; what that lacks comes first.
    """
    public = fields(SHAPES[noun_of(model)]) if issubclass(model, Record) else {}
    places = {name: place for place, name in enumerate(public)}
    return tuple(sorted(model._meta.concrete_fields, key=lambda field: places.get(field.name, -1)))


@cache
def references_of(model: type[models.Model]) -> tuple[tuple[Noun, str], ...]:
    """Return the columns of a table that name records, each with the noun of these; a survivor is not named."""
    return tuple(
        (noun_of(field.related_model), field.attname)
        for field in fields_in_order(model)
        if isinstance(field, models.ForeignKey)
        and field.name != "merged_into"
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Record)
    )


def _named_by(noun: Noun) -> set[Noun]:
    models = (RECORDS[noun], *PARTS[noun].values())
    return {named for model in models for named, _ in references_of(model) if named is not noun}


# each after those that its records name: so they are written, as triggers look at what is named; claims come last
IN_ORDER = tuple(TopologicalSorter({noun: _named_by(noun) for noun in reversed(Noun)}).static_order())


@cache
def mergeable_references(model: type[models.Model]) -> dict[str, Noun]:
    """Return the columns of a table that name records which can be merged; not the record that a part belongs to."""
    owner = {f"{noun}_id" for noun in Noun if model in PARTS[noun].values()}
    return {column: noun for noun, column in references_of(model) if noun in MERGEABLE and not {column} & owner}
