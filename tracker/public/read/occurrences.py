"""What took place: meetings and acts counted by kind, series and year;
and those of some actors, all of them.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from psycopg.sql import SQL

from tracker.public.read.connection import rows
from tracker.public.read.sql import OF_EDITION, literal, table_of, write
from tracker.schema.records import OCCURRENCES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActStatus, MeetingStatus

TO_COME = (MeetingStatus.PLANNED, MeetingStatus.EXPECTED)
TOOK_PLACE = [
    status
    for status in dict.fromkeys((*MeetingStatus, *ActStatus))
    if status not in (*TO_COME, MeetingStatus.CANCELLED)
]  # fmt: skip
COUNTED = {
    noun: write(
        """
        SELECT d.kind, d.series, extract(year FROM d.sort)::int, count(*) FROM {documents} d
        WHERE {live} AND d.sort <= %(on)s::date AND d.status = ANY(%(statuses)s::text[])
            GROUP BY 1, 2, 3
    """,
        documents=table_of(noun),
        live=OF_EDITION.live("d"),
    )
    for noun in OCCURRENCES
}
TOGETHER = write(
    "{}",
    SQL(" UNION ALL ").join(
        SQL("""
            SELECT {noun}, d.record, d.kind, d.body::json ->> 'title', d.body::json -> 'since',
                d.body::json -> 'until'
            FROM {documents} d
            WHERE {live} AND d.participants @> %(actors)s::int[]
                AND d.status = ANY(%(statuses)s::text[])
        """).format(noun=literal(noun), documents=table_of(noun), live=OF_EDITION.live("d"))
        for noun in OCCURRENCES
    ),
)
UNKNOWN = 1  # the year of what has no beginning: it is sorted by the least of all dates


class Counted(NamedTuple):
    """How many of a kind and a series, if they belong to one, began in a year,
    which may be UNKNOWN.
    """

    kind: str
    series: str | None
    year: int
    records: int


@lru_cache(maxsize=100)
def counted(
    noun: Noun, statuses: tuple[str, ...], on: date, edition: int, stamp: int | None
) -> Sequence[Counted]:
    """Return what had begun by a day, of some statuses, in an edition whose moment is `stamp`;
    one statement, kept.
    """
    bound = {"edition": edition, "on": on, "statuses": list(statuses)}
    return [Counted(*row) for row in rows(COUNTED[noun], bound)]


@lru_cache(maxsize=8)
def together(
    actors: tuple[int | None, ...], edition: int, stamp: int | None
) -> Sequence[tuple[Noun, dict[str, Any]]]:
    """Return title, kind and days of what took place with all of these actors,
    in an edition whose moment is `stamp`.

    None is an actor that isn't: with it there is nothing. One statement, and kept.
    """
    if None in actors:
        return []
    bound = {
        "edition": edition,
        "actors": list(actors),
        "statuses": [status.value for status in TOOK_PLACE],
    }
    fields = ("id", "kind", "title", "since", "until")
    return [(Noun(noun), dict(zip(fields, of, strict=True))) for noun, *of in rows(TOGETHER, bound)]
