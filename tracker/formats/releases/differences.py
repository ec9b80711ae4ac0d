"""`CHANGES.csv` and `CHANGES.json`: how two releases differ, record by record and field by field, for programs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from tracker.formats.csv_writing import Column, write_rows
from tracker.formats.releases.moves import Move, changed, name

COLUMNS = [
    *(Column("resource"), Column("id"), Column("ref"), Column("name", True), Column("what"), Column("into", True)),
    *(Column("field"), Column("before", True), Column("after", True)),
]


def as_csv(moves: Iterable[Move]) -> Iterator[bytes]:
    """Yield a table: a row for each field that changed, with its cells as tables have them, or one for a record."""
    return write_rows(COLUMNS, (row for move in moves if move.what for row in _rows(move)))


def as_json(moves: Iterable[Move], *, version: str, since: str | None) -> Iterator[bytes]:
    """Yield an object: both releases, and the records that differ, each with its fields as the API has them."""
    head = msgspec.json.encode({"version": version, "since": since})
    yield head.removesuffix(b"}") + b',"changes":['
    written = (msgspec.json.encode(_object(move)) for move in moves if move.what)
    for place, one in enumerate(written):
        yield (b",\n" if place else b"\n") + one
    yield b"\n]}\n"


def _rows(move: Move) -> Iterator[Sequence[Any]]:
    last = move.last
    head = (move.noun.plural, last["id"], last["ref"], name(move.noun, last), move.what, move.into)
    if move.old and move.new:
        for field, before, after in changed(move.noun, move.old, move.new):
            yield *head, field, before, after
    else:
        yield *head, "", None, None


def _object(move: Move) -> dict[str, Any]:
    old, new, last = move.old or {}, move.new or {}, move.last
    fields = changed(move.noun, old, new) if old and new else ()
    return {
        "resource": move.noun.plural,
        "id": last["id"],
        "ref": last["ref"],
        "name": name(move.noun, last),
        "what": move.what,
        "into": move.into or None,
        "fields": {field: [old.get(field), new.get(field)] for field, *_ in fields},
    }
