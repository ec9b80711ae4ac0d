"""Tables as Parquet, where pyarrow is installed: numbers, days, lists of texts as such;
parts and objects as JSON.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from tracker.public.formats.lists import Chunks, Codes
from tracker.public.formats.releases.tables import Described, ReleaseTable, schema
from tracker.public.formats.rows import UnreadableError

MEDIA_TYPE = "application/vnd.apache.parquet"
PIECE = 1024 * 1024
ROWS = 1000  # read at once
READ: dict[str, Callable[[Any], Any]] = {"date": date.fromisoformat, "list": json.loads}


def is_available() -> bool:
    return find_spec("pyarrow") is not None


def write(table: ReleaseTable, chunks: Chunks, codes: Codes) -> Iterator[bytes]:
    """Yield the table; each chunk of records is a row group,
    and all are written before the first piece is read.
    """
    import pyarrow
    from pyarrow import parquet

    fields = schema(table)["fields"]
    kinds = [_kind(field) for field in fields]
    types = {
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "list": pyarrow.list_(pyarrow.string()),
        "string": pyarrow.string(),
    }
    shape = pyarrow.schema(
        [(field["name"], types[kind]) for field, kind in zip(fields, kinds, strict=True)]
    )
    with TemporaryFile() as written:
        with parquet.ParquetWriter(written, shape) as writer:
            for chunk in chunks:
                rows = list(table.rows([chunk], codes))
                columns = zip(*rows, strict=True) if rows else [[] for _ in fields]
                arrays = [
                    pyarrow.array([_read(kind, value) for value in column], types[kind])
                    for kind, column in zip(kinds, columns, strict=True)
                ]
                writer.write_table(pyarrow.Table.from_arrays(arrays, schema=shape))
        written.seek(0)
        yield from iter(lambda: written.read(PIECE), b"")


def read(file: BinaryIO) -> Iterator[list[Any]]:
    """Yield the names of the columns, then the values of each row;
    raise UnreadableError if it is no Parquet.
    """
    import pyarrow
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(file)
        yield table.schema_arrow.names
        for batch in table.iter_batches(batch_size=ROWS):
            yield from map(
                list, zip(*(column.to_pylist() for column in batch.columns), strict=True)
            )
    except (OSError, ValueError, pyarrow.ArrowException) as error:
        raise UnreadableError(
            0, f"this is not Parquet ({error})", "take it from a copy of the release"
        ) from error


def _kind(field: Described) -> str:
    """Return what a column holds: lists of texts are lists, other lists and objects are text."""
    if field["type"] == "array" and "arrayItem" in field:
        return "list"
    return "string" if field["type"] in ("array", "object") else str(field["type"])


def _read(kind: str, value: Any) -> Any:
    """Return a value as its column holds it; an empty list or object of JSON is none."""
    if value is None or (value in ([], {}) and kind != "list"):
        return None
    return READ[kind](value) if kind in READ and isinstance(value, str) else value
