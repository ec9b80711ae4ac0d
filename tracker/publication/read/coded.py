"""On which issues anything is coded at all, whatever the day: what tells "not on that day" from "not coded"."""

from functools import lru_cache

from tracker.publication.read.connection import rows
from tracker.publication.read.sql import OF_EDITION, write

CODED = write("""
    SELECT DISTINCT issue, actor FROM tracker_stancedocument d WHERE actor = ANY(%(actors)s::int[]) AND {live}
    UNION ALL
    SELECT DISTINCT issue, 0 FROM tracker_alignmentdocument d
    WHERE actor = ANY((%(actors)s::int[])[1:2]) AND counterpart = ANY((%(actors)s::int[])[1:2]) AND {live}
""", live=OF_EDITION.live("d"))  # fmt: skip


@lru_cache(maxsize=8)
def coded(actors: tuple[int, ...], edition: int, stamp: int | None) -> frozenset[tuple[int, int]]:
    """Return the pairs of issue and actor of which an edition, whose moment is `stamp`, has a stance; one statement.

    Where it has an alignment of the first two actors, the actor is 0. It is kept, as it can't change.
    """
    pairs = rows(CODED, {"actors": list(actors), "edition": edition})
    return frozenset((issue, actor) for issue, actor in pairs)
