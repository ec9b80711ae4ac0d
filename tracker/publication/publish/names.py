"""What documents call the records that they refer to: in the latest edition, in earlier ones, or if published now."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from tracker.publication.publish.locking import Batch
from tracker.publication.publish.render import reference_of
from tracker.publication.read.keys import BY_SLUG
from tracker.schema.parts import Reference, SourceReference
from tracker.values.nouns import Noun

NAME = {Noun.ISSUE: "title", Noun.ACTOR: "name", Noun.SOURCE: "title"}
NAMES_AT_DESK = " UNION ALL ".join(
    f"SELECT '{noun}', id, {'slug' if noun in BY_SLUG else 'NULL'}, {name} FROM tracker_{noun} WHERE id = ANY(%s)"
    for noun, name in NAME.items()
)
References = dict[tuple[Noun, int], Reference | SourceReference]
PastReferences = dict[tuple[Noun, int, int], Reference | SourceReference]


def references(named: Iterable[tuple[Noun, int]]) -> References:
    """Return how documents of the latest edition refer to those of the named records that are public."""
    return {
        (noun, record): reference_of(noun, key, name)
        for noun, records in _by_noun(named).items()
        for record, key, name in _rows(
            f"SELECT record, {key_of(noun)}, {name_of(noun)} FROM tracker_{noun}document "
            "WHERE closed IS NULL AND record = ANY(%s)",
            records,
        )
    }


def past_references(named: Iterable[tuple[Noun, int, int]]) -> PastReferences:
    """Return how an edition referred to a record, by noun, record and edition; without those not public in it.

    One query per noun.
    """
    by_noun: dict[Noun, list[tuple[int, int]]] = defaultdict(list)
    for noun, record, edition in named:
        by_noun[noun].append((record, edition))
    return {
        (noun, record, edition): reference_of(noun, key, name)
        for noun, pairs in by_noun.items()
        for record, edition, key, name in _rows(
            f"""
            SELECT n.record, n.edition, {key_of(noun)}, {name_of(noun)}
            FROM unnest(%s::int[], %s::int[]) AS n (record, edition)
            JOIN tracker_{noun}document d USING (record)
            WHERE d.opened <= n.edition AND d.gone > n.edition
            """,
            [record for record, _ in pairs],
            [edition for _, edition in pairs],
        )
    }


def names_at_desk(named: Iterable[tuple[Noun, int]]) -> References:
    """Return how records are called at the desk; one query."""
    by_noun = _by_noun(named)
    if not by_noun:
        return {}
    return {
        (Noun(noun), record): reference_of(Noun(noun), slug or record, name)
        for noun, record, slug, name in _rows(NAMES_AT_DESK, *(by_noun.get(noun, []) for noun in NAME))
    }


def names_with(batch: Batch, named: Collection[tuple[Noun, int]]) -> References:
    """Return how an edition of this batch refers to those named: as published with it, else as they are public."""
    published_too = {(noun, record) for noun, record in named if record in batch.get(noun, ())}
    return {**references(name for name in named if name not in published_too), **names_at_desk(published_too)}


def key_of(noun: Noun) -> str:
    """Return the SQL expression for the key in a document's address."""
    return "slug" if noun in BY_SLUG else "record::text"


def name_of(noun: Noun) -> str:
    """Return the SQL expression for what others call a document, whose body may be damaged; then it is empty."""
    return f"CASE WHEN body IS JSON OBJECT THEN body::json ->> '{NAME[noun]}' ELSE '' END"


def _by_noun(named: Iterable[tuple[Noun, int]]) -> dict[Noun, list[int]]:
    by_noun: dict[Noun, list[int]] = defaultdict(list)
    for noun, record in named:
        by_noun[noun].append(record)
    return by_noun


def _rows(sql: str, *parameters: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
