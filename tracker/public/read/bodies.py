"""Which bodies decide by votes, how many of their votes an edition has, and of which days."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tracker.public.read.connection import rows
from tracker.public.read.sql import OF_EDITION, write

VOTES_BY_BODY = write(
    """
    SELECT d.own_body, b.slug, b.body::json ->> 'name', d.count, d.first, d.last
    FROM (
        SELECT own_body, count(*) AS count, min(lower(days)) AS first, max(upper(days)) - 1 AS last
        FROM tracker_votedocument d WHERE {votes} GROUP BY own_body
    ) d JOIN tracker_actordocument b ON b.record = d.own_body AND {bodies}
        ORDER BY d.count DESC, b.slug
""",
    votes=OF_EDITION.live("d"),
    bodies=OF_EDITION.live("b"),
)


class BodyVotes(NamedTuple):
    """A body, how many of its votes are here,
    and the first and the last day on which one may have been.
    """

    record: int
    slug: str
    name: str
    votes: int
    first: date | None
    last: date | None


@lru_cache(maxsize=100)
def votes_by_body(edition: int, stamp: int | None) -> Sequence[BodyVotes]:
    """Return bodies, that with most votes first, of an edition whose moment is `stamp`;
    one statement, and kept.
    """
    return [BodyVotes(*row) for row in rows(VOTES_BY_BODY, {"edition": edition})]
