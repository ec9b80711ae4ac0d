"""Parts compared as lists: which rows stay, which change, which go and which are added, in the order wanted.

Parts stand in the order of their ids, so a row can only be added behind those that stay. Of all ways to come from the
old list to the new, the one that touches the fewest rows is taken. What a record may have only once (an actor among
its participants) is not written over by what another row has, as the two would collide on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.desk.records.fields import Part
from tracker.desk.records.parsing import Item

IMPOSSIBLE = 1_000_000_000


@dataclass(slots=True)
class PartChange:
    """What becomes of one part of one record: rows changed (with new values), rows deleted, items added."""

    part: Part
    changed: list[tuple[Any, Item]] = field(default_factory=list)
    deleted: list[Any] = field(default_factory=list)
    added: list[Item] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.deleted or self.added)


def item_of(part: Part, row: Any) -> Item:
    """Return a row of a part as an item: values by field, references by id."""
    return {name: getattr(row, field.attname) for name, field in part.fields.items()}


def difference(part: Part, rows: Sequence[Any], items: Sequence[Item]) -> PartChange:
    """Return how to come from the rows that are here, in the order of their ids, to the items wanted."""
    old = [item_of(part, row) for row in rows]
    if old == list(items):
        return PartChange(part)
    held = {_once(part, item) for item in old} if part.once else set()
    cost = _costs(part, old, items, held)
    used = min(range(len(items) + 1), key=lambda count: cost[len(old)][count] + len(items) - count)
    change = PartChange(part, added=list(items[used:]))
    position = len(old)
    while position:
        position -= 1
        if cost[position + 1][used] == cost[position][used] + 1:
            change.deleted.append(rows[position])
        else:
            used -= 1
            if items[used] != old[position]:
                change.changed.append((rows[position], items[used]))
    return change


def _costs(part: Part, old: Sequence[Item], items: Sequence[Item], held: set[Any]) -> list[list[int]]:
    """Return, for the first n rows that become the first m items, the fewest rows touched: cost[n][m]."""
    cost = [[0] + [IMPOSSIBLE] * len(items)]
    for before in old:
        above, row = cost[-1], [cost[-1][0] + 1]
        for count, item in enumerate(items, 1):
            row.append(min(above[count] + 1, above[count - 1] + _cost(part, before, item, held)))
        cost.append(row)
    return cost


def _cost(part: Part, before: Item, item: Item, held: set[Any]) -> int:
    if before == item:
        return 0
    collides = part.once and _once(part, item) != _once(part, before) and _once(part, item) in held
    return IMPOSSIBLE if collides else 1


def _once(part: Part, item: Item) -> tuple[Any, ...]:
    return tuple(item[name] for name in part.once)
