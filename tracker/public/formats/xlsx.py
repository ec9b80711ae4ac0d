"""XLSX: read row by row, the first sheet, formulas by their values, cells that are dates as ISO days; and written.

An XLSX file is a ZIP archive of XML, and may be made to fill a disk or a memory: what it expands to is measured before
any of it is parsed, and no XML may declare entities.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, BinaryIO

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from tracker.public.formats.rows import MOST_CELLS, Row, UnreadableError

MOST_EXPANDED = 150_000_000
MOST_FILES = 2_000
MOST_LINES = 1_048_576  # as many as Excel has; empty ones cost nothing to write and something to read
PIECE = 1 << 20
DAMAGED = "the workbook is damaged", "open it in a spreadsheet and save it as XLSX again"
SAVE_AS_CSV = "save the sheet as “CSV UTF-8”, or split it"


def read_rows(file: BinaryIO) -> Iterator[Row]:
    """Yield the rows of the first sheet that are not empty, each as wide as the first; raise UnreadableError."""
    check_archive(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            yield from _rows(book.worksheets[0])
        finally:
            book.close()
    except UnreadableError:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        SyntaxError,
    ) as error:
        raise UnreadableError(0, *DAMAGED) from error


def check_archive(file: BinaryIO) -> None:
    """Raise UnreadableError for an archive that is damaged, or expands to more than MOST_EXPANDED, declared or not."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_EXPANDED:
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
                raise UnreadableError(0, "the workbook declares entities of XML, which none needs", SAVE_AS_CSV)
            first = False
    return expanded


def _too_large() -> UnreadableError:
    problem = f"the workbook expands to more than {MOST_EXPANDED // 1_000_000} MB"
    return UnreadableError(0, problem, SAVE_AS_CSV)


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a sheet declares of its size need not be so
    width = length = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        written = [as_text(value) for value in cells[: MOST_CELLS + 1]]
        while written and not written[-1]:
            written.pop()
        length += sum(map(len, written))  # many cells may share one text
        if length > MOST_EXPANDED or number > MOST_LINES:
            raise _too_large()
        if len(written) > MOST_CELLS:
            raise UnreadableError(number, f"the row has more than {MOST_CELLS} cells", "remove what is not needed")
        if written:
            width = width or len(written)
            yield Row(number, written + [""] * (width - len(written)))


def as_text(value: Any) -> str:
    """Return what a cell holds as it would be written in CSV: a date as an ISO day, a whole number without a point."""
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


def workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as XLSX of one sheet; every cell is text, as it is written."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()
