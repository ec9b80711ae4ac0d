"""A row of any file: where it stands, and its cells as text;
and what says that it, or a file, can't be read.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

MOST_CELLS = 500  # of a row


def heading(name: str) -> str:
    """Return what a column is headed by as columns are called: “Yes means” is yes_means."""
    return re.sub(r"[\s_-]+", "_", name.strip()).casefold()


class Row(NamedTuple):
    """One row: the line on which it starts (in a file of entries, which entry it is), from 1;
    its cells as written.

    `unread` is empty, or says why this row can't be read, though others can: the problem, the
    remedy and, if any, what stands there; of an entry that has `values` all that is wrong with it,
    three texts for each. `values` are those of an entry, by column, as JSON has them; a column that
    it leaves out says nothing. None: its cells say all. `part_lines` are those of the parts of its
    only list of them, if they have rows of their own.
    """

    line: int
    cells: list[str]
    unread: Sequence[str] = ()
    values: dict[str, Any] | None = None
    part_lines: Sequence[int] = ()


class UnreadableError(ValueError):
    """What stands at a line (0:
    the file as a whole) can't be read, nor, where it is raised, can what follows it.

    Readers of entries return one in the place of an entry that can't be read, if the next ones can.
    """

    def __init__(self, line: int, problem: str, remedy: str, value: str = "") -> None:
        self.line, self.problem, self.remedy, self.value = line, problem, remedy, value
        value = f"“{value}”: " if value else ""
        super().__init__(f"{f'line {line}: ' if line else ''}{value}{problem}; {remedy}")

    @property
    def unread(self) -> list[str]:
        """Return the problem, the remedy and what stands there, as a row keeps them."""
        return [self.problem, self.remedy, self.value]
