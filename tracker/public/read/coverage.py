"""What an edition covers: how many records of each noun, up to which day, and on which issues anything is coded.

The last tells “not on that day”, “not coded” and “votes only” apart. All are kept by edition, as none can change.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import _lru_cache_wrapper, lru_cache
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

import msgspec
from psycopg.sql import SQL, Literal

from tracker.public.read.connection import rows
from tracker.public.read.sql import OF_EDITION, literal, table_of, write
from tracker.schema.evidence import BACKING, CITED, HAS_ADDRESS, INDEPENDENT
from tracker.schema.parts import Frame, Reference, address
from tracker.schema.records import CLAIMS, OCCURRENCES
from tracker.schema.responses import Covers
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Basis, MeetingStatus

Counted = TypeVar("Counted")
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
# Of each noun that tells of days, which of its documents count, and the days of one that do: neither what is expected
# nor a day after the edition's. Of vague days, and of what lasts, it is the first, which is certainly not too late.
BEGAN = "nullif(d.sort, %(unknown)s::date)"
NEWEST = {
    **dict.fromkeys(CLAIMS, ("d.basis <> %(forecast)s", (BEGAN, "d.confirmed_on"))),
    **dict.fromkeys(OCCURRENCES, ("d.status <> ALL(%(not_held)s)", (BEGAN,))),
    Noun.VOTE: ("true", ("lower(d.days)",)),
    Noun.SOURCE: ("true", ("lower(d.issued)",)),
}
COVERS = write(
    """
    WITH made AS MATERIALIZED (
        SELECT (published_at AT TIME ZONE {utc})::date AS day FROM tracker_edition WHERE number = %(edition)s
    )
    SELECT c.noun, c.day, b.slug, b.body::json ->> 'name', (b.body::json -> 'frames')::text
    FROM ({newest}) c (noun, body, day) LEFT JOIN tracker_actordocument b ON b.record = c.body AND {live}
    WHERE c.day IS NOT NULL ORDER BY c.day DESC, b.slug
    """,
    newest=SQL(" UNION ALL ").join(
        SQL("SELECT {}, {}, max(greatest({})) FROM {} d CROSS JOIN made WHERE {} AND {} GROUP BY 2").format(
            literal(noun),
            SQL("d.own_body" if noun is Noun.VOTE else "NULL::int"),
            SQL(", ").join(SQL("CASE WHEN {0} <= made.day THEN {0} END").format(SQL(day)) for day in of),
            table_of(noun),
            SQL(counts),
            OF_EDITION.live("d"),
        )
        for noun, (counts, of) in NEWEST.items()
    ),
    live=OF_EDITION.live("b"),
    utc=Literal("UTC"),
)
ORIGINS = write(
    "SELECT record, derives_from FROM tracker_sourcedocument d WHERE derives_from IS NOT NULL AND {}",
    OF_EDITION.live("d"),
)


class SingleFlight(Generic[Counted]):
    """What is counted over all of an edition, and kept: who asks meanwhile waits for it, and doesn't count it too.

    After an edition everybody asks at once. Over 100,000 claims the longest takes three seconds, eight of them beside
    each other longer than a statement may.
    """

    def __init__(self, results: "_lru_cache_wrapper[Counted]") -> None:
        self._results, self._lock, self.cache_clear = results, Lock(), results.cache_clear

    def __call__(self, edition: int, stamp: int | None) -> Counted:
        with self._lock:
            return self._results(edition, stamp)


class Evidence(NamedTuple):
    """On how many independent sources claims rest, by number, 3 standing for more; and how many cite an address."""

    independent: Mapping[int, int]
    with_address: int


@SingleFlight
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


@SingleFlight
@lru_cache(maxsize=100)
def counts(edition: int, stamp: int | None) -> dict[Noun, NounCounts]:
    """Return how many records are public in an edition, whose moment is `stamp`; kept, as it can't change."""
    return {Noun(noun): NounCounts(*numbers) for noun, *numbers in rows(COUNTS, {"edition": edition})}


@SingleFlight
@lru_cache(maxsize=100)
def covers(edition: int, stamp: int | None) -> list[Covers]:
    """Return up to which day an edition, whose moment is `stamp`, has records of each noun that tells of days.

    Of votes it is told by body, that with the newest first. One statement, and kept.
    """
    not_held = [MeetingStatus.PLANNED, MeetingStatus.EXPECTED, MeetingStatus.CANCELLED]  # acts have the same
    bound = {"edition": edition, "forecast": Basis.FORECAST.value, "not_held": not_held, "unknown": date.min}
    lines = [
        (Noun(noun), day, slug and Reference(address(Noun.ACTOR, slug), slug, name), _frames(frames))
        for noun, day, slug, name, frames in rows(COVERS, bound)
    ]
    return [
        Covers(noun.plural, body, day, _closed(frames), frames)
        for of in NEWEST
        for noun, day, body, frames in lines
        if noun is of
    ]


def _frames(text: str | None) -> list[Frame]:
    return msgspec.json.decode(text or "[]", type=list[Frame])


def _closed(frames: Sequence[Frame]) -> date | None:
    """Return the last day of frames that all have one; None if there is none, or one goes on."""
    ends = [frame.until.latest if frame.until else date.max for frame in frames]
    last = max(ends, default=date.max)
    return None if last == date.max else last


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
