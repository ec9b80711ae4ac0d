"""Live documents: those of the latest edition, which a new one replaces, and whom they name."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import TextField
from django.db.models.functions import Cast
from more_itertools import chunked
from psycopg.sql import SQL, Composable, Identifier, Literal

from tracker.models.nouns import DOCUMENTS
from tracker.models.queries import chunks_of, compose, ids_query, rows_of
from tracker.schema.fields import fields
from tracker.schema.grouping import grouped
from tracker.schema.records import SHAPES, read_body
from tracker.values.nouns import Noun

# Row by row, as OFFSET 0 has it: a join is planned for the rows that PostgreSQL believes there are.
NAMING = """
    SELECT d.record, array_agg(n.noun || ' ' || n.record ORDER BY n.noun, n.record)
    FROM unnest(%s::text[], %s::int[]) AS n (noun, record)
    CROSS JOIN LATERAL (
        SELECT noun, document FROM tracker_mention WHERE named_noun = n.noun
            AND named = n.record OFFSET 0
    ) m
    CROSS JOIN LATERAL (SELECT * FROM {documents} WHERE id = m.document OFFSET 0) d
    WHERE m.noun = {noun} AND d.closed IS NULL AND {has_name}
    GROUP BY d.record ORDER BY d.record
"""
MENTIONS = (
    "SELECT document, named_noun, named FROM tracker_mention WHERE noun = %s AND document = ANY(%s)"
)


class _Named(msgspec.Struct):
    slug: str = ""
    name: str = ""
    title: str | None = ""


@dataclass(frozen=True, slots=True)
class LiveDocument:
    """A document of the latest edition;
    `columns` are those asked for, as PostgreSQL writes them.
    """

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
        return self.key_and_name()[0]

    def key_and_name(self) -> tuple[str, str]:
        """Return the key of the record's address, and what others call it, "" if they don't.

        Raises msgspec.DecodeError if the body is damaged, as verification tells.
        """
        named = msgspec.json.decode(self.body, type=_Named)
        return named.slug or str(self.record), named.name or named.title or ""


def live(
    noun: Noun, records: Iterable[int], columns: Sequence[str] = ()
) -> dict[int, LiveDocument]:
    """Return the live documents of those records that are public, by record."""
    texts = [Cast(column, TextField()) for column in columns]
    rows = DOCUMENTS[noun].objects.live().filter(record__in=ids_query(records))
    return {
        record: LiveDocument(
            noun, id_, record, version, shape, body, dict(zip(columns, values, strict=True))
        )
        for id_, record, version, shape, body, *values in rows.values_list(
            "id", "record", "version", "shape", "body", *texts
        )
    }


def naming(
    noun: Noun, named: Iterable[tuple[Noun, int]], *, by_name: bool = False
) -> Iterator[tuple[int, list[tuple[Noun, int]]]]:
    """Yield the records of one noun whose live documents name one of these,
    each with those that it names.

    With `by_name`, without those that they name by their keys alone.
    """
    wanted = list(named)
    keys = [[to.value for to, _ in wanted], [record for _, record in wanted]]
    for rows in chunks_of(
        compose(NAMING, noun, has_name=_has_name(noun) if by_name else SQL("true")), keys
    ):
        for record, names in rows:
            pairs = (name.split() for name in names)
            yield record, [(Noun(to), int(to_record)) for to, to_record in pairs]


def _has_name(noun: Noun) -> Composable:
    """Return the condition that a document has the name of a record,
    where some stand in it by their keys alone.
    """
    conditions: list[Composable] = [SQL("true")]
    for _, mark in grouped(SHAPES[noun]):
        columns = [
            Identifier("d", of.column)
            for of in fields(SHAPES[noun]).values()
            if of.noun is mark.noun
        ]
        condition = SQL("(n.noun <> {} OR n.record = ANY (ARRAY[{}]::int[]))")
        conditions.append(condition.format(Literal(mark.noun.value), SQL(", ").join(columns)))
    return SQL(" AND ").join(conditions)


def naming_besides(
    batch: Mapping[Noun, Container[int]],
    named: Collection[tuple[Noun, int]],
    *,
    by_name: bool = False,
) -> Iterator[tuple[Noun, list[int]]]:
    """Yield, in chunks, the records that a batch doesn't have and
    whose live documents name one of these.
    """
    for noun in Noun if named else ():
        others = (
            record
            for record, _ in naming(noun, named, by_name=by_name)
            if record not in batch.get(noun, ())
        )
        for ids in chunked(others, noun.at_once):
            yield noun, ids


def mentions_of(noun: Noun, documents: Iterable[int]) -> dict[int, set[tuple[Noun, int]]]:
    """Return whom each of these documents of one noun names."""
    named_by: dict[int, set[tuple[Noun, int]]] = defaultdict(set)
    for document, to, named in rows_of(MENTIONS, [noun.value, list(documents)]):
        named_by[document].add((Noun(to), named))
    return named_by


def changed_fields(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the fields of two public forms that differ: {field: [old, new]}."""
    return {
        name: [old.get(name), new.get(name)]
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    }
