"""Events: each begins with what the one before it left, and versions have no gaps.

That the last one left what is at the desk is seen there. Both together find what the chain can't:
it covers what was committed when the latest edition was made.
"""

from collections.abc import Iterator

from psycopg.sql import SQL, Literal

from tracker.models.tables import TABLES, DeskTable
from tracker.verify.queries import Check, Progress


def complaints(progress: Progress) -> Iterator[str]:
    """Yield events that don't follow from those before them, and those of no change set."""
    for table in TABLES:
        progress(f"events of {table.part or table.noun.plural}", 0, 0)
        yield from _broken_chain(table).complaints()
    yield from ORPHANS.complaints()


ORPHANS = Check(
    """
    SELECT e.id, e.noun, e.record, e.changeset_id FROM tracker_event e
    WHERE NOT EXISTS (SELECT FROM tracker_changeset c WHERE c.id = e.changeset_id) ORDER BY e.id
    """,
    "event {0} of {1} {2}: its change set {3} does not exist",
)


def _broken_chain(table: DeskTable) -> Check:
    """Compare what an event left with what the next one begins with.

    What is computed may be computed otherwise since;
    columns that came or went are in one of the two alone.
    """
    noun, part = table.noun, table.part
    row = SQL("{} || ' ' || row || ' of it: '").format(Literal(part)) if part else Literal("")
    # A part has no version of its own.
    expected = (
        "NULL::int" if part else "coalesce(max((after ->> 'version')::int) OVER earlier, 0) + 1"
    )
    return Check.of(
        noun,
        """
        WITH steps AS (
            SELECT id, lag(id) OVER (PARTITION BY row ORDER BY id) AS previous,
                {expected} AS expected
            FROM tracker_event WHERE noun = {noun} AND part = {part}
            WINDOW earlier AS (PARTITION BY row ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING
                AND 1 PRECEDING)
        ), pairs AS (
            SELECT e.id, e.record, e.row, e.before, (e.after ->> 'version')::int AS version,
                s.expected,
                   p.after AS left_behind, p.id AS previous
            FROM steps s JOIN tracker_event e ON e.id = s.id LEFT JOIN tracker_event p
                ON p.id = s.previous
            WHERE e.before IS DISTINCT FROM p.after OR (e.after ->> 'version')::int <> s.expected
        ), judged AS (
            SELECT record, {row} AS which, id, CASE
                WHEN before IS NOT NULL AND left_behind IS NULL
                    THEN 'begins with what no event before it left'
                WHEN before IS NULL AND left_behind IS NOT NULL
                    THEN 'makes what event ' || previous || ' left there'
                WHEN names IS NOT NULL
                    THEN 'does not begin with what event ' || previous || ' left: ' || names
                WHEN version <> expected THEN 'makes version ' || version || ', not ' || expected
            END AS says
            FROM pairs CROSS JOIN LATERAL (
                SELECT string_agg(b.key, ', ' ORDER BY b.key) AS names
                FROM jsonb_each(before - {computed}) b JOIN jsonb_each(left_behind - {computed}) a
                    USING (key)
                WHERE a.value IS DISTINCT FROM b.value
            ) d
        )
        SELECT record, which, id, says FROM judged WHERE says IS NOT NULL ORDER BY record, id
        """,
        f"{noun} {{0}}: {{1}}event {{2}} {{3}}",
        part=Literal(part),
        row=row,
        expected=SQL(expected),
        computed=SQL("{}::text[]").format(Literal([*table.generated])),
    )
