"""The rows of an upload as import takes them."""

from collections.abc import Generator

from tracker.formats.rows import Row
from tracker.models import Upload
from tracker.services.imports import Table
from tracker.services.uploads.recognising import ENTRIES
from tracker.values.nouns import Noun
from tracker.values.outcomes import Choice

CHUNK = 1000


def table_of(upload: Upload) -> Table:
    """Return the rows of an upload as import takes them, without those that are left out."""
    used = upload.rows.filter(choice=Choice.USE).values_list("line", "stands_for")
    stands_for = {line: record for line, record in used if record is not None}
    header = 0 if upload.kind in ENTRIES else 1
    return Table(upload.name, Noun(upload.noun), lambda: _rows(upload), stands_for, header)


def _rows(upload: Upload) -> Generator[Row]:
    yield Row(0 if upload.kind in ENTRIES else 1, upload.header)
    kept, last = upload.rows.exclude(choice=Choice.LEAVE_OUT).order_by("line"), 0
    while chunk := list(kept.filter(line__gt=last).values_list("line", "cells", "unread", "values")[:CHUNK]):
        yield from map(Row._make, chunk)
        last = chunk[-1][0]
