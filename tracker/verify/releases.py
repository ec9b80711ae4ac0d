"""Releases: every file has the length and the digest that it was given,
and every table the rows of its edition.

A release of before lacks columns, and fields of parts, that came later;
in its edition these are empty, but for country codes, which are of other records.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import zip_longest
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from tracker.models import Release, ReleaseFile, ReleasePiece
from tracker.public.formats.csv import cell, read_rows
from tracker.public.formats.releases import parquet
from tracker.public.formats.releases.tables import ReleaseTable, tables
from tracker.public.formats.rows import UnreadableError
from tracker.public.read.connection import read_primary
from tracker.public.read.keys import country_codes
from tracker.public.read.releases import documents
from tracker.verify.queries import Check, Progress

IN_MEMORY = 8 * 1024 * 1024
ORPHANS = Check(
    """
    SELECT name, release_id FROM tracker_releasefile
    WHERE NOT EXISTS (SELECT FROM tracker_release r WHERE r.id = release_id) ORDER BY id
    """,
    "{0}, a file of release number {1}: there is no such release",
)
Rows = Iterator[Sequence[Any]]


def complaints(progress: Progress) -> Iterator[str]:
    """Yield which files of releases are not what they were,
    and where a table first differs from its edition.
    """
    readers: dict[str, Callable[[Any], Rows]] = {
        "csv": _csv,
        **({"parquet": parquet.read} if parquet.is_available() else {}),
    }
    read_by = {
        f"{table.name}.{form}": (table, read)
        for table in tables()
        for form, read in readers.items()
    }
    for release in Release.objects.order_by("pk"):
        where, missing = f"release {release.version}", {table.name: table for table in tables()}
        for file in release.files.order_by("pk"):
            progress(f"{file.name} of {where}", 0, 0)
            missing.pop(file.name.removesuffix(".csv"), None)
            with SpooledTemporaryFile(max_size=IN_MEMORY) as content:
                if not _is_whole(file, content):
                    yield f"{where}: {file.name} is not what it was when it was made"
                elif file.name in read_by:
                    table, read = read_by[file.name]
                    if difference := _difference(
                        table, release.edition_id, read(content), guards=read is _csv
                    ):
                        yield f"{where}: {file.name}, {difference}"
        for name, table in missing.items():
            if difference := _difference(table, release.edition_id, iter(())):
                yield f"{where}: {name}.csv is not there; {difference}"
    yield from ORPHANS.complaints()


def _is_whole(file: ReleaseFile, content: Any) -> bool:
    """Put the pieces of a file together, and tell whether they are all and make its digest."""
    digest, numbers = sha256(), []
    pieces = (
        ReleasePiece.objects.filter(file=file).order_by("number").values_list("number", "content")
    )
    for number, piece in pieces.iterator(chunk_size=1):
        digest.update(piece)
        content.write(piece)
        numbers.append(number)
    size = content.tell()
    content.seek(0)
    return numbers == list(range(len(numbers))) and (size, digest.hexdigest()) == (
        file.size,
        file.sha256,
    )


def _csv(content: BinaryIO) -> Rows:
    return (row.cells for row in read_rows(content))


@read_primary()
def _difference(table: ReleaseTable, edition: int, rows: Rows, *, guards: bool = False) -> str:
    """Return where rows, the names of columns first, begin to differ from an edition's;
    "" if nowhere.
    """
    names, are_text = (
        [column.name for column in table.columns],
        [guards and column.is_text for column in table.columns],
    )
    try:
        header = list(next(rows, names))
        lacking = {name for name in names if name.endswith("_iso3")} - {*header}
        there = table.rows(documents(table.noun, edition), country_codes(edition))
        for number, (row, values) in enumerate(zip_longest(rows, there), 1):
            cells, expected = [*map(cell, row or ())], [*map(cell, values or (), are_text)]
            if (header, cells) == (names, expected):
                continue
            held = dict(zip_longest(header, cells, fillvalue="")) if cells else {}
            right = {
                name: value
                for name, value in zip(names, expected, strict=False)
                if name not in lacking
            }
            if (key := _key(table, held)) != (other := _key(table, right)):
                return f"row {number}: it has {key}, edition {edition} has {other}"
            if wrong := [
                name
                for name in {**right, **held}
                if not _agree(held.get(name, ""), right.get(name, ""))
            ]:
                return f"row {number}: {key} is not as in edition {edition}: {', '.join(wrong)}"
    except UnreadableError as error:
        return f"which can't be read: {error}"
    return ""


def _key(table: ReleaseTable, cells: Mapping[str, str]) -> str:
    if not cells:
        return "nothing"
    part = f", {table.field} {cells.get('place')}" if table.field else ""
    return f"{table.noun} {cells.get(table.noun if part else 'id')}{part}"


def _agree(*cells: str) -> bool:
    """Tell whether two cells say the same;
    of parts it doesn't matter whether what has no value is named.
    """
    held, right = (
        re.sub(r',"\w+":(null|\[\])', "", cell) if cell.startswith("[{") else cell for cell in cells
    )
    return held == right
