"""What differs between two editions: which records, in one statement;
and each of them as both had it.

Both name others by the keys of the later one.
"""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from psycopg.sql import SQL, Composed, Literal

from tracker.public.read.connection import rows
from tracker.public.read.keys import BY_SLUG, in_keys_of
from tracker.public.read.sql import BODY, Scope, literal, table_of, write
from tracker.schema.parts import address
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

BEFORE, AFTER = (Scope(SQL(number)) for number in ("%(since)s::int", "%(until)s::int"))
WHATS = ("changed", "retracted", "merged", "new")
WHAT = dict(zip(("changed", "retracted", "merged", "new_one"), map(Literal, WHATS), strict=True))
# records, by what became of them, in the order of WHATS
Differing = Mapping[Noun, Mapping[str, Sequence[int]]]


class DifferingRecord(NamedTuple):
    """A record that differs between two editions:
    as it was and is then, None where it was not public.

    `into` is what it was merged into in the end, as the later edition has that.
    """

    record: int
    old: bytes | None
    new: bytes | None
    into: bytes | None


@lru_cache(maxsize=8)
def differing(
    since: int, until: int, under: tuple[int, ...] | None, stamp: int | None
) -> Differing:
    """Return which records differ between two editions, by number;
    one statement, and kept, as it can't change.

    `under`: only those of which something was about these issues or any below them. `stamp` tells
    editions of a number apart. What came and went in between is not among them, nor what only calls
    others by new names. (Of what was changed and back, and names what is called otherwise, the
    fields may be the same.)
    """
    bound = {"since": since, "until": until, **({} if under is None else {"under": [*under]})}
    found: dict[Noun, dict[str, Sequence[int]]] = {}
    for noun, what, records in rows(_differing(under is not None), bound):
        found.setdefault(Noun(noun), {})[what] = array("i", records)
    return {noun: {what: of[what] for what in WHATS if what in of} for noun, of in found.items()}


@cache
def _differing(is_narrowed: bool) -> str:
    about = SQL("""
        AND (c.noun, c.record) IN (
            SELECT a.noun, a.record FROM tracker_changesubject s
                CROSS JOIN LATERAL unnest(s.positions) AS place
            JOIN tracker_change a ON a.edition = s.edition AND a.position = place
            WHERE s.noun = {} AND s.record = ANY(%(under)s::int[])
                AND s.edition > %(since)s::int AND s.edition <= %(until)s::int
        )
    """).format(literal(Noun.ISSUE))
    of_nouns = [
        SQL("""
            SELECT {noun} AS noun, m.record, CASE
                WHEN old.id IS NULL THEN CASE WHEN new.id IS NOT NULL THEN {new_one} END
                WHEN new.id IS NULL THEN CASE WHEN EXISTS (
                    SELECT FROM {documents} d WHERE d.record = {survivor} AND {after_d}
                ) THEN {merged} ELSE {retracted} END
                WHEN old.body <> new.body
                    AND (m.is_own OR old.id IN ({of_merged}) OR new.id IN ({of_unmerged}))
                THEN {changed}
            END AS what
            FROM moved m
            LEFT JOIN {documents} old ON old.record = m.record AND {before}
            LEFT JOIN {documents} new ON new.record = m.record AND {after}
            WHERE m.noun = {noun}
        """).format(
            noun=literal(noun),
            documents=table_of(noun),
            survivor=_survivor(noun),
            of_merged=_naming(noun, SQL("l.into IS NOT NULL")),
            of_unmerged=_naming(noun, SQL("l.comes")),
            before=BEFORE.live("old"),
            after=AFTER.live("new"),
            after_d=AFTER.live("d"),
            **WHAT,
        )
        for noun in Noun
    ]
    return write(
        """
        WITH moved AS MATERIALIZED (
            SELECT c.noun, c.record, bool_or(c.operation <> {renamed}) AS is_own,
                   bool_or(c.operation = {published}) AS comes,
                   (array_agg(c.into ORDER BY c.edition DESC))[1] AS into
            FROM tracker_change c WHERE c.edition > %(since)s::int
                AND c.edition <= %(until)s::int {about}
            GROUP BY c.noun, c.record
        )
        SELECT noun, what, array_agg(record ORDER BY record) FROM ({of_nouns}) x
        WHERE what IS NOT NULL GROUP BY noun, what
        """,
        renamed=Literal(Operation.RENAMED.value),
        published=Literal(Operation.PUBLISHED.value),
        about=about if is_narrowed else SQL(""),
        of_nouns=SQL(" UNION ALL ").join(of_nouns),
    )


def _naming(noun: Noun, which: SQL) -> Composed:
    """Return SQL for the documents that name what moved:
    a merge, or its end, lets others name another record.
    """
    return SQL("""
        SELECT n.document FROM moved l JOIN tracker_mention n ON n.named_noun = l.noun
            AND n.named = l.record
        WHERE n.noun = {} AND {}
    """).format(literal(noun), which)


def _survivor(noun: Noun) -> Composed:
    return SQL("public.survivor({}, m.into, %(until)s::int)").format(literal(noun))


def moved(
    noun: Noun, since: int, until: int, chosen: Collection[int] | None = None
) -> Iterator[DifferingRecord]:
    """Yield the records that differ between two editions, by number, each as both have it;
    of those that are `chosen`.

    What only calls others by new names is among them.
    """
    after, sql = 0, _moved(noun, chosen is not None)
    bound = {
        "since": since,
        "until": until,
        "limit": noun.at_once,
        **({} if chosen is None else {"chosen": [*chosen]}),
    }
    while chunk := rows(sql, {**bound, "after": after}):
        moves = [
            move
            for move in map(DifferingRecord._make, chunk)
            if move.old is not None or move.new is not None
        ]
        bodies = in_keys_of(
            noun, [body for move in moves for body in (move.old, move.new) if body], edition=until
        )
        for move in moves:
            old, new = (next(bodies) if body else None for body in (move.old, move.new))
            yield move._replace(old=old, new=new)
        after = chunk[-1][0]


@cache
def _moved(noun: Noun, is_narrowed: bool) -> str:
    body = SQL("(SELECT {} FROM {} d WHERE d.record = {} AND {})")
    before, after, into = (
        body.format(BODY, table_of(noun), record, scope.live("d"))
        for record, scope in (
            (SQL("m.record"), BEFORE),
            (SQL("m.record"), AFTER),
            (_survivor(noun), AFTER),
        )
    )
    return write(
        """
        SELECT m.record, {}, {}, {}
        FROM (
            SELECT DISTINCT ON (record) record, c.into FROM tracker_change c
            WHERE noun = {} AND edition > %(since)s::int AND edition <= %(until)s::int
                AND record > %(after)s::int {}
            ORDER BY record, edition DESC LIMIT %(limit)s
        ) m ORDER BY m.record
        """,
        before,
        after,
        into,
        literal(noun),
        SQL("AND record = ANY(%(chosen)s::int[])" if is_narrowed else ""),
    )


def new_slugs(since: int, until: int) -> dict[str, str]:
    """Return which slugs the later of two editions has instead of others, by the address of before;
    one statement.
    """
    named = rows(_new_slugs(), {"since": since, "until": until})
    return {address(Noun(noun), old): new for noun, old, new in named}


@cache
def _new_slugs() -> str:
    of_nouns = (
        SQL("""
            SELECT {} AS noun, old.slug, new.slug FROM {} old JOIN {} new ON new.record = old.record
            WHERE {} AND {} AND old.slug <> new.slug
        """).format(
            literal(noun), table_of(noun), table_of(noun), BEFORE.live("old"), AFTER.live("new")
        )
        for noun in sorted(BY_SLUG)
    )
    return write("{}", SQL(" UNION ALL ").join(of_nouns))
