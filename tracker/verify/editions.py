"""Editions: numbered without a gap, in the order of their moments;
and their changes are what opened and closed.
"""

from collections.abc import Iterator

from psycopg.sql import SQL, Identifier

from tracker.models.queries import compose
from tracker.public.read.sql import Scope
from tracker.values.nouns import Noun
from tracker.verify.queries import Check, Progress, key_of

EDITIONS = [
    Check(
        """
        SELECT number, before FROM (
            SELECT number, coalesce(lag(number) OVER (ORDER BY number), 0) AS before
                FROM tracker_edition
        ) e WHERE number <> before + 1 ORDER BY number
        """,
        "edition {0}: it follows number {1}",
    ),
    Check(
        """
        SELECT number, published_at, before FROM (
            SELECT number, published_at, lag(published_at) OVER (ORDER BY number) AS before
                FROM tracker_edition
        ) e WHERE published_at <= before ORDER BY number
        """,
        "edition {0}: published at {1:%Y-%m-%d %H:%M:%S.%f}, not after the one before it "
        "({2:%Y-%m-%d %H:%M:%S.%f})",
    ),
    Check(
        SQL("""
            SELECT number FROM tracker_edition
            WHERE NOT EXISTS (SELECT FROM tracker_change c WHERE c.edition = number) AND {}
                ORDER BY number
        """).format(
            SQL(" AND ").join(
                compose(
                    "NOT EXISTS (SELECT FROM {documents} WHERE {column} = number)",
                    noun,
                    column=Identifier(column),
                )
                for noun in Noun
                for column in ("opened", "closed")
            )
        ),
        "edition {0}: it changed nothing",
    ),
]


def complaints(progress: Progress) -> Iterator[str]:
    """Yield what is wrong with editions, the spans of documents, and changes."""
    progress("editions", 0, 0)
    for query in EDITIONS:
        yield from query.complaints()
    for noun in Noun:
        progress(f"changes of {noun.plural}", 0, 0)
        for query in (*_known_editions(noun), _one_at_a_time(noun), _changes(noun), _merged(noun)):
            yield from query.complaints()


def _known_editions(noun: Noun) -> list[Check]:
    return [
        Check.of(
            noun,
            """
            SELECT record, {column} FROM {documents}
            WHERE NOT EXISTS (SELECT FROM tracker_edition WHERE number = {column})
                AND {column} IS NOT NULL
            ORDER BY record, id
            """,
            f"{noun} {{0}}: {column} by edition {{1}}, which does not exist",
            column=Identifier(column),
        )
        for column in ("opened", "closed")
    ]


def _one_at_a_time(noun: Noun) -> Check:
    return Check.of(
        noun,
        """
        SELECT record, next FROM (
            SELECT record, gone, lead(opened) OVER (PARTITION BY record ORDER BY opened, id) AS next
            FROM {documents}
        ) d WHERE next < gone ORDER BY record, next
        """,
        f"{noun} {{0}}: two documents of it are live in edition {{1}}",
    )


def _changes(noun: Noun) -> Check:
    return Check.of(
        noun,
        """
        WITH happened AS (
            SELECT record, edition, bool_or(opens) AS opens, bool_and(opens) AS only_opens,
                max(key) AS key
            FROM (
                SELECT record, opened AS edition, true AS opens, {key} AS key FROM {documents}
                UNION ALL
                SELECT record, closed, false, {key} FROM {documents} WHERE closed IS NOT NULL
            ) d GROUP BY record, edition
        ), told AS (
            SELECT record, edition, operation, key, changed FROM tracker_change WHERE noun = {noun}
        ), both_of_them AS (
            SELECT record, edition, operation, told.key AS told, happened.key, changed, opens,
                only_opens,
                   CASE WHEN only_opens THEN ARRAY['published']
                        WHEN opens THEN ARRAY['updated', 'renamed']
                        WHEN NOT opens THEN ARRAY['retracted', 'merged'] END AS possible
            FROM happened FULL JOIN told USING (record, edition)
        ), judged AS (
            SELECT record, edition, CASE
                WHEN operation IS NULL
                    THEN format('was %s, but has no change', array_to_string(possible, ' or '))
                WHEN possible IS NULL
                    THEN format('has a change (%s), but nothing of it opened or closed', operation)
                WHEN operation <> ALL (possible)
                    THEN format('was %s, but its change says “%s”',
                        array_to_string(possible, ' or '), operation)
                WHEN NOT opens AND told <> key
                    THEN format('has the key “%s”, but its change says “%s”', key, told)
                WHEN NOT opens AND changed <> '{{}}'
                    THEN 'only closed, but its change tells of changed fields'
            END AS says FROM both_of_them
        )
        SELECT record, edition, says FROM judged WHERE says IS NOT NULL ORDER BY edition, record
        """,
        f"edition {{1}}: {noun} {{0}} {{2}}",
        key=key_of(noun),
    )


def _merged(noun: Noun) -> Check:
    return Check.of(
        noun,
        """
        SELECT c.record, c.edition, c.into FROM tracker_change c
        WHERE c.noun = {noun} AND c.operation = 'merged' AND (c.into = c.record OR NOT EXISTS (
            SELECT FROM {documents} d WHERE d.record = c.into AND {live}
        )) ORDER BY c.edition, c.record
        """,
        f"edition {{1}}: {noun} {{0}} was merged into {noun} {{2}}, which was not public "
        f"then, or is itself",
        live=Scope(SQL("c.edition")).live("d"),
    )
