"""A row of any file: where it stands, and its cells as text; and what says that a file can't be read."""

from typing import NamedTuple


class Row(NamedTuple):
    """One row: the line on which it starts (in a file of entries, which entry it is), from 1; its cells as written."""

    line: int
    cells: list[str]


class Unreadable(ValueError):
    """What stands at a line (0: the file as a whole) can't be read, nor can what follows it."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        self.line, self.problem, self.remedy = line, problem, remedy
        super().__init__(f"{f'line {line}: ' if line else ''}{problem}; {remedy}")
