"""Rows written as CSV: UTF-8, CRLF, as RFC 4180 has it; import reads every cell back as the value that was written.

No value, and an empty list or object, is an empty cell; a list or an object is compact JSON; only text is guarded.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any, NamedTuple

from tracker.formats.csv_guard import guarded
from tracker.formats.csv_json import write_json

PIECE = 64 * 1024


class Column(NamedTuple):
    """A column: its name, and whether its cells are text, which a spreadsheet might take for a formula."""

    name: str
    is_text: bool = False


def write_rows(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a header and the rows, in pieces of about PIECE characters; values stand in the order of the columns."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    are_text = [column.is_text for column in columns]
    for row in rows:
        writer.writerow(map(cell, row, are_text))
        if written.tell() >= PIECE:
            yield _taken(written)
    yield _taken(written)


def cell(value: Any, is_text: bool = False) -> str:
    """Return a value as its cell."""
    if isinstance(value, str):
        return guarded(value) if is_text else value
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return write_json(value) if isinstance(value, bool | list | dict) else str(value)


def _taken(written: StringIO) -> bytes:
    piece = written.getvalue().encode()
    written.seek(0)
    written.truncate()
    return piece
