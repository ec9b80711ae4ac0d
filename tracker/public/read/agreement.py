"""Who cast what in the votes that frames cover,
and for each pair of actors how often which two things were cast.

One statement reads what each actor cast as one digit a vote;
pairs are counted from these, so that hundreds of them cost no other statement.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
import numpy as np
from psycopg.sql import SQL, Composable, Identifier, Literal, Placeholder

from tracker.public.read.connection import rows
from tracker.public.read.queries import BELOW
from tracker.public.read.sql import OF_EDITION, write
from tracker.schema.agreement import FEW
from tracker.schema.filters import Filter, Keys
from tracker.schema.records import FILTERS
from tracker.schema.votes import UNANIMOUS, WITHOUT_VOTE, YEAR
from tracker.values.agreement import MEASURES, ConfidenceInterval, Sums, intervals
from tracker.values.nouns import Noun
from tracker.values.periods import EMPTY, Days
from tracker.values.vocabularies import Choice, VoteKind

# what an actor cast, by the digit that stands for it: what is compared first, as codes from -1 to 1
CAST = (
    "no",
    "abstain",
    "yes",
    "absent",
    "not_participating",
    "no_ballot",
    "not_evidenced",
    "no_seat",
)
DIGITS = {name: Literal(str(digit)) for digit, name in enumerate(CAST)}
COMPARED = 3  # the first of these
# a vote is told under the first that holds
CODES = np.array([-1, 0, 1])
DISTANCES = abs(CODES[:, None] - CODES)
SLUG = SQL("(SELECT i.slug FROM tracker_issuedocument i WHERE i.record = d.issue AND {})").format(
    OF_EDITION.live("i")
)
BUCKETS: dict[str, Composable] = {
    "year": SQL(YEAR),
    "session": SQL("d.session"),
    "issue": SLUG,
    "theme": SQL("t.theme"),
    "none": SQL("0"),
    "body_year": SQL("d.own_body::bigint * 10000 + ({})").format(SQL(YEAR)),
}
# of a resolution: left out unless they are asked for
PARTS = frozenset({VoteKind.AMENDMENT, VoteKind.PARAGRAPH})
FORMS = 64
SINGLY = 6  # actors, of whom each is asked for by itself
Tables = Any  # of numpy: for each bucket how often the first cast what and the second what


class AgreementActor(NamedTuple):
    """An actor as an edition has it; `frames` are those of its document."""

    record: int
    slug: str
    name: str
    iso3: str | None
    frames: Sequence[Mapping[str, Any]]


class FramedVotes(NamedTuple):
    """Votes that a frame covers:
    the body, the frame as its document has it, and which of its kinds are meant.
    """

    body: AgreementActor
    frame: Mapping[str, Any]
    kinds: Sequence[str]

    @property
    def certain(self) -> Days:
        """Return the days whose votes it covers for certain."""
        since, until = self.frame["since"], self.frame["until"]
        first, last = (
            since and date.fromisoformat(since["latest"]),
            until and date.fromisoformat(until["earliest"]),
        )
        return EMPTY if first and last and last < first else Days(first, last)


class Votes(NamedTuple):
    """Votes that frames cover and filters of votes find, in an edition;
    in `given` keys are numbers of records.
    """

    framed: Sequence[FramedVotes]
    given: Mapping[str, Any]
    edition: int

    @property
    def form(self) -> frozenset[str]:
        """Return which filters are given."""
        return frozenset(self.given)

    def bound(self) -> dict[str, Any]:
        """Return what SQL binds."""
        each = [
            (covered.body.record, kind, str(covered.certain))
            for covered in self.framed
            for kind in covered.kinds
        ]
        columns = zip(*each, strict=True) if each else [()] * 3
        named = dict(zip(("bodies", "kinds", "periods"), map(list, columns), strict=True))
        constants = {name: value for by in _used(self.form) for name, value in by.binds.items()}
        return {**constants, **self.given, **named, "edition": self.edition}


class PairCounts(NamedTuple):
    """Two actors, by their places, over the votes of one bucket.

    `frame` counts the votes that there are, `sums` those in which both cast what is compared. Of
    the others `left_out` has each under one reason. What one of the two cast is counted in votes
    that aren't unanimous, and of what is compared in those alone in which the other did too. What
    was adopted without a vote is unanimous in no sense.
    """

    first: int
    second: int
    bucket: int | str
    frame: int
    unanimous: int
    sums: Sums
    left_out: Mapping[str, int]
    first_cast: Mapping[str, int]
    second_cast: Mapping[str, int]


class BallotTable:
    """What some actors cast in votes:
    a digit for each vote and actor, the votes of a bucket one after another.

    Of each bucket it is made of: how many of its votes are unanimous and only counted, how many are
    not, the digits of these and, where intervals are wanted, their days and digests; and how much
    was adopted without a vote.
    """

    def __init__(self, buckets: Sequence[tuple[Any, ...]], *, of: Sequence[int]) -> None:
        self.of = of
        in_order = sorted(buckets, key=itemgetter(0))
        self.buckets, self.unanimous, counts = (
            [row[column] for row in in_order] for column in range(3)
        )
        self.bucket = np.repeat(np.arange(len(counts)), np.array(counts, dtype=np.int64))
        digits = "".join(row[3] or "" for row in in_order).encode()
        self.cast = np.frombuffer(digits, dtype=np.uint8).reshape(len(self.bucket), len(of)).astype(
            np.int64
        ) - ord("0")
        self.days, self.digests = (
            [each for row in in_order for each in row[column] or ()] for column in (4, 5)
        )
        self.without_vote = [row[6] for row in in_order]

    def pairs(self, pairs: Sequence[tuple[int, int]]) -> Iterator[PairCounts]:
        """Yield, pair by pair and in the order of buckets, what is counted."""
        of, cast = self.bucket * len(CAST) ** 2, self.cast
        for first, second in pairs:
            cells = np.bincount(
                of + cast[:, first] * len(CAST) + cast[:, second],
                minlength=len(CAST) ** 2 * len(self.buckets),
            )
            tables = cells.reshape(-1, len(CAST), len(CAST))
            columns = (
                self.buckets,
                self.unanimous,
                self.without_vote,
                _sums(tables),
                _left_out(tables),
                _cast(tables),
            )
            for bucket, unanimous, without_vote, sums, left_out, of_first, of_second in zip(
                *columns, _cast(tables.transpose(0, 2, 1)), strict=True
            ):
                left_out["without_vote"] = without_vote
                frame = unanimous + sums.n + sum(left_out.values())
                yield PairCounts(
                    first, second, bucket, frame, unanimous, sums, left_out, of_first, of_second
                )

    def intervals(
        self, counted: PairCounts, names: Collection[str] = MEASURES
    ) -> dict[str, ConfidenceInterval]:
        """Return intervals of measures,
        which are the same as long as the votes that are compared are.
        """
        return intervals(*self.drawn_of(counted), names)

    def drawn_of(self, counted: PairCounts) -> tuple[list[Sums], bytes]:
        """Return what intervals are drawn of, and the seed."""
        days, digest = self._by_day(counted)
        pair = sorted((self.of[counted.first], self.of[counted.second]))
        return days, sha256(f"{pair} {counted.bucket} ".encode() + digest).digest()

    def _by_day(self, counted: PairCounts) -> tuple[list[Sums], bytes]:
        """Return what the votes compared come to on each of their days,
        and a digest of these votes.
        """
        place = self.buckets.index(counted.bucket)
        first, second = self.cast[:, counted.first], self.cast[:, counted.second]
        at = np.flatnonzero(
            (self.bucket == place) & (first < COMPARED) & (second < COMPARED)
        ).tolist()
        days: dict[date, list[tuple[int, int]]] = {}
        for vote in at:
            days.setdefault(self.days[vote], []).append(
                (int(first[vote]) - 1, int(second[vote]) - 1)
            )
        digest = sha256(b"".join(sorted(self.digests[vote] for vote in at))).digest()
        return [Sums.of(days[day]) for day in sorted(days)], digest


def bodies(records: Sequence[int], *, edition: int) -> list[AgreementActor]:
    """Return which of these actors have frames, or of none, all that have any;
    in order, one statement.
    """
    return _actors(FRAMED if not records else NAMED, records, edition)


def framed(body: AgreementActor, kinds: Collection[str] = ()) -> list[FramedVotes]:
    """Return the frames of a body that are of some of these kinds; of none, of all but PARTS."""
    meant = [
        (
            frame,
            [kind for kind in frame["kinds"] if (kind in kinds if kinds else kind not in PARTS)],
        )
        for frame in body.frames
    ]
    return [FramedVotes(body, frame, kept) for frame, kept in meant if kept]


def by_year(
    votes: Votes, pair: Sequence[int], *, only: int | None = None
) -> list[tuple[PairCounts, tuple[float, float] | None]]:
    """Return what is counted of two actors year by year, with the ends of the interval of `mean`;
    one statement.

    With `only` a year, no other has its interval, which takes longer than all else.
    """
    cast = ballots(votes, pair, by="year", drop=True, days=True)
    years = []
    for year in cast.pairs([(0, 1)]):
        is_wanted = year.sums.n >= FEW and only in (None, year.bucket)
        ends = cast.intervals(year, ["mean"])["mean"].ends if is_wanted else None
        years.append((year, ends if isinstance(ends, tuple) else None))
    return years


def by_body_and_year(
    votes: Votes, pair: Sequence[int], *, drop: bool = True
) -> dict[int, dict[int, PairCounts]]:
    """Return what is counted of two actors by year, the latest first,
    and by the number of the body; one statement.

    With `drop`, unanimous votes are only counted.
    """
    years: dict[int, dict[int, PairCounts]] = {}
    for counted in ballots(votes, pair, by="body_year", drop=drop).pairs([(0, 1)]):
        body, year = divmod(int(str(counted.bucket)), 10_000)
        years.setdefault(year, {})[body] = counted
    return dict(sorted(years.items(), reverse=True))


class BodyShares(NamedTuple):
    """By year, in order, in what share of the votes of a body in which
    both cast one two actors cast the same.
    """

    body: str
    shares: dict[int, float]


@lru_cache(maxsize=8)
def shares_by_body(
    pair: tuple[int | None, ...], edition: int, stamp: int | None
) -> Sequence[BodyShares]:
    """Return the shares of two actors in an edition, whose moment is `stamp`,
    of years with votes enough.

    Unanimous votes count. Two statements if there are frames, and kept.
    """
    of = [number for number in pair if number is not None]
    votes = framed_votes(edition) if len(of) == 2 else Votes([], {}, edition)
    years = by_body_and_year(votes, of, drop=False) if votes.framed else {}
    shares = {covered.body.record: BodyShares(covered.body.name, {}) for covered in votes.framed}
    for year, counted in reversed(years.items()):
        for body, of_body in counted.items():
            if of_body.sums.n >= FEW:
                shares[body].shares[year] = of_body.sums.identical / of_body.sums.n
    return [of_body for of_body in shares.values() if of_body.shares]


def framed_votes(edition: int) -> Votes:
    """Return what frames cover, of all bodies, as usual without amendments and paragraphs;
    one statement.
    """
    return Votes(
        [covered for body in bodies([], edition=edition) for covered in framed(body)], {}, edition
    )


def actors(records: Sequence[int], *, edition: int) -> dict[int, AgreementActor]:
    """Return those of these actors that an edition has, by their numbers; one statement."""
    return {actor.record: actor for actor in _actors(NAMED, records, edition)}


def voters(votes: Votes) -> list[int]:
    """Return who cast a ballot in any of these votes, who did in most of them first;
    one statement.
    """
    return [record for (record,) in rows(_voters(votes.form), votes.bound())]


def ballots(
    votes: Votes, of: Sequence[int], *, by: str, drop: bool, days: bool = False
) -> BallotTable:
    """Return what these actors cast, in votes by their buckets; one statement.

    With `drop`, unanimous votes are only counted; with `days` it has what intervals are drawn from.
    """
    named = {f"actor{place}": record for place, record in enumerate(of)}
    bound = votes.bound() | named | {"actors": list(of), "drop": drop, "days": days}
    return BallotTable(rows(_ballots(votes.form, by, min(len(of), SINGLY + 1)), bound), of=of)


def _actors(sql: str, records: Sequence[int], edition: int) -> list[AgreementActor]:
    documents = rows(sql, {"records": list(records), "edition": edition})
    return [
        AgreementActor(record, slug, name, iso3, msgspec.json.decode(frames or "[]"))
        for record, slug, name, iso3, frames in documents
    ]


_ACTORS = """
    SELECT d.record, d.slug, d.body::json ->> 'name', d.iso3, (d.body::json -> 'frames')::text
    FROM tracker_actordocument d WHERE {live} AND {which} ORDER BY d.slug COLLATE "C"
"""
NAMED = write(_ACTORS, live=OF_EDITION.live("d"), which=SQL("d.record = ANY(%(records)s::int[])"))
FRAMED = write(
    _ACTORS,
    live=OF_EDITION.live("d"),
    which=SQL("strpos(d.body, {}) > 0").format(Literal('"frames":[{')),
)
# width_bucket finds the place of an actor among those that cast a choice, who are in order,
# by halves
DID = "WHEN d.{choice}[width_bucket({actor}, d.{choice})] = {actor} THEN {digit}"
EACH = """(
    SELECT string_agg({digit}, '' ORDER BY a.place)
    FROM unnest(%(actors)s::int[], {seats}) WITH ORDINALITY AS a (record, days, place)
)"""
# for each body the days on which each actor, by its place, possibly had a seat; null:
# no membership of it is known
SEATS = SQL("""seats AS MATERIALIZED (
    SELECT b.record AS body, array_agg((
        SELECT range_agg(daterange(
            (m -> 'since' ->> 'earliest')::date, (m -> 'until' ->> 'latest')::date, '[]'
        ))
        FROM tracker_actordocument d CROSS JOIN json_array_elements(d.body::json -> 'memberships') m
        WHERE d.record = a.record AND {of_actors} AND m -> 'organization' ->> 'slug' = b.slug
    ) ORDER BY a.place) AS days
    FROM tracker_actordocument b
        CROSS JOIN unnest(%(actors)s::int[]) WITH ORDINALITY AS a (record, place)
    WHERE b.record = ANY(%(bodies)s::int[]) AND {of_bodies} GROUP BY b.record
)""").format(of_actors=OF_EDITION.live("d"), of_bodies=OF_EDITION.live("b"))
OF_BODY = SQL("(SELECT {} FROM seats s WHERE s.body = d.own_body)")
_VOTES = """
    FROM tracker_votedocument d {themes}
    WHERE {live} AND EXISTS (
        SELECT FROM unnest(%(bodies)s::int[], %(kinds)s::text[], %(periods)s::daterange[])
            AS f (body, kind, days)
        WHERE f.body = d.own_body AND f.kind = d.kind AND d.days <@ f.days
    ) {filters}
"""


@lru_cache(maxsize=FORMS)
def _ballots(given: frozenset[str], by: str, actors: int) -> str:
    """Return the statement; its rows are what Ballots is made of.

    OFFSET 0 lets PostgreSQL sort by bucket what was cast, not what it was read from,
    which is a hundred times as wide.
    """
    themes = "CROSS JOIN unnest(d.themes) AS t (theme)" if by == "theme" else ""
    among = "AND t.theme = ANY(%(theme)s)" if themes and "theme" in given else ""
    return write(
        """
        {tables} SELECT v.bucket, count(*) FILTER (WHERE v.digits IS NULL AND NOT v.without_vote),
            count(v.digits),
            string_agg(v.digits, ''),
            array_agg(v.day) FILTER (WHERE %(days)s AND v.digits IS NOT NULL),
            array_agg(v.digest) FILTER (WHERE %(days)s AND v.digits IS NOT NULL),
            count(*) FILTER (WHERE v.without_vote)
        FROM (
            SELECT {bucket} AS bucket, lower(d.days) AS day, d.digest,
                {without_vote} AS without_vote,
                CASE WHEN NOT ({without_vote} OR %(drop)s AND {unanimous}) THEN {digits}
                    END AS digits
            {votes} {among} OFFSET 0
        ) v
        WHERE v.bucket IS NOT NULL GROUP BY v.bucket
        """,
        tables=_common_tables(given, SEATS),
        bucket=BUCKETS[by],
        unanimous=SQL(UNANIMOUS),
        without_vote=SQL(WITHOUT_VOTE),
        digits=_digits(actors),
        votes=_votes(given, themes),
        among=SQL(among),
    )


def _digits(actors: int) -> Composable:
    """Return the expression for what so many actors cast:
    of few each by itself, which takes a quarter less time.
    """
    if not 0 < actors <= SINGLY:
        return SQL(EACH).format(
            digit=_digit(SQL("a.record"), SQL("a.days")), seats=OF_BODY.format(SQL("s.days"))
        )
    each = [
        _digit(
            SQL("{}::int").format(Placeholder(f"actor{place}")),
            OF_BODY.format(SQL("s.days[{}]").format(Literal(place + 1))),
        )
        for place in range(actors)
    ]
    return SQL(" || ").join(each)


def _digit(actor: Composable, seat: Composable) -> Composable:
    """Return the expression for the digit of what an actor cast that had its seat on these days."""
    cast = [
        SQL(DID).format(choice=Identifier(choice), actor=actor, digit=DIGITS[choice])
        for choice in Choice
    ]
    none = (DIGITS[name] for name in ("no_seat", "no_ballot", "not_evidenced"))
    template = SQL(
        "CASE {} WHEN NOT d.days && {} THEN {} WHEN d.ballots_complete THEN {} ELSE {} END"
    )
    return template.format(SQL(" ").join(cast), seat, *none)


@lru_cache(maxsize=FORMS)
def _voters(given: frozenset[str]) -> str:
    return write(
        """
        {tables} SELECT v.voter FROM (
            SELECT unnest(d.yes || d.no || d.abstain || d.absent || d.not_participating)
                AS voter {votes}
        ) v GROUP BY v.voter ORDER BY count(*) DESC, v.voter
        """,
        tables=_common_tables(given),
        votes=_votes(given, ""),
    )


def _votes(given: frozenset[str], themes: str) -> Composable:
    used = _used(given)
    keys = {
        by.name: SQL("{}::int[]").format(Placeholder(by.name))
        for by in used
        if isinstance(by, Keys)
    }
    filters = [SQL("AND {}").format(SQL(by.condition(given)).format(**keys)) for by in used]
    return SQL(_VOTES).format(
        live=OF_EDITION.live("d"), themes=SQL(themes), filters=SQL(" ").join(filters)
    )


def _used(given: frozenset[str]) -> list[Filter]:
    return [by for by in FILTERS[Noun.VOTE] if by.name in given]


def _common_tables(given: frozenset[str], *tables: Composable) -> Composable:
    """Return the WITH of these tables and of those that filters need."""
    top = SQL("asked AS (SELECT %(under)s::int[] AS under)")
    below = [top, BELOW.format(OF_EDITION.live("i"))] if "under" in given else []
    return (
        SQL("WITH RECURSIVE {}").format(SQL(", ").join([*below, *tables]))
        if below or tables
        else SQL("")
    )


def _sums(tables: Tables) -> list[Sums]:
    both = tables[:, :COMPARED, :COMPARED]
    of_x, of_y = both.sum(axis=2), both.sum(axis=1)
    columns = (
        both.sum(axis=(1, 2)), of_x @ CODES, of_y @ CODES, of_x @ CODES**2, of_y @ CODES**2,
        np.einsum("nxy,x,y->n", both, CODES, CODES), (both * DISTANCES).sum(axis=(1, 2)),
        np.trace(both, axis1=1, axis2=2),
    )  # fmt: skip
    return [Sums(*row) for row in np.stack(columns, axis=1).tolist()]


def _left_out(tables: Tables) -> list[dict[str, int]]:
    rest, columns = tables.copy(), []
    for name in LEFT_OUT:
        cast = CAST.index(name)
        columns.append(
            rest[:, cast, :].sum(axis=1) + rest[:, :, cast].sum(axis=1) - rest[:, cast, cast]
        )
        rest[:, cast, :] = rest[:, :, cast] = 0
    return [dict(zip(LEFT_OUT, row, strict=True)) for row in np.stack(columns, axis=1).tolist()]


def _cast(tables: Tables) -> list[dict[str, int]]:
    compared, others = (
        tables[:, :COMPARED, :COMPARED].sum(axis=2),
        tables[:, COMPARED:, :].sum(axis=2),
    )
    return [
        dict(zip(CAST, row, strict=True))
        for row in np.concatenate((compared, others), axis=1).tolist()
    ]


LEFT_OUT = ("no_seat", "not_evidenced", "no_ballot", "absent", "not_participating")
