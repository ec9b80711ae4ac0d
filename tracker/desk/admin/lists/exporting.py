"""Records of the desk as rows in the format that import takes,
so that what is exported imports without a change.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, JSONField, OuterRef, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from tracker.desk.records.fields import Layout, PartList, layout
from tracker.models.kinds import Kind, TextKind
from tracker.public.formats import csv
from tracker.values.nouns import Noun

CHUNK = 2000


def columns(noun: Noun) -> list[csv.Column]:
    """Return the columns of an export: all that import reads."""
    of = layout(noun)
    fields = [csv.Column(field.name, isinstance(field, TextKind)) for field in of.fields.values()]
    return [
        csv.Column("id"),
        csv.Column("version"),
        *fields,
        *(csv.Column(name) for name in of.parts),
    ]


def rows(noun: Noun, records: "QuerySet[Any]") -> Iterator[tuple[Any, ...]]:
    """Yield the values of each record in the order of the columns.

    One statement, and so one moment, read in chunks by a cursor that outlives its transaction:
    however slow the reader, nothing is locked meanwhile and memory stays flat.
    """
    fields = layout(noun)
    parts = list(fields.parts.values())
    width = 2 + len(fields.fields)
    for row in records.values_list(*_expressions(fields, parts)).iterator(chunk_size=CHUNK):
        yield (
            *row[:width],
            *(_in_order(part, items) for part, items in zip(parts, row[width:], strict=True)),
        )


def _expressions(layout: Layout, parts: list[PartList]) -> list[Any]:
    fields = map(_key, layout.fields.values())
    return [F("pk"), F("version"), *fields, *(_items(part) for part in parts)]


def _items(part: PartList) -> ArraySubquery:
    items = part.model._default_manager.filter(**{part.owner: OuterRef("pk")}).order_by("pk")
    return ArraySubquery(
        items.values(
            item=JSONObject(**{name: _key(column) for name, column in part.fields.items()})
        )
    )


def _key(field: Kind) -> Any:
    """Return what a field or a part says:
    the slug of what has one, of a source its `ref` or else its id, a number.
    """
    if field.refers_to is Noun.SOURCE:
        return Coalesce(*(_as_json(f"{field.name}__{key}") for key in ("ref", "pk")))
    return F(f"{field.name}__slug" if field.refers_to else field.name)


def _as_json(field: str) -> Func:
    return Func(field, function="to_jsonb", output_field=JSONField())


def _in_order(part: PartList, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: item[name] for name in part.fields} for item in items]
