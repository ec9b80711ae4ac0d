"""The stage of an edition: what is to open and close, in temporary tables, checked and then written in one go.

Rows arrive in chunks by COPY, so an edition of any size is made in flat memory; PostgreSQL works out the words of some
while later ones are rendered. The caller holds the publication's lock from before the first row until it commits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import msgspec
from django.db import connection

from tracker.models import Edition, Unchanged
from tracker.models.documents import Document
from tracker.models.nouns import DOCUMENTS
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

MEMORY = "64MB"  # for what PostgreSQL sorts while it writes an edition


@dataclass(frozen=True, slots=True)
class Staged:
    """One record's part in an edition.

    `body` is None where a document only closes; `previous` is the document that it closes; a text in `columns` is taken
    as PostgreSQL writes the value. `into` is the survivor of a merge.
    """

    noun: Noun
    record: int
    key: str
    operation: Operation
    changed: dict[str, Any]
    previous: int | None
    version: int | None = None
    body: str | None = None
    shape: int | None = None
    columns: dict[str, Any] | None = None
    mentions: Iterable[tuple[Noun, int]] = ()
    into: int | None = None


@cache
def own_columns(noun: Noun) -> tuple[str, ...]:
    """Return the columns that only this noun's documents have, and `ref`."""
    common = {field.name for field in Document._meta.get_fields()} - {"ref"}
    return tuple(
        field.column
        for field in DOCUMENTS[noun]._meta.concrete_fields
        if field.column is not None and field.name not in common
    )


class Stage:
    """Temporary tables of one edition; `add` rows, ask for `conflicts`, then `write` the edition."""

    def __init__(self) -> None:
        self.nouns: list[Noun] = []
        self.rows = self._analyzed = 0
        self.unchanged: list[Unchanged] = []
        self._execute(
            "CREATE TEMPORARY TABLE staged_change (noun text, record int, key text, operation text, changed jsonb, "
            'previous bigint, "into" int) ON COMMIT DROP'
        )

    def add(self, noun: Noun, rows: Iterable[Staged]) -> None:
        """Stage rows of one noun.

        Rows are sent as they are made, so that PostgreSQL works out words of some while others are rendered. Meanwhile
        they can't ask the database.
        """
        coming = iter(rows)
        if not (first := next(coming, None)):
            return
        self._make_table(noun)
        columns, changes = own_columns(noun), []
        named = ", ".join(["record", "version", "shape", "body", "mentions", *columns])
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY staged_{noun} ({named}) FROM STDIN") as copy:
                for row in chain([first], coming):
                    changed = msgspec.json.encode(row.changed).decode()
                    change = [noun.value, row.record, row.key, row.operation.value, changed, row.previous, row.into]
                    changes.append(change)
                    if row.body is not None and row.columns is not None:
                        mentions = ",".join(f"{to} {record}" for to, record in row.mentions)
                        own = [row.columns[column] for column in columns]
                        copy.write_row([row.record, row.version, row.shape, row.body, mentions, *own])
            with cursor.copy("COPY staged_change FROM STDIN") as copy:
                for change in changes:
                    copy.write_row(change)
        self.rows += len(changes)

    def records(self) -> dict[Noun, list[int]]:
        """Return the records that are staged."""
        rows = self._execute("SELECT noun, array_agg(record ORDER BY record) FROM staged_change GROUP BY noun")
        return {Noun(noun): records for noun, records in rows}

    def note_unchanged(self) -> None:
        """Note the versions that come out as what stands, so that their records are in step."""
        Unchanged.objects.bulk_create(self.unchanged, ignore_conflicts=True, batch_size=1000)

    def write(self, *, note: str, published_by: int | None) -> Edition | None:
        """Make the edition of what was staged, whose own checks run before this returns; None if that is nothing."""
        if not self.rows:
            self.drop()
            return None
        self.analyze()
        [(number,)] = self._execute(
            "INSERT INTO tracker_edition (number, published_at, note, published_by_id) "
            "SELECT coalesce(max(number), 0) + 1, now(), %s, %s FROM tracker_edition RETURNING number",
            [note.replace("\x00", "").strip(), published_by],
        )
        for noun in sorted(self.nouns):
            self._close(noun, number)
        for noun in sorted(self.nouns):
            self._open(noun, number)
        order = " ".join(f"WHEN '{noun}' THEN {place}" for place, noun in enumerate(Noun))
        self._execute(
            'INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed, "into") '
            f"SELECT %s, row_number() OVER (ORDER BY CASE noun {order} END, record), "
            'noun, record, key, operation, changed, "into" FROM staged_change',
            [number],
        )
        self._execute("SET CONSTRAINTS ALL IMMEDIATE")
        self._execute("SET CONSTRAINTS ALL DEFERRED")
        self.drop()
        return Edition.objects.get(pk=number)

    def analyze(self) -> None:
        """Let PostgreSQL count what is staged, without which it plans large editions badly, and sort it in memory."""
        if self.rows > 1000 and self.rows != self._analyzed:
            self._analyzed = self.rows
            self._execute("SELECT set_config('work_mem', %s, true)", [MEMORY])
            joined = (f"staged_{noun} (record, {', '.join(own_columns(noun))})" for noun in self.nouns)
            self._execute(f"ANALYZE {', '.join(['staged_change', *joined])}")

    def drop(self) -> None:
        """Take the stage down."""
        self._execute(f"DROP TABLE {', '.join(self._tables())}")

    def _tables(self) -> list[str]:
        return ["staged_change", *(f"staged_{noun}" for noun in sorted(self.nouns))]

    def _make_table(self, noun: Noun) -> None:
        if noun not in self.nouns:
            self.nouns.append(noun)
            self._execute(
                # Whole, as documents are kept, and so not packed on the way.
                f"CREATE TEMPORARY TABLE staged_{noun} WITH (toast_tuple_target = 8160) ON COMMIT DROP AS "
                f"SELECT record, version, shape, body, NULL::text AS mentions, {', '.join(own_columns(noun))}, id "
                f"FROM tracker_{noun}document WHERE false"
            )
            sequence = f"pg_get_serial_sequence('tracker_{noun}document', 'id')"
            words = "search tsvector GENERATED ALWAYS AS (public.document_words(body)) STORED"
            self._execute(f"ALTER TABLE staged_{noun} ALTER id SET DEFAULT nextval({sequence}), ADD {words}")

    def _close(self, noun: Noun, number: int) -> None:
        self._execute(
            f"UPDATE tracker_{noun}document SET closed = %s WHERE id IN "
            "(SELECT previous FROM staged_change WHERE noun = %s AND previous IS NOT NULL)",
            [number, noun.value],
        )

    def _open(self, noun: Noun, number: int) -> None:
        own = ", ".join(own_columns(noun))
        self._execute(
            f"INSERT INTO tracker_{noun}document (id, record, version, opened, shape, body, search, {own}) "
            f"SELECT id, record, version, %s, shape, body, search, {own} FROM staged_{noun}",
            [number],
        )
        self._execute(
            "INSERT INTO tracker_mention (named_noun, named, noun, document) "
            "SELECT split_part(name, ' ', 1), split_part(name, ' ', 2)::int, %s, id "
            f"FROM staged_{noun} CROSS JOIN unnest(string_to_array(mentions, ',')) AS name ORDER BY 1, 2, id",
            [noun.value],
        )

    @staticmethod
    def _execute(sql: str, parameters: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []
