"""The feed: what each edition opened and closed, oldest first, never skipping and never inserting an earlier change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.publication.read.connection import BYTES, number, rows
from tracker.publication.read.pages import Page, cut

Place = tuple[int, int]  # an edition, and a change's position within it
AFTER = "(c.edition, c.position) > (%(after)s::int, %(position)s::int) AND c.edition <= %(edition)s::int"
BEFORE = "(c.edition, c.position) < (%(before)s::int, %(before_position)s::int)"
_BODY = f"""(
    SELECT {BYTES.format("d.body")} FROM tracker_document d
    WHERE d.noun = c.noun AND d.record = {{record}} AND {{stood}} ORDER BY d.opened DESC LIMIT 1
)"""
OF_RECORDS = ", " + ", ".join(
    (
        _BODY.format(record="c.record", stood="c.edition IN (d.opened, d.closed)"),
        _BODY.format(record="c.into", stood="d.opened <= c.edition AND d.gone > c.edition"),
    )
)
# Both documents of a change count: the one that the edition closed, and the one that it opened.
NAMES = """
    SELECT m.named FROM tracker_document d JOIN tracker_mention m ON m.noun = d.noun AND m.document = d.id
    WHERE d.noun = c.noun AND d.record = c.record AND c.edition IN (d.opened, d.closed) AND m.named_noun
"""
FILTERS = {
    "nouns": "c.noun = ANY(%(nouns)s::text[])",
    "actors": f"""(
        (c.noun = 'actor' AND c.record = ANY(%(actors)s::int[]))
        OR EXISTS ({NAMES} = 'actor' AND m.named = ANY(%(actors)s::int[]))
    )""",
    # The tree as it was before the edition and as it was in it, so that what moves is told on both sides.
    "under": f"""EXISTS (
        WITH RECURSIVE above (record) AS (
            (SELECT c.record WHERE c.noun = 'issue' UNION {NAMES} = 'issue')
            UNION
            SELECT i.parent FROM above a JOIN tracker_issuedocument i
            ON i.record = a.record AND i.opened <= c.edition AND i.gone >= c.edition
        ) SELECT FROM above WHERE record = ANY(%(under)s::int[])
    )""",
}
Narrowing = Mapping[str, Sequence[Any]]  # by the names of FILTERS: nouns, or records of actors or of issues


@dataclass(frozen=True, slots=True)
class Changed:
    """One change, as the feed tells it; `into_key` is the key that the survivor of a merge had in that edition.

    If asked for, `body` is the record as the edition opened it, or as it was last, and `into_body` the survivor then.
    """

    edition: int
    position: int
    published_at: datetime
    note: str
    operation: str
    noun: str
    record: int
    key: str
    changed: dict[str, Any]
    into_key: str | None
    body: bytes | None = None
    into_body: bytes | None = None


def page(*, after: Place, edition: int, narrowing: Narrowing, size: int) -> Page[Changed]:
    """Return up to `size` changes after a place, in editions up to `edition`, that match all of `narrowing`.

    Oldest first. `after` is never None: on an empty page it is the place that was given.
    """
    bound = {**_bound(after, edition, narrowing), "limit": size}
    found = _changes(f"WHERE {_conditions(narrowing)} ORDER BY c.edition, c.position", bound)
    return Page(edition, found, (found[-1].edition, found[-1].position) if found else after)


def latest(*, after: Place, before: Place | None, edition: int, narrowing: Narrowing, size: int) -> Page[Changed]:
    """Return up to `size` of the same changes that come before a place, each with its record, the newest first."""
    bound = {**_bound(after, edition, narrowing), "limit": size + 1}
    bound |= {"before": before[0], "before_position": before[1]} if before else {}
    conditions = _conditions(narrowing) + (f" AND {BEFORE}" if before else "")
    found = _changes(f"WHERE {conditions} ORDER BY c.edition DESC, c.position DESC", bound, OF_RECORDS)
    return cut(found, size, lambda change: (change.edition, change.position), edition=edition)


def _changes(which: str, bound: Mapping[str, Any], bodies: str = "") -> list[Changed]:
    found = rows(
        f"""
        SELECT c.edition, c.position, e.published_at, e.note, c.operation, c.noun, c.record, c.key,
               c.changed::json, s.key{bodies}
        FROM tracker_change c JOIN tracker_edition e ON e.number = c.edition
        LEFT JOIN LATERAL (
            SELECT l.key FROM tracker_change l
            WHERE l.noun = c.noun AND l.record = c.into AND l.edition <= c.edition ORDER BY l.edition DESC LIMIT 1
        ) s ON true
        {which} LIMIT %(limit)s
        """,
        bound,
    )
    return [Changed(*row) for row in found]


def count(*, after: Place, edition: int, narrowing: Narrowing) -> int:
    """Return how many changes there are after a place, in editions up to `edition`, that match all of `narrowing`."""
    sql = f"SELECT count(*) FROM tracker_change c WHERE {_conditions(narrowing)}"
    return number(sql, _bound(after, edition, narrowing))


def _conditions(narrowing: Narrowing) -> str:
    return " AND ".join([AFTER, *(sql for name, sql in FILTERS.items() if name in narrowing)])


def _bound(after: Place, edition: int, narrowing: Narrowing) -> dict[str, Any]:
    return {"after": after[0], "position": after[1], "edition": edition, **narrowing}
