"""What may be said of a record:
its fields and its parts, each with its kind, as its model has them, in the same words.

A part is a list by the name that the model gives it (`citations`) of objects,
whose keys are the fields of the part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.db import models

from tracker.models.kinds import Kind
from tracker.models.tables import DeskTable, tables_of
from tracker.schema.fields import fields
from tracker.schema.markers import Grouped
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

MOST_ITEMS = 300  # of a part: more than all states take part in a conference
MOST_BALLOTS = 1_000


@dataclass(frozen=True, slots=True)
class PartList:
    """A list of parts: their table, its foreign key to the record, their fields,
    what may come only once.

    `grouped` says how readers are told of them, if that is in groups; `is_single` that a record has
    one at most; `is_ordered` that their order says something. `most` bounds how many a record may
    have, so that nobody can write one that takes minutes to compare.
    """

    name: str
    model: type[models.Model]
    owner: str
    fields: Mapping[str, Kind]
    once: tuple[str, ...]
    grouped: Grouped | None = None
    is_single: bool = False
    is_ordered: bool = True
    most: int = MOST_ITEMS


@dataclass(frozen=True, slots=True)
class Layout:
    """What may be said of a record of a noun."""

    noun: Noun
    model: type[models.Model]
    fields: Mapping[str, Kind]
    parts: Mapping[str, PartList]


@cache
def layout(noun: Noun) -> Layout:
    records, *parts = tables_of(noun).values()
    return Layout(
        noun, records.model, _fields(records), {table.listed_as: _part(table) for table in parts}
    )


def _part(table: DeskTable) -> PartList:
    once = tuple(table.fields[column].name for column in table.key if column != table.owner)
    grouped = fields(SHAPES[table.noun])[table.listed_as].mark(Grouped)
    is_single = table.key == (table.owner,)
    return PartList(
        name=table.listed_as,
        model=table.model,
        owner=table.owner,
        fields=_fields(table),
        once=once,
        grouped=grouped,
        is_single=is_single,
        is_ordered=table.is_ordered,
        most=MOST_BALLOTS if table.listed_as == "ballots" else MOST_ITEMS,
    )


def _fields(table: DeskTable) -> dict[str, Kind]:
    """Return what may be said of a row:
    the fields that have a kind, but for what the tracker says.
    """
    own = (table.fields[column] for column in table.own)
    return {field.name: field for field in own if isinstance(field, Kind) and field.editable}
