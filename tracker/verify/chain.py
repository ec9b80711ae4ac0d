"""The chain: each link is made of what it covers, as that is now, and follows the one before.

What is committed since the latest edition, no link covers yet.
"""

from collections.abc import Iterator

from psycopg.sql import SQL, Identifier, Literal

from tracker.verify.queries import Check, Progress, complaints_of

# By the part of a link: what it is made of, for people.
PARTS = {
    "editions": "number, moment, note or publisher, or which rules hold from it on",
    "changes": "changes, or their order",
    "documents": "documents that it opened and closed",
    "changesets": "change sets that it covers",
    "releases": "releases that it covers, or their files",
}
_DIFFERS = SQL("CASE WHEN l.{} IS DISTINCT FROM p.{} THEN {} END")
_DIFFERENT = [
    _DIFFERS.format(Identifier(part), Identifier(part), Literal(says))
    for part, says in PARTS.items()
]
LINKS = SQL("""
    SELECT l.*, lag(edition, 1, 0) OVER in_order AS since, lag(digest) OVER in_order AS before
    FROM tracker_link l WINDOW in_order AS (ORDER BY edition)
""")

QUERIES = {
    "links": Check(
        SQL("""
        SELECT edition, says FROM (
            SELECT edition, unnest(ARRAY[{}]) AS says
            FROM ({}) l CROSS JOIN LATERAL public.link_parts(l.since, l.edition) p
        ) l WHERE says IS NOT NULL ORDER BY edition
        """).format(SQL(", ").join(_DIFFERENT), LINKS),
        "edition {0}: the chain tells that its {1} were otherwise when it was made",
    ),
    "the chain": Check(
        SQL("""
        SELECT edition FROM (
            SELECT k.edition, k.digest, public.link_digest(l.before, k) AS again
            FROM ({}) l JOIN tracker_link k USING (edition)
        ) l WHERE digest <> again ORDER BY edition
        """).format(LINKS),
        "edition {0}: its link of the chain doesn't follow from the one before and from what "
        "it covers",
    ),
    "editions of the chain": Check(
        """
        SELECT number FROM tracker_edition e
        WHERE number > (SELECT coalesce(min(edition), 0) FROM tracker_link)
          AND NOT EXISTS (SELECT FROM tracker_link l WHERE l.edition = e.number)
        ORDER BY number
        """,
        "edition {0}: it has no link of the chain",
    ),
    "change sets of the chain": Check(
        """
        SELECT c.id, c.made_at, c.link FROM tracker_changeset c
        WHERE c.link IS NOT NULL AND c.digest IS DISTINCT FROM public.changeset_digest(c.id)
        ORDER BY c.link, c.made_at, c.id
        """,
        "change set {0} of {1:%Y-%m-%d %H:%M:%S}: it or its events were otherwise when "
        "edition {2} was made",
    ),
    "links of change sets": Check(
        """
        SELECT 'change set ' || c.id, c.link FROM tracker_changeset c
        WHERE c.link IS NOT NULL AND NOT EXISTS (SELECT FROM tracker_link WHERE edition = c.link)
        UNION ALL
        SELECT 'release ' || r.version, r.link FROM tracker_release r
        WHERE r.link IS NOT NULL AND NOT EXISTS (SELECT FROM tracker_link WHERE edition = r.link)
        UNION ALL
        SELECT 'rule ' || r.rule, r.link FROM tracker_rulechange r
        WHERE r.link IS NOT NULL AND NOT EXISTS (SELECT FROM tracker_link WHERE edition = r.link)
        ORDER BY 1
        """,
        "{0}: the link of edition {1}, which is to cover it, does not exist",
    ),
}


def complaints(progress: Progress) -> Iterator[str]:
    """Return what is otherwise than when the edition was made whose link covers it,
    and what is wrong with links.
    """
    return complaints_of(QUERIES, progress)
