"""Which columns the file of a noun may have, and how each is read: what its model's fields say, in the same words.

A part is one column, named as the model calls it (`citations`), of a JSON list of objects; their keys are the fields
of the part. A reference is the slug of an issue or actor; of a source its `ref`, its id (a number) or its address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tracker.formats import csv_cells as cells
from tracker.formats.csv_guard import unguarded
from tracker.models.constraints import REF, SLUG
from tracker.models.nouns import PARTS, RECORDS, noun_of
from tracker.values.csl import Locator, SourceType
from tracker.values.nouns import Noun
from tracker.values.vocabularies import (
    ActorKind,
    Basis,
    Confidence,
    Credibility,
    Instrument,
    Likelihood,
    MeetingKind,
    MeetingStatus,
    Outlet,
    ParticipantRole,
    Pattern,
    Position,
    Region,
    Relation,
    Reliability,
    Standing,
    Theme,
)
from tracker.values.vocabulary import Vocabulary

VOCABULARIES: list[type[Vocabulary]] = [
    ActorKind, Basis, Confidence, Credibility, Instrument, Likelihood, Locator, MeetingKind, MeetingStatus, Outlet,
    ParticipantRole, Pattern, Position, Region, Relation, Reliability, SourceType, Standing, Theme,
]  # fmt: skip
NOT_GIVEN = {"id", "version", "state", "merged_into"}  # what the tracker says, never a file
# what an export adds, unless the noun has such a column, and an import leaves aside; so what was wrong the last time
COMPUTED = {"edition", "score", "url", "version", "state", "error"}
# what tells whether a source is here already, and is kept nowhere
DOI = "doi"

_BY_NAME: dict[str, cells.Reader] = {
    "ref": cells.matching(REF, 100, "use lower-case letters, digits, dots, hyphens and underscores"),
    "slug": cells.matching(SLUG, 80, "use lower-case words and digits, joined by hyphens"),
    "wikidata_id": cells.matching("Q[1-9][0-9]*", 20, "write a Q and a number, e.g. Q148"),
    "iso3": cells.country,
    "country": cells.country,
    "language": cells.language,
    "quote_language": cells.language,
    "names": cells.names,
    "authors": cells.authors,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column or key of a part: `attname` is the model's attribute, `empty` makes what stands for no value."""

    name: str
    attname: str
    read: cells.Reader
    empty: Callable[[], Any]
    required: bool
    guarded: bool = False
    refers_to: Noun | None = None
    vocabulary: type[Vocabulary] | None = None  # of one term, or of each

    def value(self, cell: str) -> Any:
        """Return what a cell that is not empty says; raise BadCell."""
        return self.read(unguarded(cell) if self.guarded else cell)


@dataclass(frozen=True, slots=True)
class Part:
    """One column of parts: their table, its foreign key to the record, their fields, what may come only once."""

    name: str
    model: type[models.Model]
    owner: str
    columns: dict[str, Column]
    once: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the file of a noun may hold."""

    noun: Noun
    model: type[models.Model]
    columns: dict[str, Column]
    parts: dict[str, Part]

    def knows(self, name: str) -> bool:
        """Say whether a column of this name is read."""
        is_looked_at = name == "id" or (name == DOI and self.noun is Noun.SOURCE)
        return is_looked_at or name in self.columns or name in self.parts

    def leaves_aside(self, name: str) -> bool:
        """Say whether an export may have added this column, for readers only."""
        field, _, kind = name.rpartition("_")
        column = self.columns.get(field)
        return name in COMPUTED or bool(
            column and ((kind == "name" and column.refers_to) or (kind in ("earliest", "latest") and is_vague(column)))
        )


def is_vague(column: Column) -> bool:
    """Say whether a column holds a vague date."""
    return column.read is cells.vague_date


@cache
def layout(noun: Noun) -> Layout:
    """Return what the file of a noun may hold."""
    model = RECORDS[noun]
    return Layout(
        noun=noun,
        model=model,
        columns=_columns(model, NOT_GIVEN),
        parts={part.name: part for part in (_part(noun, table) for table in PARTS[noun].values())},
    )


def _part(noun: Noun, model: type[models.Model]) -> Part:
    owner: Any = model._meta.get_field(noun.value)
    once = [
        tuple(name for name in constraint.fields if name != owner.name)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    return Part(
        name=owner.remote_field.related_name,
        model=model,
        owner=owner.attname,
        columns=_columns(model, {"id", owner.name}),
        once=once[0] if once else (),
    )


def _columns(model: type[models.Model], left_out: set[str]) -> dict[str, Column]:
    fields: list[Any] = list(model._meta.concrete_fields)
    vague = {field.name.removesuffix("_earliest") for field in fields if field.generated}
    return {
        field.name: _column(field, is_vague=field.name in vague)
        for field in fields
        if field.name not in left_out and not field.generated
    }


def _column(field: Any, *, is_vague: bool) -> Column:
    refers_to = noun_of(field.related_model) if field.related_model else None
    read = cells.vague_date if is_vague else _reader(field)
    return Column(
        name=field.name,
        attname=field.attname,
        read=read,
        empty=_empty(field),
        required=not field.blank and not field.has_default(),
        guarded=isinstance(field, models.CharField | models.TextField) and not (is_vague or field.choices),
        refers_to=refers_to,
        vocabulary=_vocabulary(terms) if (terms := getattr(field, "base_field", field)).choices else None,
    )


def _empty(field: Any) -> Callable[[], Any]:
    if field.has_default() or not field.null:
        return field.get_default  # type: ignore[no-any-return]
    return lambda: None


def _reader(field: Any) -> cells.Reader:
    if field.name in _BY_NAME:
        return _BY_NAME[field.name]
    match field:
        case ArrayField() if field.base_field.choices:
            return cells.terms(_vocabulary(field.base_field))
        case ArrayField():
            return cells.texts(field.base_field.max_length)
        case models.ForeignKey():
            return str.strip
        case models.BooleanField():
            return cells.flag
        case models.DateField():
            return cells.day
        case models.URLField():
            return cells.url(field.max_length)
        case _ if field.choices:
            return cells.term(_vocabulary(field))
        case models.CharField() | models.TextField():
            return cells.text(field.max_length)
    raise TypeError(f"no cell is read as {field!r}")


def _vocabulary(field: Any) -> type[Vocabulary]:
    values = [value for value, _ in field.choices if value]
    return next(vocabulary for vocabulary in VOCABULARIES if vocabulary.values == values)
