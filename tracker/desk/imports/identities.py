"""What a row says about which record it is: an id, and keys that belong to one record each.

A row is the record with its `id`, if there is one here, else with its `ref`, else with its slug (issues, actors) or
address, day and archived copy (sources); never one that merely looks alike.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from tracker.desk.imports.tables import WrittenRow
from tracker.desk.records.fields import Layout
from tracker.desk.records.identities import KINDS, LARGEST_ID, Identity, normalised
from tracker.models.nouns import records_of
from tracker.public.formats.csv import unguarded
from tracker.values.addresses import shortened
from tracker.values.dates import InvalidDate, bounds
from tracker.values.nouns import Noun

MATCHING = ("ref", "slug", "address")  # in this order; iso3 belongs to one record too, but tells none
AN_ID = re.compile(r"[1-9][0-9]{0,17}")


def identities(layout: Layout, rows: Sequence[WrittenRow]) -> list[Identity]:
    """Return what each row says about which record it is; one statement for sources, none for others."""
    identified = [Identity(number(row, "id"), _keys(layout, row)) for row in rows]
    if layout.noun is Noun.SOURCE:
        urls = normalised([plain(row.cells.get("url", "")) for row in rows])
        for row, identity, url in zip(rows, identified, urls, strict=True):
            if url:
                identity.keys["address"] = (
                    url,
                    _issued(plain(row.cells.get("issued", ""))),
                    shortened(plain(row.cells.get("archive_url", ""))),
                )
    return identified


def match(identity: Identity, held: dict[tuple[str, Hashable], int]) -> int | None:
    """Return the id of the record that a row is, or None if it is new."""
    if identity.id and ("id", identity.id) in held:
        return identity.id
    for kind in MATCHING:
        if kind in identity.keys and (record := held.get((kind, identity.keys[kind]))):
            return record
    return None


def records_here(layout: Layout, matched: Iterable[int | None]) -> dict[int, dict[str, Any]]:
    """Return the version of each record, and the keys by which rows name it; one statement, if there are any."""
    ids = [record for record in matched if record]
    columns = ("pk", "version", *(kind for kind in ("ref", "slug") if kind in layout.fields))
    return {row["pk"]: row for row in records_of(layout.noun).filter(pk__in=ids).values(*columns)} if ids else {}


def number(row: WrittenRow, column: str) -> int | None:
    """Return a number that an export writes of a record, if there is one that can be: its id, its version."""
    written = row.cells.get(column, "").strip()
    return int(written) if AN_ID.fullmatch(written) and int(written) <= LARGEST_ID else None


def _keys(layout: Layout, row: WrittenRow) -> dict[str, Hashable]:
    return {kind: key for kind in KINDS if kind in layout.fields and (key := plain(row.cells.get(kind, "")))}


def _issued(written: str) -> str:
    """Return a date as it is kept, or as it is written if it can't be."""
    try:
        return bounds(written).edtf
    except InvalidDate:
        return written


def plain(cell: str) -> str:
    """Return what a cell says without the guard of spreadsheets and the blanks around it."""
    return unguarded(cell).strip()
