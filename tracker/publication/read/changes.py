"""The feed: what each edition opened and closed, oldest first, never skipping and never inserting an earlier change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.publication.read.connection import BYTES, number, rows
from tracker.publication.read.pages import Page, cut
from tracker.values.nouns import Noun

Place = tuple[int, int]  # an edition, and a change's position within it
AFTER = "(edition, position) > (%(after)s::int, %(position)s::int) AND edition <= %(edition)s::int"
BEFORE = "(edition, position) < (%(before)s::int, %(before_position)s::int)"
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
SUBJECTS = {"actors": "actor", "under": "issue"}  # what `tracker_changesubject` knows changes by
COLUMNS = {"nouns": "noun", "operations": "operation"}
Narrowing = Mapping[str, Sequence[Any]]  # by the names of COLUMNS terms, of SUBJECTS records; none of them is empty


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
    found = _changes(_bound(after, edition, narrowing) | {"limit": size}, _places(narrowing), "ASC")
    return Page(edition, found, (found[-1].edition, found[-1].position) if found else after)


def latest(*, after: Place, before: Place | None, edition: int, narrowing: Narrowing, size: int) -> Page[Changed]:
    """Return up to `size` of the same changes that come before a place, each with its record, the newest first."""
    bound = _bound(after, edition, narrowing) | {"limit": size + 1}
    bound |= {"before": before[0], "before_position": before[1]} if before else {}
    places = _places(narrowing) + (f" AND {BEFORE}" if before else "")
    found = _changes(bound, places, "DESC", OF_RECORDS)
    return cut(found, size, lambda change: (change.edition, change.position), edition=edition)


def of_record(noun: Noun, record: int, *, edition: int, size: int) -> list[Changed]:
    """Return up to `size` changes of a record in editions up to `edition`, the newest first, each with the record."""
    places = """
        SELECT edition, position FROM tracker_change
        WHERE noun = %(noun)s AND record = %(record)s::int AND edition <= %(edition)s::int
    """
    bound = {"noun": noun.value, "record": record, "edition": edition, "limit": size}
    return _changes(bound, places, "DESC", OF_RECORDS)


def _changes(bound: Mapping[str, Any], places: str, order: str, bodies: str = "") -> list[Changed]:
    found = rows(
        f"""
        SELECT c.edition, c.position, e.published_at, e.note, c.operation, c.noun, c.record, c.key,
               c.changed::json, s.key{bodies}
        FROM ({places} ORDER BY edition {order}, position {order} LIMIT %(limit)s) place
        JOIN tracker_change c USING (edition, position)
        JOIN tracker_edition e ON e.number = c.edition
        LEFT JOIN LATERAL (
            SELECT l.key FROM tracker_change l
            WHERE l.noun = c.noun AND l.record = c.into AND l.edition <= c.edition ORDER BY l.edition DESC LIMIT 1
        ) s ON true
        ORDER BY c.edition {order}, c.position {order}
        """,
        bound,
    )
    return [Changed(*row) for row in found]


def count(*, after: Place, edition: int, narrowing: Narrowing) -> int:
    """Return how many changes there are after a place, in editions up to `edition`, that match all of `narrowing`."""
    return number(f"SELECT count(*) FROM ({_places(narrowing)}) place", _bound(after, edition, narrowing))


def _places(narrowing: Narrowing) -> str:
    """Return the SQL that finds the places of changes."""
    subjects = [_about(name, narrowing[name]) for name in SUBJECTS if name in narrowing]
    found = f"({' INTERSECT '.join(subjects)}) about" if subjects else "tracker_change c"
    narrowed = [f"c.{column} = ANY(%({name})s::text[])" for name, column in COLUMNS.items() if name in narrowing]
    if narrowed and subjects:
        found += " JOIN tracker_change c USING (edition, position)"
    return f"SELECT edition, position FROM {found} WHERE {' AND '.join([AFTER, *narrowed])}"


def _about(name: str, records: Sequence[int]) -> str:
    """Return the SQL that finds the places of changes about any of records, by an index: of one in their order."""
    places, record = "SELECT", f"(%({name})s::int[])[1]"
    if len(records) > 1:
        places, record = "SELECT DISTINCT", f"ANY(%({name})s::int[])"
    return f"""
        {places} edition, position FROM tracker_changesubject CROSS JOIN LATERAL unnest(positions) AS position
        WHERE noun = '{SUBJECTS[name]}' AND record = {record} AND edition BETWEEN %(after)s::int AND %(edition)s::int
    """


def _bound(after: Place, edition: int, narrowing: Narrowing) -> dict[str, Any]:
    return {"after": after[0], "position": after[1], "edition": edition, **narrowing}
