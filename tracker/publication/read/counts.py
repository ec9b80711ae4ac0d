"""How many records of each noun are public."""

from functools import cache, lru_cache

from psycopg.sql import SQL

from tracker.publication.read.connection import rows
from tracker.publication.read.sql import Scope, literal, table_of, write
from tracker.values.nouns import Noun


@lru_cache(maxsize=100)
def counts(edition: int, stamp: int | None) -> dict[Noun, int]:
    """Return the number of public records by noun in an edition, whose moment is `stamp`; kept, as it can't change."""
    return {Noun(noun): number for noun, number in rows(_statement(), {"edition": edition})}


@cache
def _statement() -> str:
    count = SQL("SELECT {}, count(*) FROM {} d WHERE {}")
    live = Scope(SQL("%(edition)s::int")).live("d")
    return write("{}", SQL(" UNION ALL ").join(count.format(literal(noun), table_of(noun), live) for noun in Noun))
