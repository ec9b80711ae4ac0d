"""What an import would do, or did: for each row, and in sum for each noun."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tracker.services.records.comparing import Action
from tracker.values.nouns import Noun


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, or one part of it, as it is and as it would be; references as keys."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row; `key` is how people call the record (slug, ref or id; "" for a new one without).

    `record` is the id of a record that is here, None for a new one.
    """

    file: str
    line: int
    noun: Noun
    key: str
    action: Action
    changes: tuple[FieldChange, ...] = ()
    record: int | None = None


@dataclass(slots=True)
class Counts:
    """How many rows of each noun were created, changed and left alone."""

    by_noun: dict[Noun, dict[Action, int]] = field(default_factory=dict)

    def add(self, noun: Noun, action: Action) -> None:
        """Count one row."""
        self.by_noun.setdefault(noun, dict.fromkeys(Action, 0))[action] += 1

    def of(self, action: Action) -> int:
        """Return how many rows of all nouns had an outcome."""
        return sum(counts[action] for counts in self.by_noun.values())


Listener = Callable[[Outcome], None]
