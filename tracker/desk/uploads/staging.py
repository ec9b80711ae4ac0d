"""A file received: its rows kept in a table until they are imported, or a day is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from unicodedata import normalize

from django.db import transaction
from django.db.models.functions import Now
from more_itertools import chunked

from tracker.desk.uploads.checking import check
from tracker.desk.uploads.reading import Reading, read
from tracker.desk.uploads.recognising import CSV, ENTRIES
from tracker.models import Upload, UploadPiece
from tracker.models.queries import run
from tracker.public.formats.json import NotJson, check_text, write_json
from tracker.public.formats.rows import Row, Unreadable
from tracker.values.nouns import Noun

MOST_BYTES = 100_000_000
MOST_ROWS = 20_000
KEPT_FOR = timedelta(days=1)
PIECE = 1 << 20
CHUNK = 500
KEEP = """
    INSERT INTO tracker_uploadrow
    (upload_id, line, cells, unread, "values", outcome, changes, faults, duplicates, choice)
    SELECT %s, line, cells, unread, "values", '', '[]', '[]', '[]', ''
    FROM jsonb_to_recordset(%s) AS n(line int, cells text[], unread text[], "values" jsonb)
"""


def importable(user: Any) -> list[Noun]:
    """Return the nouns of which somebody may import records: those that they may add and change."""
    return [noun for noun in Noun if user.has_perms([f"tracker.add_{noun}", f"tracker.change_{noun}"])]


@transaction.atomic
def receive(*, name: str, file: BinaryIO, made_by: int, noun: Noun | None = None) -> Upload:
    """Keep a file, and say of each of its rows what would become of it; raise Unreadable, and keep nothing."""
    forget_old()
    reading = read(file, name, noun=noun)
    upload = Upload.objects.create(made_by_id=made_by, name=name[-300:], **_attributes(reading))
    _keep_rows(upload, reading)
    if reading.kind == CSV:
        file.seek(0)
        pieces = enumerate(iter(lambda: file.read(PIECE), b""))
        for number, content in pieces:
            UploadPiece.objects.create(upload=upload, number=number, content=content)
    check(upload=upload)
    return upload


@transaction.atomic
def read_again(*, upload: Upload, noun: Noun, encoding: str = "", separator: str = "") -> None:
    """Read a CSV file once more, as is said now; what was chosen for its rows is forgotten. Raises Unreadable."""
    with _kept(upload) as file:
        reading = read(file, upload.name, noun=noun, encoding=encoding, separator=separator, kind=CSV)
        for field, value in _attributes(reading).items():
            setattr(upload, field, value)
        upload.save()
        upload.rows.all().delete()
        _keep_rows(upload, reading)
    check(upload=upload)


def forget_old() -> None:
    """Delete what was uploaded more than a day ago."""
    Upload.objects.filter(made_at__lt=Now() - KEPT_FOR).delete()


def _attributes(reading: Reading) -> dict[str, object]:
    return {
        "kind": reading.kind,
        "noun": reading.noun.value,
        "header": reading.header,
        "encoding": reading.encoding,
        "separator": reading.separator,
    }


def _keep_rows(upload: Upload, reading: Reading) -> None:
    """Keep the rows, also those that can't be read, unless none can; ten times as fast as one object for each."""
    count, unread, first = 0, 0, None
    for chunk in chunked(reading.rows, CHUNK):
        count += len(chunk)
        checked = [_checked(row) for row in chunk]
        if count > MOST_ROWS:
            raise Unreadable(0, f"it has more than {MOST_ROWS:,} rows", "split it into several files")
        run(KEEP, [upload.pk, write_json([row._asdict() for row in checked])])
        unreadable = [row for row in checked if row.unread]
        unread, first = unread + len(unreadable), first or next(iter(unreadable), None)
    if not count:
        raise Unreadable(0, "it has no rows", "write them below the columns' names")
    if first and unread == count:
        raise Unreadable(0 if reading.kind in ENTRIES else first.line, *first.unread)


def _checked(row: Row) -> Row:
    """Return a row as the database can keep it."""
    cells = [normalize("NFC", cell) for cell in row.cells]
    try:
        check_text(row.values)
        if not any("\0" in cell for cell in cells):
            return row._replace(cells=cells)
    except NotJson:
        pass
    unread = ["a cell has the character NUL", "remove it; is the file text at all?"]
    return Row(row.line, [cell.replace("\0", "") for cell in cells], unread)


@contextmanager
def _kept(upload: Upload) -> Iterator[BinaryIO]:
    with TemporaryFile() as file:
        for content in upload.pieces.order_by("number").values_list("content", flat=True).iterator(chunk_size=8):
            file.write(content)
        file.seek(0)
        yield file
