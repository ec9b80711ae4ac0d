"""One record by its key, and the versions of it that were public."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from psycopg.sql import SQL

from tracker.public.read.connection import number, rows
from tracker.public.read.editions import AnsweringEdition, AsOf
from tracker.public.read.keys import BY_SLUG, can_be, record_of
from tracker.public.read.lists import numbered
from tracker.public.read.pagination import Page, paginate
from tracker.public.read.shown_keys import hides_key, shown_keys
from tracker.public.read.sql import (
    BODY,
    LATEST,
    NUMBER,
    OF_EDITION,
    By,
    Scope,
    literal,
    stamp,
    table_of,
    write,
)
from tracker.public.read.withheld import changed_in, note_in
from tracker.schema.claims import IS_STALE, staleness
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun

LARGEST_RECORD = SQL("SELECT {}, coalesce(max(record), 0) FROM {} WHERE closed IS NULL")
ADDRESSES = """
    SELECT d.{}, e.published_at FROM {} d JOIN tracker_edition e ON e.number = d.opened
    WHERE d.closed IS NULL AND d.record > %(after)s::int AND d.record <= %(until)s::int
        ORDER BY d.record
"""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What an edition says of a key, None all through if no record ever had it.

    If it was live, `body` is the record as JSON, `opened` the edition that opened this version and
    `opened_stamp` the moment of that; else `operation` is what ended it (retracted, merged) and
    `into` the key of the survivor of a merge; all are None if it was not public yet. `key` is the
    key of its address: of then if it was live, else its last one.
    """

    answering: AnsweringEdition
    record: int | None
    key: str
    opened: int | None
    opened_stamp: int | None
    body: bytes | None
    operation: str | None
    into: str | None

    @property
    def public_key(self) -> str | None:
        """Return the key under which it is to be found:
        its own of then, or that of whose part it is; None: nowhere.
        """
        return self.into if self.body is None else self.key


class AbsentError(Exception):
    """A key under which nothing is public:
    no record ever had it, or it wasn't public yet, or was retracted.
    """

    def __init__(self, noun: Noun, key: str, lookup: Lookup) -> None:
        self.noun, self.key, self.lookup = noun, key, lookup
        super().__init__(key)

    @property
    def is_gone(self) -> bool:
        """Tell whether it was retracted."""
        return self.lookup.operation is not None

    def __str__(self) -> str:
        """Return why, for people."""
        if self.lookup.record is None:
            return f"No {self.noun} was ever published under “{self.key[:100]}”."
        if self.is_gone:
            return "This record was retracted. Its history tells which versions of it were public."
        return (
            f"This {self.noun} was not public yet in edition {self.lookup.answering.number or 0}."
        )


@dataclass(frozen=True, slots=True)
class PublicVersion:
    """One edition's change to a record."""

    edition: int
    published_at: datetime
    note: str
    operation: str
    key: str
    changed: dict[str, Any]
    reason: str


@cache
def _statement(noun: Noun, as_of: By, stale: bool) -> str:
    scope = Scope(SQL("e.number"), as_of == "latest")
    return write(
        """
        SELECT e.latest, e.number, {stamp}, w.record, coalesce({key}, last.key), d.opened,
            {opened_stamp}, {body},
               {stale}, ended.operation, survivor.key
        FROM (SELECT {latest} AS latest, {number} AS number OFFSET 0) e
        CROSS JOIN LATERAL (SELECT {record} AS record OFFSET 0) w
        LEFT JOIN {documents} d ON d.record = w.record AND {live}
        LEFT JOIN LATERAL (
            {change} = w.record AND d.record IS NULL AND c.edition <= e.number {newest}
        ) ended ON true
        LEFT JOIN LATERAL ({change} = w.record AND d.record IS NULL {newest}) last ON true
        LEFT JOIN LATERAL ({change} = public.survivor({noun}, ended.into, e.number) {newest})
            survivor ON true
        """,
        stamp=stamp("e.number"),
        key=SQL("d.slug" if noun in BY_SLUG else "d.record::text"),
        opened_stamp=stamp("d.opened"),
        body=BODY,
        stale=SQL(IS_STALE[noun]).format(live=scope.live("o")) if stale else SQL("NULL::boolean"),
        latest=LATEST,
        number=NUMBER[as_of],
        record=record_of(noun, SQL("%(key)s::text"), scope),
        documents=table_of(noun),
        live=scope.live("d"),
        noun=literal(noun),
        change=SQL(
            "SELECT c.operation, c.into, c.key FROM tracker_change c WHERE c.noun = {} AND c.record"
        ).format(literal(noun)),
        newest=SQL("ORDER BY c.edition DESC LIMIT 1"),
    )


def record(noun: Noun, key: str, as_of: AsOf, *, on: date | None = None) -> Lookup:
    """Return what an edition says of a key, whatever that is; of a claim also whether it is stale;
    one statement.
    """
    says_stale = on is not None and noun in CLAIMS
    day = {"on": on, **staleness()} if says_stale else {}
    latest, number, stamp, meant, own_key, opened, opened_stamp, body, stale, operation, into = (
        rows(
            _statement(noun, as_of.by, says_stale),
            {**as_of.bound(), **day, "key": key if can_be(noun, key) else "0"},
        )[0]
    )
    body = numbered(body, opened, stale) if body else None
    return Lookup(
        AnsweringEdition(latest, number, stamp),
        meant,
        own_key,
        opened,
        opened_stamp,
        body,
        operation,
        into,
    )


def live(noun: Noun, records: Collection[int], *, edition: int) -> list[bytes]:
    """Return those of these records, as JSON, that are live in an edition; one statement."""
    return [body for (body,) in rows(_live(noun), {"records": list(records), "edition": edition})]


@cache
def _live(noun: Noun) -> str:
    condition = OF_EDITION.live("d")
    return write(
        "SELECT {} FROM {} d WHERE d.record = ANY(%(records)s::int[]) AND {}",
        BODY,
        table_of(noun),
        condition,
    )


def naming(named: Noun, record: int, by: Noun, *, edition: int, size: int) -> list[bytes]:
    """Return up to `size` records of a noun, as JSON, that name a record in an edition,
    the last ones first.
    """
    bound = {"named": record, "edition": edition, "limit": size}
    return [body for (body,) in rows(_naming(named, by), bound)]


@cache
def _naming(named: Noun, by: Noun) -> str:
    return write(
        """
        SELECT {} FROM tracker_mention m JOIN {} d ON d.id = m.document AND {}
        WHERE m.named_noun = {} AND m.named = %(named)s::int AND m.noun = {}
        ORDER BY d.record DESC LIMIT %(limit)s
        """,
        BODY, table_of(by), OF_EDITION.live("d"), literal(named), literal(by),
    )  # fmt: skip


def named(by: Noun, record: int, noun: Noun, *, edition: int) -> list[bytes]:
    """Return the records of a noun, as JSON, that a record names in an edition; one statement."""
    return [body for (body,) in rows(_named(by, noun), {"record": record, "edition": edition})]


@cache
def _named(by: Noun, noun: Noun) -> str:
    return write(
        """
        SELECT {} FROM {} w JOIN tracker_mention m ON m.noun = {} AND m.document = w.id
            AND m.named_noun = {}
        JOIN {} d ON d.record = m.named AND {}
        WHERE w.record = %(record)s::int AND {} ORDER BY d.record
        """,
        BODY,
        table_of(by),
        literal(by),
        literal(noun),
        table_of(noun),
        OF_EDITION.live("d"),
        OF_EDITION.live("w"),
    )


def versions(
    noun: Noun, record: int, *, edition: int, before: int | None, size: int
) -> Page[PublicVersion]:
    """Return up to `size` changes to a record, the latest first,
    in editions up to `edition` and before `before`.
    """
    changes = rows(
        """
        SELECT e.number, e.published_at, e.note, c.operation, c.key, c.changed::json, c.reason
        FROM tracker_change c JOIN tracker_edition e ON e.number = c.edition
        WHERE c.noun = %(noun)s AND c.record = %(record)s AND c.edition <= %(first)s
        ORDER BY c.edition DESC LIMIT %(limit)s
        """,
        {
            "noun": noun.value,
            "record": record,
            "first": edition if before is None else min(edition, before - 1),
            "limit": size + 1,
        },
    )
    is_hidden = any(hides_key(number, operation) for number, _, _, operation, *_ in changes)
    shown = (
        shown_keys([(noun.value, record)], edition=edition)[noun.value, record] if is_hidden else ""
    )
    listed = [
        PublicVersion(
            number,
            published_at,
            note_in(number, note),
            operation,
            shown if hides_key(number, operation) else key,
            changed_in(number, changed),
            note_in(number, reason),
        )
        for number, published_at, note, operation, key, changed, reason in changes
    ]
    return paginate(listed, size, lambda version: (version.edition,), edition=edition)


def count_versions(noun: Noun, record: int, *, edition: int) -> int:
    """Return how many changes to a record there are in editions up to `edition`."""
    return number(
        "SELECT count(*) FROM tracker_change c WHERE c.noun = %(noun)s AND c.record = %(record)s "
        "AND c.edition <= %(edition)s",
        {"noun": noun.value, "record": record, "edition": edition},
    )


def largest() -> dict[Noun, int]:
    """Return the largest number of what is public, by noun; 0 if nothing is."""
    of_each = SQL(" UNION ALL ").join(
        LARGEST_RECORD.format(literal(noun), table_of(noun)) for noun in Noun
    )
    return {Noun(noun): number for noun, number in rows(write("{}", of_each), {})}


def addresses(noun: Noun, *, after: int, until: int) -> list[tuple[str, datetime]]:
    """Return the keys of what is public, by number after one and up to another,
    each with its last change's moment.
    """
    sql = write(ADDRESSES, SQL("slug" if noun in BY_SLUG else "record::text"), table_of(noun))
    return [
        (key, published_at) for key, published_at in rows(sql, {"after": after, "until": until})
    ]
