"""The stage of an edition:
what is to open and close, in temporary tables, where it is looked through and written from.

The tables stay as long as the connection, and are empty whenever a transaction begins: to make them
anew for each small edition would take a third of its time. Nobody else sees them, so previews don't
wait for whoever publishes.

Rows arrive in chunks by COPY, so an edition of any size is made in flat memory; PostgreSQL works
out the words of some while later ones are rendered. The caller holds the publication's lock from
before the first row until it commits.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

import msgspec
from django.db import connection
from psycopg.sql import SQL, Composable, Identifier, Literal

from tracker.models.nouns import DOCUMENTS, own_columns
from tracker.models.queries import chunks_of, compose, run
from tracker.values.nouns import Noun
from tracker.values.problems import Key
from tracker.values.texts import stripped
from tracker.values.vocabularies import Operation

Reasons = Mapping[Key, str]  # why a record is changed, in words for readers
NO_REASONS: Reasons = MappingProxyType({})

# While an edition of many rows is written:
# for what is sorted, and how closely the stage is looked at to plan it.
FOR_MANY = (
    "SELECT set_config('work_mem', '64MB', true), set_config('default_statistics_target', '10', "
    "true)"
)
CREATE_CHANGE_TABLE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS staged_change (
        noun text, record int, key text, operation text, changed jsonb, previous bigint, "into" int,
            reason text
    ) ON COMMIT DELETE ROWS
"""
# Documents are kept whole; so these are, too, and aren't packed on the way.
CREATE_DOCUMENT_TABLE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS {staged} (
        record int, version int, shape smallint, body text, mentions text, {columns},
        id bigint DEFAULT nextval({sequence}),
        search tsvector GENERATED ALWAYS AS (public.document_words(body)) STORED
    ) WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS
"""
COPY_DOCUMENTS = "COPY {staged} (record, version, shape, body, mentions, {own}) FROM STDIN"


@dataclass(frozen=True, slots=True)
class StagedChange:
    """What an edition is to do to one record, with the document that it opens.

    `body` is None where a document only closes; `previous` is the document that it closes;
    a text in `columns` is taken as PostgreSQL writes the value. `into` is the survivor of a merge.
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


class Stage:
    """Temporary tables of one edition:
    `add` rows, which `broken_rules` looks through and `make_edition` writes.

    `reasons` tell readers why a record is changed,
    of those of which more is to be said than the edition's note does.
    """

    def __init__(self, reasons: Reasons = NO_REASONS) -> None:
        self._reasons = {key: stripped(reason) for key, reason in reasons.items()}
        self.nouns: list[Noun] = []
        self.rows = self._analyzed = 0
        run(CREATE_CHANGE_TABLE)

    def add(self, noun: Noun, rows: Iterable[StagedChange]) -> None:
        """Stage rows of one noun.

        Rows are sent as they are made, so that PostgreSQL works out words of some while others are
        rendered. Meanwhile they can't ask the database.
        """
        coming = iter(rows)
        if not (first := next(coming, None)):
            return
        self._make_table(noun)
        columns, changes = own_columns(noun), []
        with connection.wrap_database_errors, connection.cursor() as cursor:
            with cursor.copy(compose_staged(noun, COPY_DOCUMENTS)) as copy:
                for row in chain([first], coming):
                    changed = msgspec.json.encode(row.changed).decode()
                    reason = self._reasons.get((noun, row.record), "")
                    change = [
                        noun.value,
                        row.record,
                        row.key,
                        row.operation.value,
                        changed,
                        row.previous,
                        row.into,
                    ]
                    changes.append([*change, reason])
                    if row.body is not None and row.columns is not None:
                        mentions = ",".join(f"{to} {record}" for to, record in row.mentions)
                        own = [row.columns[column] for column in columns]
                        copy.write_row(
                            [row.record, row.version, row.shape, row.body, mentions, *own]
                        )
            with cursor.copy("COPY staged_change FROM STDIN") as copy:
                for change in changes:
                    copy.write_row(change)
        self.rows += len(changes)

    def records(self) -> Iterator[tuple[Noun, int]]:
        """Yield the records that were staged, ascending within their nouns."""
        for rows in chunks_of("SELECT noun, record FROM staged_change ORDER BY noun, record"):
            for noun, record in rows:
                yield Noun(noun), record

    def analyze(self) -> None:
        """Let PostgreSQL count what is staged, without which it plans large editions badly,
        and sort it in memory.
        """
        if self.rows > 1000 and self.rows != self._analyzed:
            self._analyzed = self.rows
            run(FOR_MANY)
            run("ANALYZE staged_change")
            for noun in self.nouns:
                run(compose_staged(noun, "ANALYZE {staged} (record, {own})"))

    def clear(self) -> None:
        """Empty the stage for the next edition;
        tables that were counted are dropped, as the next may be small.
        """
        tables = [Identifier("staged_change"), *map(staged_table, self.nouns)]
        if self._analyzed:
            run(SQL("DROP TABLE {}").format(SQL(", ").join(tables)))
            return
        for table in tables:
            run(SQL("DELETE FROM {}").format(table))

    def _make_table(self, noun: Noun) -> None:
        if noun not in self.nouns:
            self.nouns.append(noun)
            run(compose_staged_table(noun))


def staged_table(noun: Noun) -> Identifier:
    """Return the temporary table of a noun's rows."""
    return Identifier(f"staged_{noun}")


def compose_staged(noun: Noun, template: str, **more: Composable) -> Composable:
    """Return a statement about what is `{staged}` of a noun, its `{own}` columns,
    and whatever else it names.
    """
    own = SQL(", ").join(map(Identifier, own_columns(noun)))
    return compose(template, noun, staged=staged_table(noun), own=own, **more)


@cache
def compose_staged_table(noun: Noun) -> Composable:
    """Return the statement that makes a noun's table,
    whose own columns have the types of its documents.
    """
    fields = {field.column: field for field in DOCUMENTS[noun]._meta.concrete_fields}
    columns = []
    for name in own_columns(noun):
        column_type = SQL(fields[name].db_type(connection) or "")
        columns.append(SQL("{} {}").format(Identifier(name), column_type))
    sequence = Literal(f"{DOCUMENTS[noun]._meta.db_table}_id_seq")
    return compose_staged(
        noun, CREATE_DOCUMENT_TABLE, columns=SQL(", ").join(columns), sequence=sequence
    )
