"""What an edition covers:
how many records of each noun, up to which day, and on which issues anything is coded.

The facts of an edition are one row, written when it was made (`tracker.models.facts`): no reader
counts an edition. What tells “not on that day”, “not coded” and “votes only” apart is looked up by
issue and actor, and kept.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec
from django.db import DataError

from tracker.public.read.connection import rows
from tracker.public.read.sql import OF_EDITION, literal, write
from tracker.schema.parts import Frame, Reference, address
from tracker.schema.responses import Covers
from tracker.values.nouns import Noun

TELLING_OF_DAYS = (Noun.STANCE, Noun.ALIGNMENT, Noun.MEETING, Noun.ACT, Noun.VOTE, Noun.SOURCE)
# Claims are looked up by issue and actor, one of each, however many there are.
COVERED = write(
    """
    WITH coded AS MATERIALIZED (
        SELECT unnest(coded) AS issue FROM tracker_editionfacts WHERE edition = %(edition)s
    )
    SELECT {stance}, coded.issue, asked.actor, NULL::date
    FROM coded CROSS JOIN unnest(%(actors)s::int[]) AS asked (actor)
    WHERE EXISTS (
        SELECT FROM tracker_stancedocument d WHERE d.issue = coded.issue AND d.actor = asked.actor
            AND {live} OFFSET 0
    )
    UNION ALL
    SELECT {alignment}, issue, 0, NULL::date FROM coded
    WHERE EXISTS (
        SELECT FROM tracker_alignmentdocument d WHERE d.issue = coded.issue
        AND least(d.actor, d.counterpart) = least((%(actors)s::int[])[1], (%(actors)s::int[])[2])
        AND greatest(d.actor, d.counterpart) = greatest((%(actors)s::int[])[1],
            (%(actors)s::int[])[2])
        AND {live} OFFSET 0
    )
    UNION ALL
    SELECT {vote}, issue, voter, min(lower(days))
    FROM tracker_votedocument d JOIN unnest(%(actors)s::int[]) AS voter
        ON voter = ANY(yes || no || abstain)
    WHERE issue IS NOT NULL AND {live} GROUP BY issue, voter
""",
    live=OF_EDITION.live("d"),
    **{noun.value: literal(noun) for noun in Noun},
)
FACTS = write(
    """
    SELECT f.records::text, f.independent, f.with_address, f.sourceless, (
        SELECT coalesce(json_agg(json_build_array(
            c.value ->> 0, c.value -> 2, b.slug, b.body::json -> 'name',
                coalesce(b.body::json -> 'frames', '[]')
        ) ORDER BY c.value ->> 2 DESC, b.slug), '[]')::text
        FROM jsonb_array_elements(f.until) c LEFT JOIN tracker_actordocument b
        ON b.record = (c.value ->> 1)::int AND {live}
    ) FROM tracker_editionfacts f WHERE f.edition = %(edition)s
""",
    live=OF_EDITION.live("b"),
)
ORIGINS = write(
    "SELECT record, derives_from FROM tracker_sourcedocument d WHERE derives_from IS NOT "
    "NULL AND {}",
    OF_EDITION.live("d"),
)


@lru_cache(maxsize=8)
def origins(edition: int, stamp: int | None) -> dict[int, int]:
    """Return which source each passes on in an edition, whose moment is `stamp`;
    one statement, and kept.
    """
    return dict(rows(ORIGINS, {"edition": edition}))


class CoveredDay(msgspec.Struct, frozen=True, array_like=True):
    """Up to which day an edition has records of a noun;
    of votes by body, with its slug, name and frames.
    """

    noun: Noun
    day: date
    slug: str | None
    name: str | None
    frames: list[Frame]


class Facts(NamedTuple):
    """What an edition holds.

    `independent` says how many claims rest on how many independent sources, 3 standing for more.
    `covers` says up to which day there are records, of votes by body, that with the newest first.
    """

    records: Mapping[Noun, int]
    independent: Mapping[int, int]
    with_address: int
    sourceless: int
    covers: Sequence[Covers]


UNKNOWN = Facts({}, {}, 0, 0, ())


def facts(edition: int) -> Facts:
    """Return the facts of an edition;
    empty ones if its row is missing or damaged, which `verify` tells.
    """
    if edition == 0:
        return UNKNOWN._replace(records=dict.fromkeys(Noun, 0))
    try:
        found = rows(FACTS, {"edition": edition})
        return _facts(*found[0]) if found else UNKNOWN
    except (msgspec.DecodeError, DataError):
        return UNKNOWN


def _facts(
    records: str, independent: list[int], with_address: int, sourceless: int, until: str
) -> Facts:
    counts = msgspec.json.decode(records, type=dict[Noun, int])
    days = msgspec.json.decode(until, type=list[CoveredDay])
    return Facts(
        {noun: counts.get(noun, 0) for noun in Noun},
        dict(enumerate(independent)),
        with_address,
        sourceless,
        [_covers(covered) for noun in TELLING_OF_DAYS for covered in days if covered.noun is noun],
    )


def _covers(covered: CoveredDay) -> Covers:
    body = None
    if covered.slug:
        body = Reference(address(Noun.ACTOR, covered.slug), covered.slug, covered.name or "")
    return Covers(covered.noun.plural, body, covered.day, _closed(covered.frames), covered.frames)


def _closed(frames: Sequence[Frame]) -> date | None:
    """Return the last day of frames that all have one; None if there is none, or one goes on."""
    ends = [frame.until.latest if frame.until else date.max for frame in frames]
    last = max(ends, default=date.max)
    return None if last == date.max else last


class Coverage(NamedTuple):
    """On which issues, by actor, an edition has anything; actor 0:
    of how the first two actors relate.

    `claims`: a claim of any day. `voted`:
    votes that bear on it, in which the actor voted, and the first possible day.
    """

    claims: frozenset[tuple[int, int]]
    voted: Mapping[tuple[int, int], date]


@lru_cache(maxsize=8)
def coverage(actors: tuple[int | None, ...], edition: int, stamp: int | None) -> Coverage:
    """Return what an edition, whose moment is `stamp`, has of these actors;
    None, an actor that isn't, has nothing.

    One statement; it is kept, as it can't change.
    """
    claims, voted = set[tuple[int, int]](), dict[tuple[int, int], date]()
    for noun, issue, actor, first in rows(COVERED, {"actors": list(actors), "edition": edition}):
        if noun != Noun.VOTE:
            claims.add((issue, actor))
        elif first:
            voted[issue, actor] = first
    return Coverage(frozenset(claims), voted)
