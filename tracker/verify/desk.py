"""The desk: each row is what its events amount to,
and no document is of a version that is still to come.
"""

from collections.abc import Iterator

from psycopg.sql import SQL, Identifier, Literal

from tracker.models.tables import DeskTable, tables_of
from tracker.publishing.status import last_seen
from tracker.values.nouns import Noun
from tracker.verify.queries import Check, Progress


def complaints(progress: Progress) -> Iterator[str]:
    """Yield rows unlike their history, documents ahead of the desk or of no record there,
    overlooked drafts.
    """
    for noun in Noun:
        progress(f"{noun.plural} at the desk", 0, 0)
        yield from _ahead(noun).complaints()
        yield from _unnoted(noun).complaints()
        for table in tables_of(noun).values():
            yield from _unlike_history(table).complaints()


def _ahead(noun: Noun) -> Check:
    return Check.of(
        noun,
        """
        SELECT d.record, coalesce('has version ' || t.version, 'does not have it'), max(d.version)
        FROM {documents} d LEFT JOIN {table} t ON t.id = d.record
        GROUP BY d.record, t.id HAVING t.id IS NULL OR t.version < max(d.version) ORDER BY d.record
        """,
        f"{noun} {{0}}: the desk {{1}}, the publication has version {{2}}",
    )


def _unnoted(noun: Noun) -> Check:
    return Check.of(
        noun,
        """
        SELECT t.id FROM {table} t
        WHERE t.version > {last_seen}
          AND NOT EXISTS (SELECT FROM tracker_ahead a
              WHERE (a.noun, a.record, a.version) = ({noun}, t.id, t.version))
        ORDER BY t.id
        """,
        f"{noun} {{0}}: the desk is ahead of the publication, and lists of drafts don't know it",
        last_seen=last_seen(noun, "t.id"),
    )


def _unlike_history(table: DeskTable) -> Check:
    """Compare the columns that a table and its events have in common;
    one may have been added or removed since.
    """
    differs = SQL("CASE WHEN after ? {0} AND after -> {0} IS DISTINCT FROM now -> {0} THEN {0} END")
    row = (
        SQL("{} || ' ' || id || ' of it'").format(Literal(table.part))
        if table.part
        else Literal("it")
    )
    return Check.of(
        table.noun,
        """
        WITH last AS (
            SELECT e.row AS id, e.record, e.after FROM tracker_event e
            JOIN (SELECT max(id) AS id FROM tracker_event WHERE noun = {noun} AND part = {part}
                GROUP BY row) l
              ON l.id = e.id
        ), desk AS (
            SELECT id, {owner} AS record, to_jsonb(t) AS now FROM {model} t
        ), both_of_them AS (
            SELECT id, coalesce(desk.record, last.record) AS record, {row} AS what, after, now
            FROM desk FULL JOIN last USING (id) WHERE after IS DISTINCT FROM now
        ), judged AS (
            SELECT id, record, what, CASE
                WHEN after IS NULL THEN 'is at the desk, but not in its history'
                WHEN now IS NULL THEN 'is in its history, but not at the desk'
                ELSE 'differs from its history at the desk: '
                     || nullif(array_to_string(array_remove(ARRAY[{differing}], NULL), ', '), '')
            END AS says FROM both_of_them
        )
        SELECT record, what, says FROM judged WHERE says IS NOT NULL ORDER BY record, id
        """,
        f"{table.noun} {{0}}: {{1}} {{2}}",
        part=Literal(table.part),
        owner=Identifier(table.owner),
        model=Identifier(table.name),
        row=row,
        differing=SQL(", ").join(differs.format(Literal(column)) for column in table.fields),
    )
