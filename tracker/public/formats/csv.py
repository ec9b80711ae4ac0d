"""CSV as RFC 4180 has it, read and written: what is written is what is read.

Read in any encoding and with any separator, CRLF or LF, line by line in flat memory. A row knows
the physical line on which it starts, which is what a person looks for in an editor; a quoted cell
may run over many lines.

Written as UTF-8 with CRLF. No value, and an empty list or object, is an empty cell; a list or an
object is compact JSON. Text alone, not numbers, dates, codes or JSON, is kept from being taken for
a formula by a spreadsheet: one apostrophe is put before it, and taken off again. As an apostrophe
is guarded too, `unguarded(guarded(text)) == text`.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import TextIOWrapper
from typing import Any, BinaryIO, NamedTuple

from tracker.public.formats.json import write_json
from tracker.public.formats.rows import MOST_CELLS, Row, UnreadableError

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
PIECE = 64 * 1024
LONGEST_CELL = 4_000_000
csv.field_size_limit(LONGEST_CELL)

_REMEDIES = {
    "unexpected end of data": (
        "a quotation mark that opens a cell is never closed; close it, or double it inside text"
    ),
    "expected after": (
        "a quoted cell goes on after its closing mark; double the marks inside text: “”"
    ),
    "field larger than": (
        f"a cell is longer than {LONGEST_CELL:,} characters; is a quotation mark never closed?"
    ),
    "new-line character": "the line ends are neither CRLF nor LF; save the file with one of these",
}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "windows-1252": "Windows-1252",
    "latin-1": "Latin-1",
}


class NotCsvError(UnreadableError):
    """What stands at a line is no CSV."""


def read_rows(file: BinaryIO, *, encoding: str = "utf-8", separator: str = ",") -> Iterator[Row]:
    """Yield the rows, the header first, without those that are empty;
    raise NotCsvError where it is CSV no more.
    """
    reader = csv.reader(_lines(file, encoding), strict=True, delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = next(
                (says for sign, says in _REMEDIES.items() if sign in str(error)),
                "quote cells as RFC 4180 says",
            )
            raise NotCsvError(
                line, f"this is not CSV ({str(error).partition(' - ')[0]})", remedy
            ) from error
        if len(cells) > MOST_CELLS:
            raise NotCsvError(
                line, f"the row has more than {MOST_CELLS} cells", "remove what is not needed"
            )
        if any(cells) and not (line == 1 and _names_separator(cells, separator)):
            yield Row(line, cells)


def _names_separator(cells: list[str], separator: str) -> bool:
    """Say whether a first line only tells spreadsheets what separates the cells: `sep=;`."""
    return cells == ["sep=", ""] or cells == [f"sep={separator}"]


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    for number, text in enumerate(_decoded(file, encoding), 1):
        yield text.removeprefix("\ufeff") if number == 1 else text


def _decoded(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Yield the lines; only of encodings that have ASCII's line feed
    are they known before they are decoded.
    """
    number = 0
    text = TextIOWrapper(file, encoding, newline="\n") if encoding == "utf-16" else None
    lines: Iterator[str | bytes] = iter(text or file)
    try:
        for number, line in enumerate(lines, 1):  # noqa: B007 - it is told where a line can't be decoded
            yield line if isinstance(line, str) else line.decode(encoding)
    except UnicodeError as error:
        at = number + 1 if text else number
        remedy = "save the file as “CSV UTF-8”"
        raise NotCsvError(at, f"this is not {ENCODINGS.get(encoding, encoding)}", remedy) from error
    finally:
        if text:
            text.detach()  # else it would close the file


class Column(NamedTuple):
    """A column: its name, and whether its cells are text,
    which a spreadsheet might take for a formula.
    """

    name: str
    is_text: bool = False


class Table(NamedTuple):
    """Columns, and rows of values in their order:
    texts, numbers, truths, None, and what becomes JSON.
    """

    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def write_rows(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a header and the rows, in pieces of about PIECE characters;
    values stand in the order of the columns.
    """
    are_text = [column.is_text for column in columns]
    return write_cells(columns, (map(quoted, map(cell, row, are_text)) for row in rows))


def write_cells(columns: Sequence[Column], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield a header and the rows as `write_rows` does; cells are quoted already.

    By hand: Python's writer looks at each character by itself,
    and takes half as long as all the rest together.
    """
    lines, size = [",".join(column.name for column in columns)], 0
    for row in rows:
        lines.append(",".join(row) or '""')  # an empty line would be no row
        size += len(lines[-1]) + 2
        if size >= PIECE:
            yield _written(lines)
            lines, size = [], 0
    yield _written(lines)


def _written(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def quoted(text: str) -> str:
    """Return a cell as RFC 4180 has it:
    in quotation marks if it has some in it, a comma or an end of line.
    """
    if '"' in text:
        text = text.replace('"', '""')
        return f'"{text}"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text


def cell(value: Any, is_text: bool = False) -> str:
    if isinstance(value, str):
        return guarded(value) if is_text else value
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return write_json(value) if isinstance(value, bool | list | dict) else str(value)


def guarded(text: str) -> str:
    """Return text as an export writes it: an apostrophe before a leading `= + - @ TAB CR '`."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """Return text as an import reads it:
    without exactly one leading apostrophe, if there is any.
    """
    return text.removeprefix("'")
