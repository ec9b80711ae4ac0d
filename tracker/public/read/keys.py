"""Which record a key means: a slug it ever had, or an ISO 3166-1 code, of then or else of any time.

A slug once public belongs to one record for ever, and so does a stable text key;
only codes depend on the edition. A key of a record that is merged into another means the survivor.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache

import msgspec
from psycopg.sql import SQL, Composable, Composed, Identifier

from tracker.public.read.connection import rows
from tracker.public.read.sql import OF_EDITION, Scope, literal, table_of, write
from tracker.schema import grouping
from tracker.schema.filters import LARGEST_ID, By
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

BY_SLUG = frozenset({Noun.ISSUE, Noun.ACTOR})


def can_be(noun: Noun, key: str) -> bool:
    """Tell whether a record can have this key."""
    if noun in BY_SLUG:
        return "\x00" not in key
    return re.fullmatch(r"[0-9]{1,10}", key) is not None and int(key) <= LARGEST_ID


def record_of(noun: Noun, key: Composable, scope: Scope) -> Composed:
    """Return SQL for the record that a key, SQL for a text, means in an address in an edition,
    or null.
    """
    current, ever = _records(noun, By.KEY, key, scope)
    return SQL("coalesce({}, {})").format(current, ever)


def survivor_of(noun: Noun, by: By, key: Composable, scope: Scope) -> Composed:
    """Return SQL for the record that a key means in a filter, or null:
    one that is merged means its survivor.
    """
    current, ever = _records(noun, by, key, scope)
    return SQL("coalesce({}, public.survivor({}, coalesce({}), {}))").format(
        current, literal(noun), ever, scope.number
    )


def records(
    noun: Noun, keys: Sequence[str], *, edition: int, survivors: bool = False
) -> list[int | None]:
    """Return the record that each key means in an edition, None for one that no record ever had;
    one statement.

    Of one that is merged into another, that other if `survivors` are asked for.
    """
    return [
        record
        for (record,) in rows(_statement(noun, survivors), {"keys": keys, "edition": edition})
    ]


def country_codes(edition: int) -> dict[str, str]:
    """Return the country codes that states have in an edition, by each slug that they ever had;
    one statement.
    """
    return dict(rows(CODES, {"edition": edition}))


CODES = write(
    """
    SELECT DISTINCT k.slug, d.iso3 FROM tracker_actordocument d JOIN tracker_actordocument k
        ON k.record = d.record
    WHERE {} AND d.iso3 IS NOT NULL
    """,
    OF_EDITION.live("d"),
)


def slugs(noun: Noun, keys: Collection[str], *, edition: int) -> dict[str, str]:
    """Return the slugs in an edition of the records that have these or had them before, by key;
    one statement.

    Without those that are not public in it.
    """
    return dict(rows(_slugs(noun, ever=False), {"keys": [*keys], "edition": edition}))


def slugs_ever(noun: Noun, keys: Collection[str], *, edition: int) -> dict[str, list[str]]:
    """Return all slugs that the records with these have had up to an edition, by key;
    one statement.
    """
    every = defaultdict[str, list[str]](list)
    for key, slug in rows(_slugs(noun, ever=True), {"keys": [*keys], "edition": edition}):
        every[key].append(slug)
    return every


@cache
def _slugs(noun: Noun, *, ever: bool) -> str:
    return write(
        """
        SELECT DISTINCT w.key, d.slug FROM unnest(%(keys)s::text[]) AS w (key)
        JOIN {documents} o ON o.slug = w.key JOIN {documents} d ON d.record = o.record AND {then}
        """,
        documents=table_of(noun),
        then=SQL("d.opened <= {}").format(OF_EDITION.number) if ever else OF_EDITION.live("d"),
    )


def in_keys_of(noun: Noun, bodies: Sequence[bytes], *, edition: int) -> Iterator[bytes]:
    """Yield records, as JSON, in which who is named by a key alone has that of an edition;
    at most one statement.
    """
    shape = SHAPES[noun]
    if not grouping.grouped(shape):
        yield from bodies
        return
    old = defaultdict[Noun, set[str]](set)
    for body in bodies:
        for named, key in grouping.keys(shape, msgspec.json.decode(body)):
            old[named].add(key)
    new = {
        (named, key): slug
        for named, keys in old.items()
        for key, slug in slugs(named, keys, edition=edition).items()
        if slug != key
    }
    for body in bodies:
        yield (
            msgspec.json.encode(grouping.with_new_keys(shape, msgspec.json.decode(body), new))
            if new
            else body
        )


@cache
def _statement(noun: Noun, survivors: bool) -> str:
    key = SQL("wanted.key")
    return write(
        "SELECT {} FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS wanted (key, place) "
        "ORDER BY wanted.place",
        survivor_of(noun, By.KEY, key, OF_EDITION)
        if survivors
        else record_of(noun, key, OF_EDITION),
    )


def _records(noun: Noun, by: By, key: Composable, scope: Scope) -> tuple[Composed, Composed]:
    """Return SQL for the record that had a key then, and for the one that ever had it."""
    columns = {
        By.KEY: ["slug", "iso3"]
        if noun is Noun.ACTOR
        else ["slug"]
        if noun in BY_SLUG
        else ["record"],
        By.NUMBER: ["record"],
        By.REF: ["ref"],
    }[by]
    queries = [
        SQL("SELECT k.record FROM {} k WHERE k.{} = {}{}").format(
            table_of(noun), Identifier(column), key, SQL("::int" if column == "record" else "")
        )
        for column in columns
    ]
    current = [SQL("({} AND {} LIMIT 1)").format(query, scope.live("k")) for query in queries]
    ever = [SQL("({} ORDER BY k.opened DESC LIMIT 1)").format(query) for query in queries]
    return SQL(", ").join(current), SQL(", ").join(ever)
