"""What an undo would do, and what stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.models import Event
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem


class UndoAction(StrEnum):
    """What becomes of a row; and of a record, all of whose rows are one."""

    DELETE = "delete"
    RESTORE = "restore"
    CHANGE = "change"


RIGHTS = {UndoAction.DELETE: "delete", UndoAction.RESTORE: "add", UndoAction.CHANGE: "change"}


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What is to be done: how many records of each noun, and, row by row, the events that this would write.

    `events` are unsaved, numbered from 1 in the order of nouns, records, parts; at most as many as were asked for, of
    `rows` in all. `left_out` are the records that are left alone: those that were to be, and what hangs on them.
    """

    counts: Mapping[Noun, Mapping[UndoAction, int]]
    events: tuple[Event, ...]
    rows: int
    obstacles: tuple[Problem, ...]
    left_out: frozenset[Key]

    def count(self, action: UndoAction | None = None) -> int:
        """Return how many records there is something to be done with."""
        return sum(number for by in self.counts.values() for one, number in by.items() if action in (None, one))


def rights(plan: UndoPlan) -> set[str]:
    """Return the permissions that doing by hand what a plan does would take."""
    return {f"tracker.{RIGHTS[action]}_{noun}" for noun, by in plan.counts.items() for action in by}
