"""What an edition covers: how many records of each noun, and on which issues anything is coded, whatever the day.

The latter tells “not on that day” from “not coded”. Both are kept by edition, as neither can change.
"""

from functools import lru_cache

from psycopg.sql import SQL

from tracker.publication.read.connection import rows
from tracker.publication.read.sql import OF_EDITION, literal, table_of, write
from tracker.values.nouns import Noun

CODED = write("""
    SELECT DISTINCT issue, actor FROM tracker_stancedocument d WHERE actor = ANY(%(actors)s::int[]) AND {live}
    UNION ALL
    SELECT DISTINCT issue, 0 FROM tracker_alignmentdocument d
    WHERE actor = ANY((%(actors)s::int[])[1:2]) AND counterpart = ANY((%(actors)s::int[])[1:2]) AND {live}
""", live=OF_EDITION.live("d"))  # fmt: skip
COUNT = SQL("SELECT {}, count(*) FROM {} d WHERE {}")
COUNTS = write(
    "{}", SQL(" UNION ALL ").join(COUNT.format(literal(noun), table_of(noun), OF_EDITION.live("d")) for noun in Noun)
)


@lru_cache(maxsize=100)
def counts(edition: int, stamp: int | None) -> dict[Noun, int]:
    """Return the number of public records by noun in an edition, whose moment is `stamp`; kept, as it can't change."""
    return {Noun(noun): number for noun, number in rows(COUNTS, {"edition": edition})}


@lru_cache(maxsize=8)
def coded(actors: tuple[int | None, ...], edition: int, stamp: int | None) -> frozenset[tuple[int, int | None]]:
    """Return the pairs of issue and actor of which an edition, whose moment is `stamp`, has a stance; one statement.

    Where it has an alignment of the first two actors, the actor is 0; of None, an actor that isn't, it has nothing.
    It is kept, as it can't change.
    """
    pairs = rows(CODED, {"actors": list(actors), "edition": edition})
    return frozenset((issue, actor) for issue, actor in pairs)
