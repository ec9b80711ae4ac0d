"""What is wrong, in structure: whoever finds it says what and where, and each edge puts it into words of its own."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tracker.values.nouns import Noun

Key = tuple[Noun, int]
Path = tuple[str | int, ...]


class Part(NamedTuple):
    """A part of a record, in a message: its name and its row."""

    name: str
    row: int

    def __str__(self) -> str:
        return f"{self.name.replace('_', ' ')} {self.row}"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and what would be right: with a record, or with what was said.

    `code` is for programs. `message` is for people, a template of `str.format`: {0}, {1} … stand for `others`, the
    records that it is about, {others} for all of them, and names for `params`. `path` leads to the value that is meant:
    ("citations", 2, "source") is the source of the third citation.
    """

    code: str
    message: str
    path: Path = ()
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict, hash=False)
    record: Key | None = None
    others: tuple[Key, ...] = ()

    def __str__(self) -> str:
        record = [_plain(self.record)] if self.record else []
        return ": ".join([*record, *([".".join(map(str, self.path))] if self.path else []), self.text])

    @property
    def field(self) -> str:
        """Return the field that is meant; empty if it is the record, or all of what was said."""
        return str(self.path[0]) if self.path else ""

    @property
    def text(self) -> str:
        """Return the message as plain text: a record is its noun and number."""
        names = [*map(_plain, self.others)]
        return self.message.format(*names, others=", ".join(names), **self.params)


class Refused(Exception):
    """Something can't be done as asked; `problems` says what and why, all at once. Nothing was done."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(map(str, self.problems)))


class Invalid(Refused):
    """What was said can't be taken as it is, whatever the desk is like."""


def _plain(record: Key) -> str:
    return f"{record[0]} {record[1]}"
