"""Trees of records, read: what lies below an issue, and all of it in order;
which claims rest on enough sources.
"""

from collections.abc import Sequence
from typing import NamedTuple

from psycopg.sql import Identifier

from tracker.models.queries import compose, rows_of
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Relation

# children in the order of their titles; a path of titles and ids sorts like the tree
IN_ORDER = """
    WITH RECURSIVE tree (id, depth, path) AS (
        SELECT id, 0, ARRAY[lower(title), id::text] FROM tracker_issue
        WHERE merged_into_id IS NULL
        AND CASE WHEN %(top)s::int IS NULL THEN parent_id IS NULL ELSE id = %(top)s END
        UNION ALL
        SELECT i.id, depth + 1, path || ARRAY[lower(i.title), i.id::text]
        FROM tree JOIN tracker_issue i ON i.parent_id = tree.id AND i.merged_into_id IS NULL
    )
    SELECT id, depth FROM tree ORDER BY path LIMIT %(limit)s OFFSET %(offset)s
"""
BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT unnest(%s::int[])
        UNION
        SELECT i.id FROM tracker_issue i JOIN below b ON i.parent_id = b.id
    ) SELECT id FROM below
"""
BACKED = """
    WITH RECURSIVE origins (claim, id) AS (
        SELECT {claim}, source_id FROM {citations} WHERE relation = %s
        UNION
        SELECT o.claim, s.derives_from_id FROM tracker_source s JOIN origins o ON s.id = o.id
        WHERE s.derives_from_id IS NOT NULL
    )
    SELECT o.claim FROM origins o JOIN tracker_source s ON s.id = o.id
    WHERE s.derives_from_id IS NULL
    GROUP BY o.claim HAVING count(*) >= %s
"""


class Node(NamedTuple):
    """An issue in the tree, by its id, and how deep below the top it lies."""

    issue: int
    depth: int


def in_order(*, top: int | None = None, limit: int | None = None, offset: int = 0) -> list[Node]:
    """Return issues as the tree has them, parents first:
    the whole tree, or an issue and all below it.
    """
    return [Node(*row) for row in rows_of(IN_ORDER, {"top": top, "limit": limit, "offset": offset})]


def subtree(issue: int) -> list[int]:
    """Return the ids of an issue and of all below it."""
    return [node.issue for node in in_order(top=issue)]


def below(issues: Sequence[int]) -> list[int]:
    """Return the ids of issues and of all below them, merged or not."""
    return [issue for (issue,) in rows_of(BELOW, [list(issues)])]


def backed(noun: Noun, least: int) -> list[int]:
    """Return the ids of claims that at least so many independent sources back."""
    query = compose(
        BACKED,
        noun,
        claim=Identifier(f"{noun}_id"),
        citations=Identifier(f"tracker_{noun}citation"),
    )
    return [claim for (claim,) in rows_of(query, [Relation.SUPPORTS.value, least])]
