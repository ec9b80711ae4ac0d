"""Looking through a long table for rows that fulfil a condition, page by page,
never through all of it at once.
"""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
LOOKED_THROUGH = 20_000


class ScanPage(NamedTuple, Generic[Row]):
    """Some rows; `last` is the one after which the next page begins,
    None if there is nothing after these.
    """

    rows: list[Row]
    last: Row | None


def scan(
    rows: "QuerySet[Row]",
    condition: Q,
    *,
    up_to: Callable[[Row], Q],
    most: int,
    through: int = LOOKED_THROUGH,
) -> ScanPage[Row]:
    """Return so many of the ordered rows that fulfil a condition, of the first 20,000; two queries.

    `up_to` tells which rows come no later than one.
    If that many hold too few, the next page goes on behind them.
    """
    end = next(iter(rows[through - 1 : through]), None) if condition else None
    looked = rows.filter(up_to(end)) if end else rows
    matching = list(looked.filter(condition)[: most + 1])
    return ScanPage(matching[:most], matching[most - 1] if len(matching) > most else end)
