"""The rules that look at more than one document, in every edition, and how many ballots a vote may have.

What else one document alone can break is seen where it is rendered again.
"""

from collections.abc import Iterator

from psycopg.sql import SQL

from tracker.models.queries import compose
from tracker.values.nouns import Noun
from tracker.verify.queries import Check, Progress, complaints_of

_RIVALS = """
    SELECT a.record, b.record, greatest(a.opened, b.opened) FROM {documents} a
    JOIN {documents} b ON {same} AND b.issue = a.issue AND b.record > a.record
     AND b.asserted && a.asserted AND b.opened < a.gone AND b.gone > a.opened AND b.standing = 'accepted'
    WHERE a.standing = 'accepted' ORDER BY 1, 2, 3
"""
_PAIR = SQL("""
    least(b.actor, b.counterpart) = least(a.actor, a.counterpart)
    AND greatest(b.actor, b.counterpart) = greatest(a.actor, a.counterpart)
""")

QUERIES = {
    "rival stances": Check(
        compose(_RIVALS, Noun.STANCE, same=SQL("b.actor = a.actor")),
        "stances {0} and {1}: both are accepted for one actor and issue on the same days, in edition {2}",
    ),
    "rival alignments": Check(
        compose(_RIVALS, Noun.ALIGNMENT, same=_PAIR),
        "alignments {0} and {1}: both are accepted for one pair and issue on the same days, in edition {2}",
    ),
    "questions": Check(
        """
        SELECT s.record, i.record, greatest(s.opened, i.opened) FROM tracker_issuedocument i
        JOIN tracker_stancedocument s ON s.issue = i.record AND s.opened < i.gone AND s.gone > i.opened
        WHERE NOT i.has_question ORDER BY 1, 3
        """,
        "stance {0}: issue {1} has no question in edition {2}",
    ),
    "ballots": Check(
        """
        SELECT record, opened FROM tracker_votedocument
        WHERE cardinality(yes) > tally_yes OR cardinality(no) > tally_no OR cardinality(abstain) > tally_abstain
           OR cardinality(absent) > tally_absent
        ORDER BY 1, 2
        """,
        "vote {0}, opened by edition {1}: it has more ballots than its tally counts",
    ),
    "vetoes": Check(
        """
        SELECT v.record, v.opened FROM tracker_votedocument v
        JOIN tracker_actordocument b ON b.record = v.own_body AND b.opened <= v.opened AND b.gone > v.opened
        WHERE v.outcome = 'vetoed' AND NOT EXISTS (
            SELECT FROM tracker_change c
            WHERE c.edition = v.opened AND c.noun = 'vote' AND c.record = v.record AND c.operation = 'renamed'
        ) AND NOT EXISTS (
            SELECT FROM tracker_actordocument a
            WHERE a.record = ANY (v.no) AND a.opened <= v.opened AND a.gone > v.opened
              AND public.is_permanent_member(a.body, b.slug, v.days)
        ) ORDER BY 1, 2
        """,
        "vote {0}, opened by edition {1}: it was vetoed without a permanent member’s no",
    ),
    "the tree of issues": Check(
        """
        WITH RECURSIVE above (start, id, opened, gone) AS (
            SELECT record, parent, opened, gone FROM tracker_issuedocument WHERE parent IS NOT NULL
            UNION
            SELECT a.start, i.parent, greatest(a.opened, i.opened), least(a.gone, i.gone) FROM above a
            JOIN tracker_issuedocument i ON i.record = a.id AND i.opened < a.gone AND i.gone > a.opened
            WHERE a.id <> a.start AND i.parent IS NOT NULL
        )
        SELECT start, min(opened) FROM above WHERE id = start GROUP BY start ORDER BY start
        """,
        "issue {0}: it is its own ancestor in edition {1}",
    ),
}


def complaints(progress: Progress) -> Iterator[str]:
    """Return what is accepted beside a rival, on an issue without a question, its own ancestor, or miscounted."""
    return complaints_of(QUERIES, progress)
