"""Sources, counted: by who speaks in them, and how many records name each."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from psycopg.sql import SQL

from tracker.public.read.connection import rows
from tracker.public.read.sql import OF_EDITION, literal, table_of, write
from tracker.values.nouns import Noun

BY_OUTLET = write(
    "SELECT d.outlet, count(*) FROM {} d WHERE {} GROUP BY 1 ORDER BY 2 DESC, 1",
    table_of(Noun.SOURCE), OF_EDITION.live("d"),
)  # fmt: skip
USES = write(
    "SELECT u.named, count(*) FROM ({}) u GROUP BY 1",
    SQL(" UNION ALL ").join(
        SQL(
            "SELECT m.named FROM tracker_mention m JOIN {} d ON d.id = m.document AND {} "
            "WHERE m.named_noun = {} AND m.named = ANY(%(sources)s::int[]) AND m.noun = {}"
        ).format(table_of(noun), OF_EDITION.live("d"), literal(Noun.SOURCE), literal(noun))
        for noun in Noun
        if noun is not Noun.SOURCE  # one that passes it on doesn't rest on it
    ),
)


@lru_cache(maxsize=100)
def sources_by_outlet(edition: int, stamp: int | None) -> Mapping[str, int]:
    """Return how many sources of each outlet an edition has, whose moment is `stamp`;
    one statement, and kept.
    """
    return dict(rows(BY_OUTLET, {"edition": edition}))


def uses(sources: Collection[int], *, edition: int) -> Mapping[int, int]:
    """Return how many records cite each of these sources in an edition, if any does;
    one statement.
    """
    return dict(rows(USES, {"sources": list(sources), "edition": edition}))
