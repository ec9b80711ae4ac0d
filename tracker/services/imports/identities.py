"""What a row says about which record it is: an id, and keys that belong to one record each.

A row is the record with its `id`, if there is one here, else with its `ref`, else with its slug (issues, actors) or
address, day and archived copy (sources); never one that merely looks alike.
"""

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from django.db import connection, models

from tracker.formats.csv_cells import BadCell, number
from tracker.formats.csv_guard import unguarded
from tracker.services.imports.columns import Layout
from tracker.services.imports.tables import Written
from tracker.values.addresses import shortened
from tracker.values.nouns import Noun

LARGEST_ID = 2**31 - 1
COLUMNS = {"address": "url_key"}  # in which a kind of key is kept, where that has another name
MATCHING = ("ref", "slug", "address")  # in this order; iso3 belongs to one record too, but tells none
COLUMN = {"address": "url"}  # the column of a key, where it isn't called the same


class Identity(NamedTuple):
    """The id of a row, None if it has none that could be one, and its keys by kind."""

    id: int | None
    keys: dict[str, Hashable]


def identities(layout: Layout, rows: Sequence[Written]) -> list[Identity]:
    """Return what each row says about which record it is; one statement for sources, none for others."""
    found = [Identity(_id(row), _keys(layout, row)) for row in rows]
    if layout.noun is Noun.SOURCE:
        urls = normalised([plain(row.cells.get("url", "")) for row in rows])
        for row, identity, url in zip(rows, found, urls, strict=True):
            if url:
                identity.keys["address"] = (
                    url,
                    plain(row.cells.get("issued", "")),
                    shortened(plain(row.cells.get("archive_url", ""))),
                )
    return found


def normalised(urls: Sequence[str]) -> list[str]:
    """Return what other spellings of each address have in common with it, as the database sees it."""
    if not any(urls):
        return [""] * len(urls)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public.normalised_url(url) FROM unnest(%s::text[]) WITH ORDINALITY AS u (url, n) ORDER BY n",
            [[shortened(url) for url in urls]],
        )
        return [url for (url,) in cursor.fetchall()]


def owners(layout: Layout, found: Sequence[Identity]) -> dict[tuple[str, Hashable], int]:
    """Return which record has which id or key here, a statement for each kind of key."""
    held: dict[tuple[str, Hashable], int] = {}
    ids = [identity.id for identity in found if identity.id]
    if ids:
        held |= {("id", pk): pk for pk in _rows(layout).filter(pk__in=ids).values_list("pk", flat=True)}
    for kind in ("ref", "slug", "iso3"):
        if keys := [identity.keys[kind] for identity in found if kind in identity.keys]:
            having = _rows(layout).filter(**{f"{kind}__in": keys})
            pairs = (having.filter(merged_into=None) if kind == "iso3" else having).values_list(kind, "pk")
            held |= {(kind, key): pk for key, pk in pairs}
    addresses: list[Any] = [identity.keys["address"] for identity in found if "address" in identity.keys]
    if addresses:
        columns = ("url_key", "issued", "archive_url", "pk")
        sources = _rows(layout).exclude(url="").filter(url_key__in=[url for url, _, _ in addresses])
        of_the_standing_last = sources.order_by(models.F("merged_into").asc(nulls_last=True))
        held |= {("address", tuple(key)): pk for *key, pk in of_the_standing_last.values_list(*columns)}
    return held


def match(identity: Identity, held: dict[tuple[str, Hashable], int]) -> int | None:
    """Return the id of the record that a row is, or None if it is new."""
    if identity.id and ("id", identity.id) in held:
        return identity.id
    for kind in MATCHING:
        if kind in identity.keys and (record := held.get((kind, identity.keys[kind]))):
            return record
    return None


def _rows(layout: Layout) -> "models.QuerySet[Any]":
    return layout.model._default_manager.all()


def _id(row: Written) -> int | None:
    try:
        found = number(row.cells.get("id", ""))
    except BadCell:
        return None
    return found if found <= LARGEST_ID else None


def _keys(layout: Layout, row: Written) -> dict[str, Hashable]:
    return {
        kind: key
        for kind in ("ref", "slug", "iso3")
        if kind in layout.columns and (key := plain(row.cells.get(kind, "")))
    }


def plain(cell: str) -> str:
    """Return what a cell says without the guard of spreadsheets and the blanks around it."""
    return unguarded(cell).strip()
