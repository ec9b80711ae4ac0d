"""XLSX: the first sheet read row by row, formulas by their values, dates as ISO days;
and tables written.

An XLSX file is a ZIP archive of XML, and may be made to fill a disk or a memory:
what it expands to is measured before any of it is parsed, and no XML may declare entities.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from shutil import copyfileobj
from typing import Any, BinaryIO
from xml.parsers import expat

import msgspec
import openpyxl  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.packaging.core import DocumentProperties  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.writer.excel import ExcelWriter  # type: ignore[import-untyped]

from tracker.public.formats.csv import Column, Table
from tracker.public.formats.json import write_json
from tracker.public.formats.rows import Row, UnreadableError
from tracker.public.formats.xlsx_cells import SAVE_AS_CSV, Workbook, escaped
from tracker.values.texts import printable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPANDED = 150_000_000
MOST_FILES = 2_000
PIECE = 1 << 20
DAMAGED = "the workbook is damaged", "open it in a spreadsheet and save it as XLSX again"
QUICKLY_MADE = 200_000  # bytes of rows
# of a workbook that is made: as many as can be in the time that an answer may take
MOST_ROWS = 20_000
LONGEST_CELL, MOST_TITLE = 32_767, 31  # characters that Excel has room for
UNTITLED = re.compile(r"[\[\]:*?/\\']")
NOTHING: tuple[Any, ...] = (None, "", [], {})
NO_MOMENT = datetime(1980, 1, 1)
BOLD, WIDE, NARROW = Font(bold=True), 40, 12


def read_rows(file: BinaryIO) -> Iterator[Row]:
    """Yield the rows of the first sheet that are not empty, each as wide as the first;
    raise UnreadableError.
    """
    check_archive(file)
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _rows(Workbook(archive))
    except UnreadableError:
        raise
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        StopIteration,
        LookupError,
        ValueError,
        TypeError,
    ) as error:
        raise UnreadableError(0, *DAMAGED) from error


def check_archive(file: BinaryIO) -> None:
    """Raise UnreadableError for an archive that is damaged, or expands to more than MOST_EXPANDED,
    declared or not.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if (
                len(members) > MOST_FILES
                or sum(member.file_size for member in members) > MOST_EXPANDED
            ):
                raise _too_large()
            expanded = 0
            for member in members:
                expanded = _expand(archive, member, expanded)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
        raise UnreadableError(0, *DAMAGED) from error
    file.seek(0)


def _expand(archive: zipfile.ZipFile, member: zipfile.ZipInfo, expanded: int) -> int:
    """Return how much there is with one member more, whose sums are checked on the way."""
    with archive.open(member) as file:
        first = True
        while piece := file.read(PIECE):
            expanded += len(piece)
            if expanded > MOST_EXPANDED:
                raise _too_large()
            if first and b"<!DOCTYPE" in piece[:4096].replace(b"\0", b"").upper():
                raise UnreadableError(
                    0, "the workbook declares entities of XML, which none needs", SAVE_AS_CSV
                )
            first = False
    return expanded


def _too_large() -> UnreadableError:
    problem = f"the workbook expands to more than {MOST_EXPANDED // 1_000_000} MB"
    return UnreadableError(0, problem, SAVE_AS_CSV)


def _rows(book: Workbook) -> Iterator[Row]:
    width = length = 0
    for number, values in book.lines():
        written = [as_text(values.get(column)) for column in range(1, max(values, default=0) + 1)]
        length += sum(map(len, written))  # many cells may share one text
        if length > MOST_EXPANDED:
            raise _too_large()
        if written:
            width = width or len(written)
            yield Row(number, written + [""] * (width - len(written)))


def as_text(value: Any) -> str:
    """Return what a cell holds as it would be written in CSV:
    a date as an ISO day, a whole number without a point.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


Rows = tuple[Sequence[Column], bytes]  # columns, and rows as JSON, one a line, for another process


class TooManyRowsError(ValueError):
    """A table that has more rows than a workbook is made of."""

    def __init__(self) -> None:
        super().__init__(
            f"it has more than {MOST_ROWS:,} rows, too many for a workbook; take CSV, or ask "
            f"for less"
        )


def takes_long(rows: Rows) -> bool:
    """Tell whether to make a workbook takes more than a quarter of a second of a processor,
    about.
    """
    return len(rows[1]) > QUICKLY_MADE


def encoded(table: Table) -> Rows:
    """Return the columns and rows of a table as `workbook` takes them; raise TooManyRowsError.

    Text that begins with an apostrophe has one more, which import takes off, as in CSV.
    """
    lines: list[bytes] = []
    for row in table.rows:
        if len(lines) == MOST_ROWS:
            raise TooManyRowsError
        lines.append(msgspec.json.encode([*map(_value, row, table.columns)]))
    return table.columns, b"\n".join(lines)


def _value(value: Any, column: Column) -> Any:
    if column.is_text and isinstance(value, str) and value.startswith("'"):
        return f"'{value}"
    if value in NOTHING:
        return None
    return write_json(value) if isinstance(value, list | dict) else value


def workbook(name: str, columns: Sequence[Column], rows: bytes) -> bytes:
    """Return a table as XLSX of one sheet of this name, the same bytes each time;
    rows are JSON, one a line.

    Its head is bold, stays in sight and filters. Text is text, be it like a formula, an error or a
    number. Days are text too, as in CSV: most are vague ("2018", "2019-06~"), a column of both
    would sort and filter wrongly, and Excel has none before 1900.
    """
    book = openpyxl.Workbook(write_only=True)
    book.properties = DocumentProperties(creator="", created=NO_MOMENT, modified=NO_MOMENT)
    sheet = book.create_sheet(UNTITLED.sub("-", printable(name))[:MOST_TITLE])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        # beside the name is a button
        width = WIDE if column.is_text else max(NARROW, len(column.name) + 4)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, column.name, BOLD) for column in columns])
    lines = rows.splitlines()
    for line in lines:
        sheet.append([_cell(sheet, value) for value in msgspec.json.decode(line)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(lines) + 1}"
    file = BytesIO()
    ExcelWriter(book, _Archive(file, "w", zipfile.ZIP_DEFLATED)).save()
    return file.getvalue()


def _cell(sheet: Any, value: Any, font: Font | None = None) -> Any:
    """Return what is appended for a value;
    text of which openpyxl would make something else as a cell of text.
    """
    if not isinstance(value, str):
        return value
    text = printable(value)
    text = escaped(text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")
    if font is None and not text.startswith(("=", "#")):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if font:
        cell.font = font
    return cell


class _Archive(zipfile.ZipFile):
    """A ZIP archive whose files have no moment."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any) -> None:
        with self.open(_member(zinfo_or_arcname), "w") as file:
            file.write(data.encode() if isinstance(data, str) else data)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        with open(filename, "rb") as written, self.open(_member(arcname), "w") as file:
            copyfileobj(written, file)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)  # of 1980
    member.compress_type = zipfile.ZIP_DEFLATED
    return member
