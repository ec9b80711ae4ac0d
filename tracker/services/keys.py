"""Which record at the desk a key means: a slug, a country code, a text key, a number or, of a source, an address."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from tracker.models.constraints import ISO3, REF, SLUG
from tracker.models.merging import MERGEABLE
from tracker.models.nouns import DOCUMENTS
from tracker.services.imports.identities import COLUMNS, LARGEST_ID, normalised
from tracker.services.merging import survivors
from tracker.values.nouns import Noun

Key = str | int
A_NUMBER = re.compile("[1-9][0-9]{0,17}")
# How keys of a kind are spelled; what is spelled otherwise needn't be looked for.
SPELLED = {"slug": re.compile(SLUG), "iso3": re.compile(ISO3), "ref": re.compile(REF)}
Found = dict[Key, tuple[int, ...]]
Counts = tuple[tuple[str, int], ...]  # of each kind, how many keys there are
Written = Mapping[str, Mapping[str, list[Key]]]  # by kind, what a column must have, with the keys that say it
# By what each noun's records are addressed.
ADDRESSED: dict[Noun, tuple[str, ...]] = dict.fromkeys(Noun, ("id",))
ADDRESSED |= {Noun.ISSUE: ("slug",), Noun.ACTOR: ("slug", "iso3")}
# By what else a body may name them; the first that fits is meant.
NAMED: dict[Noun, tuple[str, ...]] = {
    Noun.ISSUE: ("slug", "ref", "id"),
    Noun.ACTOR: ("slug", "iso3", "ref", "id"),
    Noun.SOURCE: ("address", "ref", "id"),
}


# What those must know of a record who name it, with its type, and in which columns it is kept.
KNOWN = {"question": "text", "issued_earliest": "date", "accessed_on": "date"}
KNOWN_OF = {Noun.ISSUE: ("question",), Noun.SOURCE: ("issued_earliest", "accessed_on")}


def known_of(noun: Noun) -> str:
    """Return the columns of what must be known of records, as a list in SQL; null where a noun has none."""
    return ", ".join(name if name in KNOWN_OF.get(noun, ()) else f"NULL::{kind}" for name, kind in KNOWN.items())


class Here(NamedTuple):
    """A record that has one of the keys now; `keys` are what it has of each kind that was looked for."""

    was_merged: bool
    keys: Sequence[str | None]
    question: str | None
    issued_earliest: date | None
    accessed_on: date | None


class LookedUp(NamedTuple):
    """The records that keys mean, and those that have one now."""

    meant: Found
    here: Mapping[int, Here]


def records(noun: Noun, keys: Iterable[Key], kinds: Sequence[str], *, standing: bool = True) -> Found:
    """Return the records that keys mean, looked for by `kinds`: one each, none, or for an address perhaps several.

    A slug that was once public still means its record; with `standing`, what was merged means its survivor. One query,
    and a few more for keys that mean nothing now, for addresses, and for what was merged.
    """
    return look_up({noun: keys}, {noun: kinds}, standing=standing)[noun].meant


def look_up(
    wanted: Mapping[Noun, Iterable[Key]], kinds: Mapping[Noun, Sequence[str]], *, standing: bool = True
) -> dict[Noun, LookedUp]:
    """Return the same of several nouns, with what is known of the records that have one of the keys now."""
    keys = {noun: dict.fromkeys(some) for noun, some in wanted.items()}
    written = {
        noun: {kind: said for kind in kinds[noun] if (said := _written(kind, some))} for noun, some in keys.items()
    }
    here = _here(written)
    return {
        noun: LookedUp(_meant(noun, some, written[noun], here[noun], "slug" in kinds[noun], standing), here[noun])
        for noun, some in keys.items()
    }


def _meant(
    noun: Noun, wanted: Collection[Key], written: Written, here: Mapping[int, Here], has_slugs: bool, standing: bool
) -> Found:
    found = _found(wanted, written, here)
    gone = {record for record, one in here.items() if one.was_merged}
    missing = [key for key in wanted if key not in found]
    if missing and has_slugs:
        documents: QuerySet[Any] = DOCUMENTS[noun]._default_manager.all()
        once = documents.filter(slug__in=map(str, missing))
        older = {slug: (record,) for slug, record in once.order_by("opened").values_list("slug", "record")}
        gone |= {record for by in older.values() for record in by}
        found |= older
    merged = survivors(noun, gone) if standing and gone else {}
    return {key: tuple({merged.get(one, one): None for one in found.get(key, ())}) for key in wanted}


def _found(wanted: Collection[Key], written: Written, here: Mapping[int, Here]) -> Found:
    """Return the records that have a key now: those of the first kind of which it is the key of any."""
    held: list[dict[Key, list[int]]] = [defaultdict(list) for _ in written]
    for record, one in here.items():
        for by, said, value in zip(held, written.values(), one.keys, strict=True):
            for key in said.get(value or "", ()):
                by[key].append(record)
    return {key: tuple(of[0]) for key in wanted if (of := [by[key] for by in held if key in by])}


def _here(written: Mapping[Noun, Written]) -> dict[Noun, dict[int, Here]]:
    """Return the records that have one of the keys now, of each noun by their numbers; one query."""
    here: dict[Noun, dict[int, Here]] = {noun: {} for noun in written}
    asked = tuple((noun, tuple((kind, len(said)) for kind, said in by.items())) for noun, by in written.items() if by)
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(_having(asked), [value for by in written.values() for said in by.values() for value in said])
            for noun, record, *rest in sorted(cursor.fetchall(), key=itemgetter(1)):
                here[Noun(noun)][record] = Here(*rest)
    return here


@lru_cache(maxsize=256)
def _having(asked: tuple[tuple[Noun, Counts], ...]) -> str:
    """Return the statement that finds the records with one of the keys, of which it takes so many of each kind.

    Each is a parameter of its own, so that PostgreSQL knows how many there are and need not plan it anew.
    """
    return " UNION ALL ".join(_having_of(noun, counts) for noun, counts in asked)


def _having_of(noun: Noun, counts: Counts) -> str:
    was_merged = "merged_into_id IS NOT NULL" if noun in MERGEABLE else "false"
    columns, among = [], []
    for kind, count in counts:
        columns.append(column := COLUMNS.get(kind, kind))
        one = "%s::int" if kind == "id" else "%s"
        # A code is free for another actor, once the one that had it was merged.
        among.append(f"({column} IN ({', '.join([one] * count)}){f' AND NOT {was_merged}' * (kind == 'iso3')})")
    keys = ", ".join(f"{column}::text" for column in columns)
    return (
        f"SELECT '{noun}', id, {was_merged}, ARRAY[{keys}], {known_of(noun)} FROM tracker_{noun} "  # noqa: S608
        f"WHERE {' OR '.join(among)}"
    )


def _written(kind: str, keys: Collection[Key]) -> dict[str, list[Key]]:
    """Return what a column must have, as text, for keys that can be of this kind, each with the keys that say it."""
    said: dict[str, list[Key]] = defaultdict(list)
    texts = [key for key in keys if isinstance(key, str)]
    if kind == "address":
        addresses = [key for key in texts if "://" in key]
        for key, value in zip(addresses, normalised(addresses), strict=True):
            said[value].append(key)
    elif kind == "id":
        for number in keys:
            if A_NUMBER.fullmatch(str(number)) and int(number) <= LARGEST_ID:
                said[str(number)].append(number)
    else:
        for key in texts:
            if SPELLED[kind].fullmatch(key):
                said[key].append(key)
    return said
