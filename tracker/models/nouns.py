"""Which model each noun is, its documents and its parts:
all that is in `tracker/models/<plural>.py`.
"""

import re
from functools import cache
from importlib import import_module

from django.db import models

from tracker.models.documents import Document
from tracker.models.querysets import RecordQuerySet
from tracker.models.records import Record
from tracker.values.nouns import Noun

MODULES = {noun: import_module(f"tracker.models.{noun.plural}") for noun in Noun}
RECORDS: dict[Noun, type[Record]] = {
    noun: getattr(module, noun.capitalize()) for noun, module in MODULES.items()
}
DOCUMENTS: dict[Noun, type[Document]] = {
    noun: getattr(module, f"{noun.capitalize()}Document") for noun, module in MODULES.items()
}


def _parts(noun: Noun) -> dict[str, type[models.Model]]:
    """Return the parts of a noun's records, by their names in events:
    what goes with a record that is called as it.
    """
    return {
        re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().removeprefix(f"{noun}_"): model
        for name, model in vars(MODULES[noun]).items()
        if isinstance(model, type)
        and issubclass(model, models.Model)
        and model.__module__ == MODULES[noun].__name__
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
