"""In which order lists come: fields that are documented, and always a unique one last."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import DateField, F, FloatField, IntegerField, TextField, Value
from django.db.models.functions import Cast, Coalesce, Lower

from tracker.schema.fields import Field
from tracker.schema.filters import BadValueError, Single


@dataclass(frozen=True, slots=True)
class Order:
    """A field to order by: SQL over a document `d`, never null, the type of its values,
    and the desk's expression.

    In its SQL, a template, `{lowest}` is the text of what stands for no value.
    """

    name: str
    sql: str
    type: type
    descending: bool = False
    desk: Any = field(default=None, compare=False)
    lowest: str = field(default="", compare=False)


ID = Order("id", "d.record", int, desk=F("pk"))
EDITION = Order("edition", "d.opened", int)
# What stands for no value, before all others, and how its type is called in SQL and by Django.
LOWEST: dict[type, tuple[Any, str, Any]] = {
    str: ("", "text", TextField()),
    int: (-2_147_483_648, "int", IntegerField()),
    float: (-1e300, "float8", FloatField()),
    date: (date.min, "date", DateField()),
}


def leads(field: Field) -> Order:
    """Return the order of a field by which lists come usually, which documents keep as `sort`."""
    if field.type is str:
        return Order(field.name, "d.sort", str, desk=Lower(field.name))
    return Order(field.name, "d.sort", date, desk=day_or_none(f"{field.name}_earliest"))


def orders(field: Field) -> Order:
    """Return the order of another field that documents keep."""
    if field.type is str and not field.is_optional:
        return Order(field.name, f"d.{field.column}", str, desk=F(field.name))
    lowest, kind, output = LOWEST[field.type]
    sql = f"coalesce(d.{field.column}::{kind}, {{lowest}})"
    desk = Coalesce(Cast(field.name, output), Value(lowest))
    return Order(field.name, sql, field.type, desk=desk, lowest=str(lowest))


def day_or_none(column: str) -> Coalesce:
    """Return the desk's order by a day that may be unknown: before all others."""
    return Coalesce(column, Value(date.min))


def _unique(orders: Sequence[Order]) -> tuple[Order, ...]:
    if any(order.name == "id" for order in orders):
        return tuple(orders)
    return (*orders, replace(ID, descending=orders[-1].descending))


def usual(fields: Sequence[Order]) -> tuple[Order, ...]:
    """Return the order where none is asked for: by the first field; of days, the latest first."""
    return _unique([replace(fields[0], descending=fields[0].type is date)])


# How well a document fits a search: what is asked for exactly comes before what is only near.
FITS = "ts_rank(d.search, %(exact)s::tsquery) + ts_rank(d.search, %(q)s::tsquery) / 100"
RANK = Order("rank", f"(({FITS}) * 1000000)::int", int, True)
BY_RANK = (RANK, replace(ID, descending=True))
# Of actors and issues, what has all that is asked for in its own names comes first:
# what is called just so, what begins so, then the others.
IN_ITS_NAMES = "ts_filter(d.search, '{{a}}') @@ %(exact)s::tsquery"
PLAIN_NAME = "lower(public.unaccent('public.unaccent', d.sort))"
BY_NAME_AND_RANK = (
    replace(
        RANK,
        sql=(
            f"CASE WHEN NOT {IN_ITS_NAMES} THEN 0 WHEN {PLAIN_NAME} = %(name)s::text THEN "
            f"30000000 WHEN starts_with({PLAIN_NAME}, %(name)s::text) THEN 20000000 ELSE "
            f"10000000 END + {RANK.sql}"
        ),
    ),
    BY_RANK[1],
)


@dataclass(frozen=True, slots=True)
class Ordering(Single):
    """Fields to order by, separated by commas, each with `-` for descending."""

    _: KW_ONLY
    fields: Mapping[str, Order]

    def parse_one(self, value: str) -> tuple[Order, ...]:
        """Return the orders, ending in a unique one; raise BadValueError."""
        names = [(name.removeprefix("-"), name.startswith("-")) for name in value.split(",")]
        for name, _ in names:
            if name not in self.fields:
                raise BadValueError(
                    f"“{name}” is not one of {', '.join(self.fields)}, each with or without "
                    f"“-” before it"
                )
        if len({name for name, _ in names}) < len(names):
            raise BadValueError(f"“{value}” names a field twice")
        return _unique(
            [replace(self.fields[name], descending=descending) for name, descending in names]
        )

    def schema(self) -> dict[str, Any]:
        name = f"-?({'|'.join(self.fields)})"
        return {
            "type": "string",
            "pattern": f"^{name}(,{name})*$",
            "examples": [f"-{next(iter(self.fields))}"],
        }
