"""The feed: what each edition opened and closed, oldest first, never skipping and never inserting an earlier change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.publication.read.connection import rows
from tracker.values.nouns import Noun

Place = tuple[int, int]  # an edition, and a change's position within it


@dataclass(frozen=True, slots=True)
class Changed:
    """One change, as the feed tells it."""

    edition: int
    position: int
    published_at: datetime
    note: str
    operation: str
    noun: Noun
    record: int
    key: str
    changed: dict[str, Any]
    into: int | None
    into_key: str | None


def changes(*, after: Place, up_to: int, nouns: list[str] | None, limit: int) -> list[Changed]:
    """Return up to `limit` changes after a place in the feed, in editions up to `up_to`; all nouns, or only some."""
    found = rows(
        """
        SELECT c.edition, c.position, e.published_at, e.note, c.operation, c.noun, c.record, c.key, c.changed::json, c.into,
               s.key
        FROM tracker_change c JOIN tracker_edition e ON e.number = c.edition
        LEFT JOIN LATERAL (
            SELECT l.key FROM tracker_change l WHERE l.noun = c.noun AND l.record = c.into
            ORDER BY l.edition DESC LIMIT 1
        ) s ON true
        WHERE (c.edition, c.position) > (%(edition)s, %(position)s) AND c.edition <= %(up_to)s
          AND (%(nouns)s::text[] IS NULL OR c.noun = ANY(%(nouns)s))
        ORDER BY c.edition, c.position LIMIT %(limit)s
        """,
        {"edition": after[0], "position": after[1], "up_to": up_to, "nouns": nouns, "limit": limit},
    )
    return [Changed(*row[:5], Noun(row[5]), *row[6:]) for row in found]
