"""CSV read as RFC 4180 has it: UTF-8 with or without a mark, CRLF or LF, line by line in flat memory.

A row knows the physical line on which it starts, which is what a person looks for in an editor; a quoted cell may run
over many lines.
"""

import csv
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

LONGEST_CELL = 4_000_000
csv.field_size_limit(LONGEST_CELL)

_REMEDIES = {
    "unexpected end of data": "a quotation mark that opens a cell is never closed; close it, or double it inside text",
    "expected after": "a quoted cell goes on after its closing mark; double the marks inside text: “”",
    "field larger than": f"a cell is longer than {LONGEST_CELL:,} characters; is a quotation mark never closed?",
    "new-line character": "the line ends are neither CRLF nor LF; save the file with one of these",
}


class Row(NamedTuple):
    """One row: the line on which it starts, from 1, and its cells as written."""

    line: int
    cells: list[str]


class NotCsv(ValueError):
    """What stands at a line can't be read, nor can what follows it."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        self.line, self.problem, self.remedy = line, problem, remedy
        super().__init__(f"line {line}: {problem}; {remedy}")


def read_rows(file: BinaryIO) -> Iterator[Row]:
    """Yield the rows, the header first, without those that are empty; raise NotCsv where it is CSV no more."""
    reader = csv.reader(_lines(file), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = next(
                (says for sign, says in _REMEDIES.items() if sign in str(error)), "quote cells as RFC 4180 says"
            )
            raise NotCsv(line, f"this is not CSV ({str(error).partition(' - ')[0]})", remedy) from error
        if any(cells):
            yield Row(line, cells)


def _lines(file: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            raise NotCsv(number, "this is not UTF-8", "save the file as “CSV UTF-8”") from error
        yield text.removeprefix("\ufeff") if number == 1 else text
