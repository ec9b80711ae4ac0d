"""What is wrong, in structure:
whoever finds it says what and where, and each edge puts it into words of its own.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tracker.values.nearness import nearest
from tracker.values.nouns import Noun
from tracker.values.texts import escaped

Key = tuple[Noun, int]
Path = tuple[str | int, ...]


# of what is unknown in one place, each with what may be meant; the others are counted
MOST_EXPLAINED = 10


class PartRow(NamedTuple):
    """A part of a record, in a message: its name and its row."""

    name: str
    row: int

    def __str__(self) -> str:
        return f"{self.name.replace('_', ' ')} {self.row}"


class Place(NamedTuple):
    """Where a row stands in a file: the physical line on which it starts (1: the header; 0:
    the file as a whole).
    """

    file: str
    line: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and what would be right: with a record, or with what was said.

    `code` is for programs. `message` is for people, a template of `str.format`: {0}, {1} … stand
    for `others`, the records that it is about, {others} for all of them, and names for `params`.
    `path` leads to the value that is meant: ("citations", 2, "source") is the source of the third
    citation; it is empty where the record as a whole is meant. `remedy`, a template too, is what to
    write instead, where the message doesn't say it; `value` is what stands there, and `place` the
    row of a file in which it does. `rule` is the code of the rule that is broken, if it is one that
    holds at several edges.
    """

    code: str
    message: str
    path: Path = ()
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict, hash=False)
    record: Key | None = None
    others: tuple[Key, ...] = ()
    remedy: str = ""
    value: str = ""
    place: Place | None = None
    rule: str = ""

    def __str__(self) -> str:
        file, line = self.place or ("", 0)
        at = ", ".join(filter(None, [file, f"line {line}" if line else "", self.column]))
        return ": ".join(filter(None, [_plain(self.record) if self.record else "", at, self.text]))

    @property
    def field(self) -> str:
        """Return the field that is meant; empty if it is the record, or all of what was said."""
        return str(self.path[0]) if self.path else ""

    @property
    def column(self) -> str:
        """Return where the path leads, as people count: “citations 3: source”."""
        steps = (f" {step + 1}" if isinstance(step, int) else f": {step}" for step in self.path)
        return "".join(steps).lstrip(": ")

    @property
    def template(self) -> str:
        """Return the message with its remedy, to be filled in."""
        return f"{self.message}; {self.remedy}" if self.remedy else self.message

    @property
    def text(self) -> str:
        """Return the value, the message and the remedy as plain text:
        a record is its noun and number.
        """
        return f"{f'“{clipped(self.value)}”: ' if self.value else ''}{self.filled(self.template)}"

    def filled(self, template: str) -> str:
        """Return the message or the remedy as plain text."""
        names = [*map(_plain, self.others)]
        return template.format(*names, others=", ".join(names), **self.params)


class RefusedError(Exception):
    """Something can't be done as asked; `problems` says what and why, all at once.
    Nothing was done.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(map(str, self.problems)))


class InvalidError(RefusedError):
    """What was said can't be taken as it is, whatever the desk is like."""


def invalid_value(message: str, remedy: str, **params: Any) -> InvalidError:
    """Return the exception that says what is wrong with a value, and what to write instead."""
    return InvalidError([Problem("invalid", message, params=params, remedy=remedy)])


def among(value: str, valid: Sequence[str]) -> str:
    """Say what is valid, and what of it is nearest to what was given."""
    return one_of(valid).format(near=near(value, valid))


def one_of(valid: Sequence[str]) -> str:
    """Return the template that says what is valid; its `near` is what `near` returns."""
    return f"{{near}}write one of {', '.join(valid)}"


def near(value: str, valid: Sequence[str]) -> str:
    """Ask for what of the valid is nearest to what was given; empty: nothing is."""
    meant = nearest(value, valid)
    return f"did you mean {meant}? " if meant else ""


def clipped(value: str) -> str:
    """Return a value in one line of at most 80 characters."""
    line = escaped(" ".join(value.split()))
    return line if len(line) <= 80 else f"{line[:79]}…"


def _plain(record: Key) -> str:
    return f"{record[0]} {record[1]}"
