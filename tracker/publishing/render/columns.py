"""What a document is filtered and sorted by: the columns that fields ask for, and those that are worked out."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from tracker.models import Record
from tracker.publishing.render.fields import Parts, part_of
from tracker.schema.fields import Field, fields
from tracker.schema.markers import DefaultOrder, FilterByPart, Grouped
from tracker.schema.records import SHAPES, kept
from tracker.values.nouns import Noun

UNKNOWN_BEGINNING = date.min
Make = Callable[[Any, Parts], Any]


def columns_of(noun: Noun, record: Record, parts: Parts) -> dict[str, Any]:
    """Return the columns of a record's document, `ref` among them."""
    kept = {name: make(record, parts) for name, make in _kept(noun).items()}
    return {"ref": record.ref, **kept, **record.document_columns()}


@cache
def _kept(noun: Noun) -> dict[str, Make]:
    leading = next(field for field in fields(SHAPES[noun]).values() if field.mark(DefaultOrder))
    makers = {name: make for field in kept(noun) for name, make in _columns(noun, field)}
    return {"sort": _sort(leading), **makers}


def _sort(field: Field) -> Make:
    if field.type is str:
        return lambda record, parts: getattr(record, field.name).casefold()
    return lambda record, parts: getattr(record, f"{field.name}_earliest") or UNKNOWN_BEGINNING


def _columns(noun: Noun, field: Field) -> Iterator[tuple[str, Make]]:
    if grouped := field.mark(Grouped):
        yield from ((term, _group(noun, field, grouped, term)) for term in field.columns)
    elif holds := field.mark(FilterByPart):
        part, key = part_of(noun, field.name), attrgetter(f"{holds.field}_id")
        yield field.column, lambda record, parts: [key(row) for row in parts[part]]
    else:
        value = attrgetter(f"{field.name}_id" if field.noun else field.name)
        yield field.column, lambda record, parts: value(record)


def _group(noun: Noun, field: Field, grouped: Grouped, term: str) -> Make:
    part, key, by = part_of(noun, field.name), attrgetter(f"{grouped.key}_id"), attrgetter(grouped.by)
    return lambda record, parts: sorted(key(row) for row in parts[part] if by(row) == term)
