"""The feed: what each edition opened and closed, oldest first, never skipping and never inserting an earlier change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.publication.read.connection import number, rows
from tracker.publication.read.editions import latest
from tracker.publication.read.pages import Page

Place = tuple[int, int]  # an edition, and a change's position within it
AFTER = """
    (c.edition, c.position) > (%(edition)s, %(position)s) AND c.edition <= %(up_to)s
    AND (%(nouns)s::text[] IS NULL OR c.noun = ANY(%(nouns)s))
"""


@dataclass(frozen=True, slots=True)
class Changed:
    """One change, as the feed tells it; `into_key` is the key that the survivor of a merge had in that edition."""

    edition: int
    position: int
    published_at: datetime
    note: str
    operation: str
    noun: str
    record: int
    key: str
    changed: dict[str, Any]
    into_key: str | None


def page(*, after: Place, edition: int | None, nouns: Sequence[str] | None, size: int) -> Page[Changed]:
    """Return up to `size` changes after a place, in editions up to `edition` (None: all), of all nouns or some.

    `after` is never None: on an empty page it is the place that was given.
    """
    up_to = latest() if edition is None else edition
    found = rows(
        f"""
        SELECT c.edition, c.position, e.published_at, e.note, c.operation, c.noun, c.record, c.key,
               c.changed::json, s.key
        FROM tracker_change c JOIN tracker_edition e ON e.number = c.edition
        LEFT JOIN LATERAL (
            SELECT l.key FROM tracker_change l
            WHERE l.noun = c.noun AND l.record = c.into AND l.edition <= c.edition ORDER BY l.edition DESC LIMIT 1
        ) s ON true
        WHERE {AFTER} ORDER BY c.edition, c.position LIMIT %(limit)s
        """,
        {**_bound(after, up_to, nouns), "limit": size},
    )
    return Page(
        edition=up_to,
        results=[Changed(*row) for row in found],
        after=found[-1][:2] if found else after,
    )


def count(*, after: Place, edition: int, nouns: Sequence[str] | None) -> int:
    """Return how many changes there are after a place, in editions up to `edition`."""
    return number(f"SELECT count(*) FROM tracker_change c WHERE {AFTER}", _bound(after, edition, nouns))


def _bound(after: Place, up_to: int, nouns: Sequence[str] | None) -> dict[str, Any]:
    return {"edition": after[0], "position": after[1], "up_to": up_to, "nouns": nouns}
