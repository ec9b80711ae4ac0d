"""Records of the desk as rows in the format that import takes, so that what is exported imports without a change."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, JSONField, OuterRef, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from tracker.formats import csv_writing
from tracker.services.imports.columns import Column, Layout, Part, layout
from tracker.values.nouns import Noun

CHUNK = 2000


def columns(noun: Noun) -> list[csv_writing.Column]:
    """Return the columns of an export: all that import reads."""
    found = layout(noun)
    fields = [csv_writing.Column(column.name, column.guarded) for column in found.columns.values()]
    return [csv_writing.Column("id"), *fields, *(csv_writing.Column(name) for name in found.parts)]


def rows(noun: Noun, records: "QuerySet[Any]") -> Iterator[tuple[Any, ...]]:
    """Yield the values of each record in the order of the columns.

    One statement, and so one moment, read in chunks by a cursor that outlives its transaction: however slow the
    reader, nothing is locked meanwhile and memory stays flat.
    """
    found = layout(noun)
    parts = list(found.parts.values())
    width = 1 + len(found.columns)
    for row in records.values_list(*_expressions(found, parts)).iterator(chunk_size=CHUNK):
        yield (*row[:width], *(_in_order(part, items) for part, items in zip(parts, row[width:], strict=True)))


def _expressions(found: Layout, parts: list[Part]) -> list[Any]:
    fields = [F(f"{column.name}__slug" if column.refers_to else column.name) for column in found.columns.values()]
    return [F("pk"), *fields, *(_items(part) for part in parts)]


def _items(part: Part) -> ArraySubquery:
    items = part.model._default_manager.filter(**{part.owner: OuterRef("pk")}).order_by("pk")
    return ArraySubquery(items.values(item=JSONObject(**{name: _key(one) for name, one in part.columns.items()})))


def _key(column: Column) -> Any:
    """Return what a part says: of an issue or actor its slug, of a source its `ref` or else its id, as a number."""
    if column.refers_to is Noun.SOURCE:
        return Coalesce(*(_as_json(f"{column.name}__{key}") for key in ("ref", "pk")))
    return F(f"{column.name}__slug" if column.refers_to else column.name)


def _as_json(field: str) -> Func:
    return Func(field, function="to_jsonb", output_field=JSONField())


def _in_order(part: Part, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: item[name] for name in part.columns} for item in items]
