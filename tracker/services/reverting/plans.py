"""What an undo would do, and what stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tracker.models import Event
from tracker.values.nouns import Noun

Key = tuple[Noun, int]


class Action(StrEnum):
    """What becomes of a row; and of a record, all of whose rows are one."""

    DELETE = "delete"
    RESTORE = "restore"
    CHANGE = "change"


RIGHTS = {Action.DELETE: "delete", Action.RESTORE: "add", Action.CHANGE: "change"}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why one record can't be put back; it is about `others`, a `part` of it, or a change made since."""

    noun: Noun
    id: int
    message: str
    others: tuple[Key, ...] = ()
    changeset: UUID | None = None
    part: tuple[str, int] | None = None  # its name and its row, as the message says them: “citation 17”

    def __str__(self) -> str:
        return f"{self.noun} {self.id}: {self.message}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: how many records of each noun, and, row by row, the events that this would write.

    `events` are unsaved, numbered from 1 in the order of nouns, records, parts; at most as many as were asked for, of
    `rows` in all. `left_out` are the records that are left alone: those that were to be, and what hangs on them.
    """

    counts: Mapping[Noun, Mapping[Action, int]]
    events: tuple[Event, ...]
    rows: int
    obstacles: tuple[Obstacle, ...]
    left_out: frozenset[Key]

    def count(self, action: Action | None = None) -> int:
        """Return how many records there is something to be done with."""
        return sum(number for by in self.counts.values() for one, number in by.items() if action in (None, one))


def rights(plan: Plan) -> set[str]:
    """Return the permissions that doing by hand what a plan does would take."""
    return {f"tracker.{RIGHTS[action]}_{noun}" for noun, by in plan.counts.items() for action in by}


class Refused(Exception):
    """An undo can't be done as asked: what stands in the way, or what the database says. Nothing was done."""

    def __init__(self, obstacles: tuple[Obstacle, ...], said: str = "") -> None:
        self.obstacles, self.said = obstacles, said
        super().__init__("; ".join(filter(None, [said, *map(str, obstacles)])))
