"""Which record at the desk a key means: a slug, a country code, a text key, a number or, of a source, an address."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from tracker.models.constraints import REF, SLUG
from tracker.models.merging import MERGEABLE
from tracker.models.nouns import DOCUMENTS
from tracker.services.imports.identities import COLUMNS, LARGEST_ID, normalised
from tracker.services.merging import survivors
from tracker.values.nouns import Noun

Key = str | int
A_NUMBER = re.compile("[1-9][0-9]{0,17}")
# How keys of a kind are spelled; what is spelled otherwise needn't be looked for.
SPELLED = {"slug": re.compile(SLUG), "iso3": re.compile("[A-Z]{3}"), "ref": re.compile(REF)}
Found = dict[Key, tuple[int, ...]]
Known = dict[int, Sequence[Any]]
# By what each noun's records are addressed.
ADDRESSED: dict[Noun, tuple[str, ...]] = dict.fromkeys(Noun, ("id",))
ADDRESSED |= {Noun.ISSUE: ("slug",), Noun.ACTOR: ("slug", "iso3")}
# By what else a body may name them; the first that fits is meant.
NAMED: dict[Noun, tuple[str, ...]] = {
    Noun.ISSUE: ("slug", "ref", "id"),
    Noun.ACTOR: ("slug", "iso3", "ref", "id"),
    Noun.SOURCE: ("address", "ref", "id"),
}


class LookedUp(NamedTuple):
    """The records that keys mean, and what is known of those that have one now."""

    meant: Found
    known: Known


def records(noun: Noun, keys: Iterable[Key], kinds: Sequence[str], *, standing: bool = True) -> Found:
    """Return the records that keys mean, looked for by `kinds`: one each, none, or for an address perhaps several.

    A slug that was once public still means its record; with `standing`, what was merged means its survivor. One query,
    and a few more for keys that mean nothing now, for addresses, and for what was merged.
    """
    return look_up(noun, keys, kinds, standing=standing).meant


def look_up(
    noun: Noun, keys: Iterable[Key], kinds: Sequence[str], columns: Sequence[str] = (), *, standing: bool = True
) -> LookedUp:
    """Return the same, and what these columns of the records have that have one of the keys now."""
    wanted = dict.fromkeys(keys)
    here = _at_the_desk(noun, wanted, kinds, columns) if wanted else _Here({}, set(), {})
    found, gone = here.found, here.gone
    missing = [key for key in wanted if key not in found]
    if missing and "slug" in kinds:
        documents: QuerySet[Any] = DOCUMENTS[noun]._default_manager.all()
        once = documents.filter(slug__in=map(str, missing))
        older = {slug: (record,) for slug, record in once.order_by("opened").values_list("slug", "record")}
        gone |= {record for by in older.values() for record in by}
        found |= older
    merged = survivors(noun, gone) if standing and gone else {}
    meant = {key: tuple({merged.get(one, one): None for one in found.get(key, ())}) for key in wanted}
    return LookedUp(meant, here.known)


class _Here(NamedTuple):
    """The records that have a key now, which of them were merged, and what is known of each."""

    found: Found
    gone: set[int]
    known: Known


def _at_the_desk(noun: Noun, keys: Collection[Key], kinds: Sequence[str], columns: Sequence[str]) -> _Here:
    written = {kind: said for kind in kinds if (said := _written(kind, keys))}
    held: dict[str, dict[Key, list[int]]] = {kind: defaultdict(list) for kind in written}
    gone: set[int] = set()
    known: Known = {}
    for pk, was_merged, *values in _rows(noun, tuple(columns), written):
        if was_merged:
            gone.add(pk)
        known[pk] = values[len(written) :]
        for kind, value in zip(written, values, strict=False):
            for key in written[kind].get(value, ()):
                held[kind][key].append(pk)
    found = {
        key: tuple(next(by[key] for by in held.values() if key in by))
        for key in keys
        if any(key in by for by in held.values())
    }
    return _Here(found, gone, known)


def _rows(noun: Noun, columns: tuple[str, ...], written: Mapping[str, Mapping[Key, Any]]) -> list[tuple[Any, ...]]:
    if not written:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_having(noun, tuple(written), columns), [list(values) for values in written.values()])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


@cache
def _having(noun: Noun, kinds: tuple[str, ...], also: tuple[str, ...]) -> str:
    """Return the statement that finds the records with one of the keys, of which it takes a list for each kind."""
    columns = [COLUMNS.get(kind, kind) for kind in kinds]
    was_merged = "merged_into_id IS NOT NULL" if noun in MERGEABLE else "false"
    # A code is free for another actor, once the one that had it was merged.
    among = [f"{column} = ANY(%s)" + f" AND NOT {was_merged}" * (column == "iso3") for column in columns]
    return (
        f"SELECT id, {', '.join([was_merged, *columns, *also])} FROM tracker_{noun} "  # noqa: S608 - columns of ours
        f"WHERE {' OR '.join(f'({one})' for one in among)} ORDER BY id"
    )


def _written(kind: str, keys: Collection[Key]) -> dict[Key, list[Key]]:
    """Return the values that a column must have for keys that can be of this kind, each with the keys that say it."""
    said: dict[Key, list[Key]] = defaultdict(list)
    texts = [key for key in keys if isinstance(key, str)]
    if kind == "address":
        addresses = [key for key in texts if "://" in key]
        for key, value in zip(addresses, normalised(addresses), strict=True):
            said[value].append(key)
    elif kind == "id":
        for number in keys:
            if A_NUMBER.fullmatch(str(number)) and int(number) <= LARGEST_ID:
                said[int(number)].append(number)
    else:
        for key in texts:
            if SPELLED[kind].fullmatch(key):
                said[key].append(key)
    return said
