"""What took place, counted: meetings and acts by kind, series and year."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tracker.public.read.connection import rows
from tracker.public.read.sql import OF_EDITION, table_of, write
from tracker.schema.records import OCCURRENCES
from tracker.values.nouns import Noun

COUNTED = {
    noun: write("""
        SELECT d.kind, d.series, extract(year FROM d.sort)::int, count(*) FROM {documents} d
        WHERE {live} AND d.sort <= %(on)s::date AND d.status = ANY(%(statuses)s::text[]) GROUP BY 1, 2, 3
    """, documents=table_of(noun), live=OF_EDITION.live("d"))
    for noun in OCCURRENCES
}  # fmt: skip
UNKNOWN = 1  # the year of what has no beginning: it is sorted by the least of all dates


class Counted(NamedTuple):
    """How many of a kind and a series, if they belong to one, began in a year, which may be UNKNOWN."""

    kind: str
    series: str | None
    year: int
    records: int


@lru_cache(maxsize=100)
def counted(noun: Noun, statuses: tuple[str, ...], on: date, edition: int, stamp: int | None) -> Sequence[Counted]:
    """Return what had begun by a day, of some statuses, in an edition whose moment is `stamp`; one statement, kept."""
    bound = {"edition": edition, "on": on, "statuses": list(statuses)}
    return [Counted(*row) for row in rows(COUNTED[noun], bound)]
