"""Uploads for tests: received from text, bytes or rows, and imported."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl

from tests.factories import UserFactory
from tracker import history
from tracker.desk import imports
from tracker.desk.imports import Imported
from tracker.models import Upload
from tracker.public.formats.xlsx_cells import escaped
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel


def received(
    content: str | bytes, name: str = "sources.csv", *, noun: Noun | None = None
) -> Upload:
    """Return a file received from a new analyst."""
    file = BytesIO(content if isinstance(content, bytes) else content.encode())
    return imports.receive(
        name=name, file=file, made_by=UserFactory(groups=["analysts"]).pk, noun=noun
    )


def workbook(*rows: list[Any]) -> bytes:
    """Return an XLSX file of one sheet, its texts escaped as a spreadsheet does."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([escaped(value) if isinstance(value, str) else value for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def of_json(*objects: dict[str, Any]) -> str:
    """Return a list of objects."""
    return json.dumps(objects, ensure_ascii=False)


def outcomes(upload: Upload) -> dict[int, str]:
    """Return what would become of each row, by line."""
    return dict(upload.rows.order_by("line").values_list("line", "outcome"))


def faults(upload: Upload) -> list[tuple[int, str]]:
    """Return the line and column of each thing that is wrong, the file's own at line 0."""
    upload.refresh_from_db()
    of_rows = upload.rows.order_by("line").values_list("line", "faults")
    return [(0, fault[0]) for fault in upload.faults] + [
        (line, fault[0]) for line, row in of_rows for fault in row
    ]


def imported(upload: Upload, *, meanwhile: Callable[[], Any] = lambda: None) -> Imported:
    """Import an upload as its maker."""
    meanwhile()
    with history.changeset(made_by=upload.made_by_id, reason="a test", channel=Channel.IMPORT):
        return imports.apply_upload(upload=upload)
