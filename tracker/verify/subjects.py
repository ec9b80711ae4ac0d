"""Subjects: the changes that are noted as about an actor or issue are
those that its documents and mentions tell.
"""

from collections.abc import Iterator

from tracker.verify.queries import Check, Progress

NOTED = Check(
    """
    -- By itself: changes and mentions have the noun in common, and PostgreSQL, which may believe
    -- that there are few of one, would put each of them beside each of the others.
    WITH RECURSIVE changed (noun, document, edition, position) AS MATERIALIZED (
        SELECT d.noun, d.id, c.edition, c.position
        FROM tracker_change c
        JOIN tracker_document d ON d.noun = c.noun AND d.record = c.record
            AND c.edition IN (d.opened, d.closed)
    ), named (noun, record, edition, position) AS (
        SELECT noun, record, edition, position FROM tracker_change WHERE noun IN ('actor', 'issue')
        UNION
        SELECT m.named_noun, m.named, edition, position
        FROM changed c
        JOIN tracker_mention m ON m.noun = c.noun AND m.document = c.document
            AND m.named_noun IN ('actor', 'issue')
    ), above (issue, edition, record) AS (
        SELECT record, edition, record FROM named WHERE noun = 'issue'
        UNION
        SELECT a.issue, a.edition, d.parent FROM above a JOIN tracker_issuedocument d
        ON d.record = a.record AND d.opened <= a.edition AND d.gone >= a.edition
            WHERE d.parent IS NOT NULL
    ), about AS (
        SELECT noun, record, edition, array_agg(position ORDER BY position) AS positions FROM (
            SELECT noun, record, edition, position FROM named
            UNION
            SELECT 'issue', a.record, edition, n.position
            FROM above a JOIN named n USING (edition) WHERE n.noun = 'issue' AND n.record = a.issue
        ) a GROUP BY noun, record, edition
    )
    SELECT edition, noun, record, coalesce(n.positions, '{}'), coalesce(a.positions, '{}')
    FROM about a FULL JOIN tracker_changesubject n USING (noun, record, edition)
    WHERE n.positions IS DISTINCT FROM a.positions ORDER BY edition, noun, record
    """,
    "edition {0}: its changes about {1} {2} are noted as {3}, but are {4}",
)


def complaints(progress: Progress) -> Iterator[str]:
    """Yield where the feed narrowed to an actor or issue tells other changes than are about it."""
    progress("what changes are about", 0, 0)
    yield from NOTED.complaints()
