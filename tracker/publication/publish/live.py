"""What stands in the latest edition: the documents that a new edition replaces, and the names they use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tracker.publication.publish.render import reference_of
from tracker.publication.read.keys import BY_SLUG
from tracker.schema.parts import Reference, SourceReference
from tracker.schema.records import read_body
from tracker.values.chunks import chunks
from tracker.values.nouns import Noun

NAME = {Noun.ISSUE: "title", Noun.ACTOR: "name", Noun.SOURCE: "title"}
Known = dict[tuple[Noun, int], Reference | SourceReference]


@dataclass(frozen=True, slots=True)
class Standing:
    """A document of the latest edition; `columns` are those asked for, as PostgreSQL writes them."""

    noun: Noun
    id: int
    record: int
    version: int
    shape: int
    body: str
    columns: dict[str, str | None]

    def fields(self) -> dict[str, Any]:
        """Return the record's public form, as of the shape that is declared."""
        return read_body(self.noun, self.body)

    def key(self) -> str:
        """Return the key of the record's address."""
        return str(self.fields().get("slug", self.record))


def standing(noun: Noun, records: Iterable[int], columns: Sequence[str] = ()) -> dict[int, Standing]:
    """Return the standing documents of those records that are public, by record."""
    as_text = "".join(f", {column}::text" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, record, version, shape, body{as_text} FROM tracker_{noun}document "
            "WHERE closed IS NULL AND record = ANY(%s)",
            [list(records)],
        )
        return {
            record: Standing(noun, id_, record, version, shape, body, dict(zip(columns, texts, strict=True)))
            for id_, record, version, shape, body, *texts in cursor.fetchall()
        }


def key_of(noun: Noun) -> str:
    """Return the SQL expression for the key in a document's address."""
    return "slug" if noun in BY_SLUG else "record::text"


def name_of(noun: Noun) -> str:
    """Return the SQL expression for what other documents call a document."""
    return f"body::json ->> '{NAME[noun]}'"


def references(named: Iterable[tuple[Noun, int]]) -> Known:
    """Return how documents of the latest edition refer to those of the named records that are public."""
    return {
        (noun, record): reference_of(noun, key, name)
        for noun, records in _by_noun(named).items()
        for record, key, name in _names(noun, records)
    }


def _names(noun: Noun, records: list[int]) -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record, {key_of(noun)}, {name_of(noun)} FROM tracker_{noun}document "
            "WHERE closed IS NULL AND record = ANY(%s)",
            [records],
        )
        names: list[tuple[int, str, str]] = cursor.fetchall()
        return names


def naming(noun: Noun, named: Iterable[tuple[Noun, int]]) -> Iterator[tuple[int, list[tuple[Noun, int]]]]:
    """Yield the records of one noun whose standing documents name one of these, each with those that it names."""
    wanted = _by_noun(named)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"""
            SELECT d.record, array_agg(n.noun || ' ' || n.record ORDER BY n.noun, n.record)
            FROM unnest(%s::text[], %s::int[]) AS n (noun, record)
            JOIN tracker_mention m ON m.named_noun = n.noun AND m.named = n.record AND m.noun = '{noun}'
            JOIN tracker_{noun}document d ON d.id = m.document AND d.closed IS NULL
            GROUP BY d.record ORDER BY d.record
            """,
            [
                [to.value for to, records in wanted.items() for _ in records],
                [record for records in wanted.values() for record in records],
            ],
        )
        for rows in chunks(cursor):
            for record, names in rows:
                pairs = (name.split() for name in names)
                yield record, [(Noun(to), int(to_record)) for to, to_record in pairs]


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


def _by_noun(named: Iterable[tuple[Noun, int]]) -> dict[Noun, list[int]]:
    by_noun: dict[Noun, list[int]] = defaultdict(list)
    for noun, record in named:
        by_noun[noun].append(record)
    return by_noun
