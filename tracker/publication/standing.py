"""What stands in the latest edition: the documents that a new edition replaces, and the names they use."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection

from tracker.publication.render import reference_of
from tracker.publication.shapes.parts import Reference, SourceReference
from tracker.values.nouns import Noun

NAME = {Noun.ISSUE: "title", Noun.ACTOR: "name", Noun.SOURCE: "title"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A document of the latest edition."""

    id: int
    record: int
    version: int
    body: str

    def fields(self) -> dict[str, Any]:
        """Return the record's public form."""
        fields: dict[str, Any] = msgspec.json.decode(self.body)
        return fields


def standing(noun: Noun, records: Iterable[int]) -> dict[int, Standing]:
    """Return the standing documents of those records that are public, by record."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, record, version, body FROM tracker_{noun}document WHERE closed IS NULL AND record = ANY(%s)",
            [list(records)],
        )
        return {row[1]: Standing(*row) for row in cursor.fetchall()}


def references(named: Iterable[tuple[Noun, int]]) -> dict[tuple[Noun, int], Reference | SourceReference]:
    """Return how documents of the latest edition refer to those of the named records that are public."""
    by_noun: dict[Noun, list[int]] = defaultdict(list)
    for noun, record in named:
        by_noun[noun].append(record)
    return {
        (noun, record): reference_of(noun, key, name)
        for noun, records in by_noun.items()
        for record, key, name in _names(noun, records)
    }


def _names(noun: Noun, records: list[int]) -> list[tuple[int, str, str]]:
    key = "record::text" if noun is Noun.SOURCE else "slug"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record, {key}, body::json ->> '{NAME[noun]}' FROM tracker_{noun}document "
            "WHERE closed IS NULL AND record = ANY(%s)",
            [records],
        )
        return list(cursor.fetchall())


def naming(named: Iterable[tuple[Noun, int]]) -> list[tuple[Noun, int, Noun, int]]:
    """Return (noun, record, named noun, named record) of every standing document that names one of these."""
    nouns, records = zip(*named, strict=True) if (named := list(named)) else ((), ())
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT d.noun, d.record, m.named_noun, m.named
            FROM unnest(%s::text[], %s::int[]) AS n (noun, record)
            JOIN tracker_mention m ON m.named_noun = n.noun AND m.named = n.record
            JOIN tracker_document d ON d.noun = m.noun AND d.id = m.document AND d.closed IS NULL
            ORDER BY d.noun, d.record
            """,
            [list(nouns), list(records)],
        )
        return [(Noun(noun), record, Noun(to), named) for noun, record, to, named in cursor.fetchall()]


def mentions_of(noun: Noun, documents: list[int]) -> dict[int, list[tuple[Noun, int]]]:
    """Return whom each of these documents of one noun names."""
    found: dict[int, list[tuple[Noun, int]]] = {document: [] for document in documents}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT document, named_noun, named FROM tracker_mention WHERE noun = %s AND document = ANY(%s)",
            [noun.value, documents],
        )
        for document, to, named in cursor.fetchall():
            found[document].append((Noun(to), named))
    return found
