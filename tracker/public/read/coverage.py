"""What an edition covers: how many records of each noun, and on which issues anything is coded, whatever the day.

The latter tells “not on that day”, “not coded” and “votes only” apart. Both are kept by edition, as neither can change.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from psycopg.sql import SQL

from tracker.public.read.connection import rows
from tracker.public.read.sql import OF_EDITION, literal, table_of, write
from tracker.schema.evidence import BACKING, CITED, HAS_ADDRESS, INDEPENDENT
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun

COVERED = write("""
    SELECT DISTINCT {stance}, issue, actor, NULL::date
    FROM tracker_stancedocument d WHERE actor = ANY(%(actors)s::int[]) AND {live}
    UNION ALL
    SELECT DISTINCT {alignment}, issue, 0, NULL::date FROM tracker_alignmentdocument d
    WHERE actor = ANY((%(actors)s::int[])[1:2]) AND counterpart = ANY((%(actors)s::int[])[1:2]) AND {live}
    UNION ALL
    SELECT {vote}, issue, voter, min(lower(days))
    FROM tracker_votedocument d JOIN unnest(%(actors)s::int[]) AS voter ON voter = ANY(yes || no || abstain)
    WHERE issue IS NOT NULL AND {live} GROUP BY issue, voter
""", live=OF_EDITION.live("d"), **{noun.value: literal(noun) for noun in Noun})  # fmt: skip
COUNT = SQL("SELECT {0}, count(*), count(*) FILTER (WHERE {3}) FROM {1} d WHERE {2}")
CITES_NOTHING = SQL(
    "NOT EXISTS (SELECT FROM tracker_mention m WHERE m.noun = {0} AND m.document = d.id AND m.named_noun = {1})"
)
COUNTS = write(
    "{}",
    SQL(" UNION ALL ").join(
        COUNT.format(
            literal(noun),
            table_of(noun),
            OF_EDITION.live("d"),
            CITES_NOTHING.format(literal(noun), literal(Noun.SOURCE)) if noun in CLAIMS else SQL("false"),
        )
        for noun in Noun
    ),
)


RESTS_ON = write(
    "SELECT least(independent, 3), has_address, count(*) FROM ({}) e (independent, has_address) GROUP BY 1, 2",
    SQL(" UNION ALL ").join(
        SQL("SELECT {independent}, {has_address} FROM {documents} d WHERE {live}").format(
            independent=SQL(INDEPENDENT).format(live=OF_EDITION.live("o")),
            has_address=SQL(HAS_ADDRESS).format(live=OF_EDITION.live("o"), noun=literal(noun)),
            documents=table_of(noun),
            live=OF_EDITION.live("d"),
        )
        for noun in CLAIMS
    ),
)
ORIGINS = write(
    "SELECT record, derives_from FROM tracker_sourcedocument d WHERE derives_from IS NOT NULL AND {}",
    OF_EDITION.live("d"),
)


class Evidence(NamedTuple):
    """On how many independent sources claims rest, by number, 3 standing for more; and how many cite an address."""

    independent: Mapping[int, int]
    with_address: int


@lru_cache(maxsize=100)
def evidence(edition: int, stamp: int | None) -> Evidence:
    """Return on what all claims of an edition, whose moment is `stamp`, rest; one statement, and kept."""
    independent, with_address = Counter[int](), 0
    for sources, has_address, many in rows(RESTS_ON, {"edition": edition, **BACKING, **CITED}):
        independent[sources] += many
        with_address += many * has_address
    return Evidence(independent, with_address)


@lru_cache(maxsize=8)
def origins(edition: int, stamp: int | None) -> dict[int, int]:
    """Return which source each passes on in an edition, whose moment is `stamp`; one statement, and kept."""
    return dict(rows(ORIGINS, {"edition": edition}))


class NounCounts(NamedTuple):
    """How many records of a noun there are, and of claims how many cite no source."""

    whole: int
    sourceless: int


@lru_cache(maxsize=100)
def counts(edition: int, stamp: int | None) -> dict[Noun, NounCounts]:
    """Return how many records are public in an edition, whose moment is `stamp`; kept, as it can't change."""
    return {Noun(noun): NounCounts(*numbers) for noun, *numbers in rows(COUNTS, {"edition": edition})}


class Coverage(NamedTuple):
    """On which issues, by actor, an edition has anything; actor 0: of how the first two actors relate.

    `claims`: a claim of any day. `voted`: votes that bear on it, in which the actor voted, and the first possible day.
    """

    claims: frozenset[tuple[int, int]]
    voted: Mapping[tuple[int, int], date]


@lru_cache(maxsize=8)
def coverage(actors: tuple[int | None, ...], edition: int, stamp: int | None) -> Coverage:
    """Return what an edition, whose moment is `stamp`, has of these actors; None, an actor that isn't, has nothing.

    One statement; it is kept, as it can't change.
    """
    claims, voted = set[tuple[int, int]](), dict[tuple[int, int], date]()
    for noun, issue, actor, first in rows(COVERED, {"actors": list(actors), "edition": edition}):
        if noun != Noun.VOTE:
            claims.add((issue, actor))
        elif first:
            voted[issue, actor] = first
    return Coverage(frozenset(claims), voted)
