"""Rows written as a workbook of one sheet."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import openpyxl  # type: ignore[import-untyped]


def workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as XLSX; every cell is text, as it is written."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()
