"""What is wrong with files: every fault says where it is, what stands there, and what to write instead."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.values.problems import Path

KEPT = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one cell, row or file.

    `line` is the physical line on which the row starts (1: the header; 0: the file as a whole); `path` leads to the
    value: a column, or a part with the place and the field of an item; it is empty where the row as a whole is meant.
    `by_database`: the database found it, and only in writing.
    """

    file: str
    line: int
    path: Path
    value: str
    problem: str
    remedy: str
    by_database: bool = False

    @property
    def column(self) -> str:
        """Return the column, with the item of a part and its field: “citations 2: source”."""
        name, item, field = (*self.path, "", "", "")[:3]
        return f"{name}{f' {int(item) + 1}' if item != '' else ''}{f': {field}' if field else ''}"

    def __str__(self) -> str:
        place = ", ".join(filter(None, [self.file, f"line {self.line}" if self.line else "", self.column]))
        value = f"“{_short(self.value)}”: " if self.value else ""
        return f"{place}: {value}{self.problem}{f'; {self.remedy}' if self.remedy else ''}"


@dataclass(slots=True)
class Faults:
    """All faults of an import: every one is counted, the first KEPT are kept."""

    count: int = 0
    kept: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Count a fault, and keep it if there is room."""
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append(fault)

    def __iter__(self) -> Iterator[Fault]:
        """Yield what was kept, by file and line."""
        files = list(dict.fromkeys(fault.file for fault in self.kept))
        yield from sorted(self.kept, key=lambda fault: (files.index(fault.file), fault.line))

    def __bool__(self) -> bool:
        return self.count > 0


class Refused(Exception):
    """Files can't be imported; `faults` says why. Nothing was written."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
