"""In which order lists come: fields that are documented, and always a unique one last."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from typing import Any

from tracker.schema.filters import BadValue, Single
from tracker.values.nouns import Noun


@dataclass(frozen=True, slots=True)
class Order:
    """A field to order by: SQL over a document `d`, never null, and the type of its values."""

    name: str
    sql: str
    type: type
    descending: bool = False


ID = Order("id", "d.record", int)
EDITION = Order("edition", "d.opened", int)
SINCE = Order("since", "d.sort", date)
FIELDS: dict[Noun, tuple[Order, ...]] = {
    Noun.ISSUE: (Order("title", "d.sort", str), Order("slug", "d.slug", str), EDITION, ID),
    Noun.ACTOR: (Order("name", "d.sort", str), Order("slug", "d.slug", str), EDITION, ID),
    Noun.SOURCE: (
        Order("title", "d.sort", str),
        Order("issued", "coalesce(lower(d.issued), '0001-01-01')", date),
        EDITION,
        ID,
    ),
    Noun.STANCE: (SINCE, EDITION, ID),
    Noun.ALIGNMENT: (SINCE, EDITION, ID),
    Noun.MEETING: (SINCE, EDITION, ID),
}


def _unique(orders: Sequence[Order]) -> tuple[Order, ...]:
    if any(order.name == "id" for order in orders):
        return tuple(orders)
    return (*orders, replace(ID, descending=orders[-1].descending))


# The order where none is asked for: claims and meetings the latest first, the rest by title or name.
USUAL = {noun: _unique([replace(fields[0], descending=fields[0] is SINCE)]) for noun, fields in FIELDS.items()}

# How well a document fits a search: what is asked for exactly comes before what is only near.
RANK = Order("rank", "((ts_rank(d.search, %(exact)s) + ts_rank(d.search, %(q)s) / 100) * 1000000)::int", int, True)
BY_RANK = (RANK, replace(ID, descending=True))
# Of actors and issues, what has all that is asked for in its own names comes first: what is called just so, what begins
# so, then the others. (Braces are doubled, as the statement is a format.)
IN_ITS_NAMES = "ts_filter(d.search, '{{a}}') @@ %(exact)s"
NAME = "lower(public.unaccent('public.unaccent', d.sort))"
BY_NAME_AND_RANK = (
    replace(
        RANK,
        sql=f"CASE WHEN NOT {IN_ITS_NAMES} THEN 0 WHEN {NAME} = %(name)s THEN 30000000 "
        f"WHEN starts_with({NAME}, %(name)s) THEN 20000000 ELSE 10000000 END + {RANK.sql}",
    ),
    BY_RANK[1],
)


@dataclass(frozen=True, slots=True)
class Ordering(Single):
    """Fields to order by, separated by commas, each with `-` for descending."""

    _: KW_ONLY
    fields: Mapping[str, Order]

    def parse_one(self, value: str) -> tuple[Order, ...]:
        """Return the orders, ending in a unique one; raise BadValue."""
        asked = [(name.removeprefix("-"), name.startswith("-")) for name in value.split(",")]
        for name, _ in asked:
            if name not in self.fields:
                raise BadValue(f"“{name}” is not one of {', '.join(self.fields)}, each with or without “-” before it")
        if len({name for name, _ in asked}) < len(asked):
            raise BadValue(f"“{value}” names a field twice")
        return _unique([replace(self.fields[name], descending=descending) for name, descending in asked])

    def schema(self) -> dict[str, Any]:
        """Return the form."""
        name = f"-?({'|'.join(self.fields)})"
        return {"type": "string", "pattern": f"^{name}(,{name})*$", "examples": [f"-{next(iter(self.fields))}"]}


def ordering(noun: Noun) -> Ordering:
    """Return the parameter by which lists of a noun are ordered."""
    first = USUAL[noun][0]
    usually = f"-{first.name}" if first.descending else first.name
    fields = {order.name: order for order in FIELDS[noun]}
    says = f"In which order: by {', '.join(fields)}; “-” for descending, commas between several. Usually {usually}."
    return Ordering("ordering", says, fields=fields)
