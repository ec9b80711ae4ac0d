"""Which record at the desk a key means:
a slug, a country code, a text key, a number or, of a source, an address.

And keys that belong to one record each: whose each is here, or was in public.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet
from psycopg.sql import SQL, Identifier

from tracker.desk.merge import survivors
from tracker.desk.records.fields import Layout
from tracker.models.fields import CountryField, RefField, SlugField
from tracker.models.nouns import DOCUMENTS, RECORDS, records_of
from tracker.models.queries import compose, rows_of
from tracker.values.addresses import shortened
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

LARGEST_ID = 2**31 - 1
KINDS = ("ref", "slug", "iso3")  # and of sources the address, with the day and the archived copy
FOR_EVER = ("ref", "slug")  # once public
PUBLIC = "it belongs to {0} for ever, which was public with it"
COLUMNS = {"address": "url_key"}  # in which a kind of key is kept, where that has another name
FIELD = {"address": "url"}  # the field of a key, where it isn't called the same
Key = str | int
A_NUMBER = re.compile("[1-9][0-9]{0,17}")
# How keys of a kind are spelled; what is spelled otherwise needn't be looked for.
SPELLED = {
    name: re.compile(kind.form.pattern)
    for name, kind in (("slug", SlugField), ("iso3", CountryField), ("ref", RefField))
}
Meant = dict[Key, tuple[int, ...]]
Row = Mapping[str, Any]
# by kind, what a column must have, with the keys that say it
WrittenKeys = Mapping[str, Mapping[Key, list[Key]]]
# By what each noun's records are addressed.
ADDRESSED: dict[Noun, tuple[str, ...]] = dict.fromkeys(Noun, ("id",))
ADDRESSED |= {Noun.ISSUE: ("slug",), Noun.ACTOR: ("slug", "iso3")}
# By what else a body may name them; the first that fits is meant.
NAMED: dict[Noun, tuple[str, ...]] = {
    Noun.ISSUE: ("slug", "ref", "id"),
    Noun.ACTOR: ("slug", "iso3", "ref", "id"),
    Noun.SOURCE: ("address", "ref", "id"),
}
# What those must know of a record who name it.
KNOWN: dict[Noun, tuple[str, ...]] = {
    Noun.SOURCE: ("issued_earliest", "issued_latest", "accessed_on")
}
# What is read of every record, null where its noun has no such column:
# keys, and what those must know who name it.
READ = {
    **dict.fromkeys(("id", "merged_into"), "int"),
    **dict.fromkeys(("slug", "iso3", "ref", "url_key", "question"), "text"),
    **dict.fromkeys(("issued_earliest", "issued_latest", "accessed_on"), "date"),
}
# A code is free for another actor, once the one that had it was merged.
ONLY = {"iso3": " AND merged_into_id IS NULL"}


class Identity(NamedTuple):
    """An id, None if there is none, and keys by kind."""

    id: int | None
    keys: dict[str, Hashable]


def normalised(urls: Sequence[str]) -> list[str]:
    """Return what other spellings of each address have in common with it,
    as the database sees it.
    """
    if not any(urls):
        return [""] * len(urls)
    query = (
        "SELECT public.normalised_url(url) FROM unnest(%s::text[]) WITH ORDINALITY AS u (url, n) "
        "ORDER BY n"
    )
    return [url for (url,) in rows_of(query, [[shortened(url) for url in urls]])]


def owners(layout: Layout, identities: Sequence[Identity]) -> dict[tuple[str, Hashable], int]:
    """Return which record has which id or key here, a statement for each kind of key."""
    held: dict[tuple[str, Hashable], int] = {}
    ids = [identity.id for identity in identities if identity.id]
    if ids:
        held |= {
            ("id", pk): pk
            for pk in records_of(layout.noun).filter(pk__in=ids).values_list("pk", flat=True)
        }
    for kind in KINDS:
        if keys := [identity.keys[kind] for identity in identities if kind in identity.keys]:
            having = records_of(layout.noun).filter(**{f"{kind}__in": keys})
            pairs = (having.unmerged() if kind == "iso3" else having).values_list(kind, "pk")
            held |= {(kind, key): pk for key, pk in pairs}
    addresses: list[Any] = [
        identity.keys["address"] for identity in identities if "address" in identity.keys
    ]
    if addresses:
        columns = ("url_key", "issued", "archive_url", "pk")
        sources = (
            records_of(layout.noun)
            .exclude(url="")
            .filter(url_key__in=[url for url, _, _ in addresses])
        )
        survivors_last = sources.order_by(models.F("merged_into").asc(nulls_last=True))
        held |= {("address", tuple(key)): pk for *key, pk in survivors_last.values_list(*columns)}
    return held


def public_owners(
    layout: Layout, identities: Sequence[Identity]
) -> dict[tuple[str, Hashable], int]:
    """Return which record was ever public with which key, and has it for ever;
    a statement for each kind of key.
    """
    documents: QuerySet[Any] = DOCUMENTS[layout.noun]._default_manager.all()
    held: dict[tuple[str, Hashable], int] = {}
    for kind in FOR_EVER:
        if keys := [identity.keys[kind] for identity in identities if kind in identity.keys]:
            owned = documents.filter(**{f"{kind}__in": keys}).values_list(kind, "record").distinct()
            held |= {(kind, key): record for key, record in owned}
    return held


def taken_keys(layout: Layout, record: Any, changed: set[str]) -> list[Problem]:
    """Return which keys of a record, whose fields have changed, are another's."""
    keys: dict[str, Any] = {
        kind: value for kind in KINDS if kind in changed and (value := getattr(record, kind))
    }
    if changed & {"url", "issued", "archive_url"} and layout.noun is Noun.SOURCE and record.url:
        keys["address"] = (*normalised([record.url]), record.issued, record.archive_url)
    held = owners(layout, [Identity(None, keys)]) if keys else {}
    others = {
        kind: owner
        for kind, key in keys.items()
        if (owner := held.get((kind, key), record.pk)) != record.pk
    }
    remedy = "use that one, or change it"
    return [
        Problem(
            "taken",
            "it is that of {0}",
            (FIELD.get(kind, kind),),
            remedy=remedy,
            others=((layout.noun, owner),),
        )
        for kind, owner in others.items()
    ] + public_keys(layout, record, changed - others.keys())


def public_keys(layout: Layout, record: Any, changed: Collection[str]) -> list[Problem]:
    """Return which keys of a record, whose fields have changed, were ever public of another."""
    keys = {
        kind: value for kind in FOR_EVER if kind in changed and (value := getattr(record, kind))
    }
    held = public_owners(layout, [Identity(None, keys)])
    return [
        Problem("taken", PUBLIC, (kind,), remedy="choose another", others=((layout.noun, owner),))
        for (kind, _), owner in held.items()
        if owner != record.pk
    ]


class LookedUp(NamedTuple):
    """The records that keys mean, and the rows of those that have one now,
    with what must be known of them.
    """

    meant: Meant
    here: Sequence[Row]


def records(
    noun: Noun, keys: Iterable[Key], kinds: Sequence[str], *, to_survivors: bool = True
) -> Meant:
    """Return the records that keys mean, looked for by `kinds`:
    one each, none, or for an address perhaps several.

    A slug that was once public still means its record; with `to_survivors`, what was merged means
    its survivor. One query, and a few more for keys that mean nothing now, for addresses, and for
    what was merged.
    """
    return look_up({noun: keys}, {noun: kinds}, to_survivors=to_survivors)[noun].meant


def look_up(
    keys: Mapping[Noun, Iterable[Key]],
    kinds: Mapping[Noun, Sequence[str]],
    *,
    to_survivors: bool = True,
) -> dict[Noun, LookedUp]:
    """Return the same of several nouns, with the records that have one of the keys now;
    one query for all of them.
    """
    wanted = {noun: dict.fromkeys(of) for noun, of in keys.items()}
    written = {
        noun: {kind: values for kind in kinds[noun] if (values := _written(kind, of))}
        for noun, of in wanted.items()
    }
    here = _here(written)
    return {
        noun: LookedUp(_meant(noun, of, written[noun], here[noun], to_survivors), here[noun])
        for noun, of in wanted.items()
    }


def _meant(
    noun: Noun, wanted: Iterable[Key], written: WrittenKeys, here: Sequence[Row], to_survivors: bool
) -> Meant:
    ids = _found_now(wanted, written, here)
    merged_away = {row["id"] for row in here if row.get("merged_into")}
    missing = [key for key in wanted if key not in ids]
    if missing and "slug" in written:
        documents: QuerySet[Any] = DOCUMENTS[noun]._default_manager.all()
        once = documents.filter(slug__in=map(str, missing))
        older = {
            slug: (record,)
            for slug, record in once.order_by("opened").values_list("slug", "record")
        }
        merged_away |= {record for by in older.values() for record in by}
        ids |= older
    merged = survivors(noun, merged_away) if to_survivors and merged_away else {}
    return {
        key: tuple({merged.get(record, record): None for record in ids.get(key, ())})
        for key in wanted
    }


def _here(written: Mapping[Noun, WrittenKeys]) -> dict[Noun, list[Row]]:
    """Return the records that have one of the keys now,
    by noun and in the order of their numbers.
    """
    here: dict[Noun, list[Row]] = {noun: [] for noun in written}
    wanted = {noun: by_kind for noun, by_kind in written.items() if by_kind}
    if wanted:
        query = " UNION ALL ".join(
            _having(noun, tuple(by_kind)) for noun, by_kind in wanted.items()
        )
        for noun, *row in rows_of(
            query, [list(values) for by_kind in wanted.values() for values in by_kind.values()]
        ):
            here[Noun(noun)].append(dict(zip(READ, row, strict=True)))
    return {noun: sorted(rows, key=itemgetter("id")) for noun, rows in here.items()}


@lru_cache(maxsize=64)
def _having(noun: Noun, kinds: tuple[str, ...]) -> str:
    """Return the query of the records of a noun that have one of the keys, a list for each kind.

    Composed once: a program's POST asks it each time, and composing it cost a tenth of that.
    """
    columns = {
        field.name: Identifier(str(field.column)) for field in RECORDS[noun]._meta.concrete_fields
    }
    read = SQL(", ").join(columns.get(name, SQL("NULL::" + kind)) for name, kind in READ.items())
    having = SQL(" OR ").join(
        SQL("{} = ANY(%s){}").format(Identifier(COLUMNS.get(kind, kind)), SQL(ONLY.get(kind, "")))
        for kind in kinds
    )
    query = compose(
        "SELECT {noun}, {read} FROM {table} WHERE {having}", noun, read=read, having=having
    )
    return query.as_string(None)


def _found_now(wanted: Iterable[Key], written: WrittenKeys, here: Sequence[Row]) -> Meant:
    """Return the records that have a key now:
    those of the first kind of which it is the key of any.
    """
    held: dict[str, dict[Key, list[int]]] = {kind: defaultdict(list) for kind in written}
    for row in here:
        for kind, keys in written.items():
            for key in keys.get(row[COLUMNS.get(kind, kind)], ()):
                held[kind][key].append(row["id"])
    return {
        key: tuple(of[0])
        for key in wanted
        if (of := [by[key] for by in held.values() if key in by])
    }


def _written(kind: str, keys: Iterable[Key]) -> dict[Key, list[Key]]:
    """Return what a column must have for keys that can be of this kind,
    each with the keys that say it.
    """
    written: dict[Key, list[Key]] = defaultdict(list)
    texts = [key for key in keys if isinstance(key, str)]
    if kind == "address":
        addresses = [key for key in texts if "://" in key]
        for key, value in zip(addresses, normalised(addresses), strict=True):
            written[value].append(key)
    elif kind == "id":
        for number in keys:
            if A_NUMBER.fullmatch(str(number)) and int(number) <= LARGEST_ID:
                written[int(number)].append(number)
    else:
        for key in texts:
            if SPELLED[kind].fullmatch(key):
                written[key].append(key)
    return written
