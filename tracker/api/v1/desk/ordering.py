"""In which order lists of the desk come: the newest records first, or by the fields that the publication orders by."""

from typing import Any

from django.db.models import Q, QuerySet

from tracker.schema.ordering import EDITION, ID, Order, Ordering
from tracker.schema.records import ORDERS
from tracker.values.nouns import Noun

USUAL = (Order(ID.name, ID.sql, ID.type, descending=True, desk=ID.desk),)
Places = list[tuple[Any, ...]]


def ordering(noun: Noun) -> Ordering:
    """Return the parameter by which lists of a noun are ordered at the desk."""
    fields = {order.name: order for order in ORDERS[noun] if order is not EDITION}
    says = f"In which order: by {', '.join(fields)}; “-” for descending, commas between several. Usually -id."
    return Ordering("ordering", says, fields=fields)


def places(rows: "QuerySet[Any]", order: tuple[Order, ...], after: tuple[Any, ...] | None, size: int) -> Places:
    """Return, in order, up to `size` ids beyond a place, each with the place that it has."""
    names = [f"place_{number}" for number in range(len(order))]
    placed = rows.annotate(**{name: one.desk for name, one in zip(names, order, strict=True)})
    if after:
        placed = placed.filter(_beyond(names, order, after))
    directed = [f"-{name}" if one.descending else name for name, one in zip(names, order, strict=True)]
    return list(placed.order_by(*directed).values_list("pk", *names)[:size])


def _beyond(names: list[str], order: tuple[Order, ...], after: tuple[Any, ...]) -> Q:
    found, same = Q(pk__in=[]), Q()
    for name, one, value in zip(names, order, after, strict=True):
        found |= same & Q(**{f"{name}__{'lt' if one.descending else 'gt'}": value})
        same &= Q(**{name: value})
    return found
