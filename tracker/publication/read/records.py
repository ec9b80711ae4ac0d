"""One record by its key, and the versions of it that were public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.publication.read.connection import rows, stands
from tracker.publication.read.keys import BY_SLUG, record_of
from tracker.publication.read.lists import numbered
from tracker.values.nouns import Noun


@dataclass(frozen=True, slots=True)
class Found:
    """What an edition says of a key.

    `body` is the record as JSON if it stood; else `operation` is what ended it (retracted, merged) and `into` the key
    of the survivor of a merge; both are None if it was not public yet. `key` is the key of its address: of then if it
    stood, else the last one it had.
    """

    edition: int
    record: int
    key: str
    body: str | None
    operation: str | None
    into: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One edition's change to a record."""

    edition: int
    published_at: datetime
    note: str
    operation: str
    key: str
    changed: dict[str, Any]


def record(noun: Noun, key: str, *, edition: int | None) -> Found | None:
    """Return what `edition` (None: the latest) says of a key, in one statement; None if no record ever had it."""
    slug = "d.slug" if noun in BY_SLUG else "d.record::text"
    number = "(SELECT coalesce(max(number), 0) FROM tracker_edition)" if edition is None else "%(edition)s"
    before = "" if edition is None else "AND c.edition <= %(edition)s"
    sql = f"""
        SELECT e.number, w.record, coalesce({slug}, last.key, %(key)s::text), d.opened, d.body, c.operation, s.key
        FROM (SELECT {number} AS number) e
        CROSS JOIN (SELECT {record_of(noun, "%(key)s")} AS record) w
        LEFT JOIN tracker_{noun}document d ON d.record = w.record AND {{d}}
        LEFT JOIN LATERAL (
            SELECT c.operation, c.into FROM tracker_change c
            WHERE d.record IS NULL AND c.noun = '{noun}' AND c.record = w.record {before}
            ORDER BY c.edition DESC LIMIT 1
        ) c ON true
        LEFT JOIN LATERAL (
            SELECT l.key FROM tracker_change l WHERE d.record IS NULL AND l.noun = '{noun}' AND l.record = w.record
            ORDER BY l.edition DESC LIMIT 1
        ) last ON true
        LEFT JOIN LATERAL (
            SELECT l.key FROM tracker_change l WHERE l.noun = '{noun}' AND l.record = c.into
            ORDER BY l.edition DESC LIMIT 1
        ) s ON true
    """.format_map(stands(edition))
    found = rows(sql, {"key": key if noun in BY_SLUG else int(key), "edition": edition})[0]
    latest, number_of_record, own_key, opened, body, operation, into = found
    if number_of_record is None:
        return None
    return Found(latest, number_of_record, own_key, numbered(body, opened) if body else None, operation, into)


def versions(noun: Noun, number: int, *, up_to: int, before: int | None, limit: int) -> list[Version]:
    """Return what editions up to `up_to` did to a record, the latest first; with `before`, only earlier ones."""
    found = rows(
        """
        SELECT e.number, e.published_at, e.note, c.operation, c.key, c.changed::json
        FROM tracker_change c JOIN tracker_edition e ON e.number = c.edition
        WHERE c.noun = %(noun)s AND c.record = %(record)s AND c.edition <= %(up_to)s AND c.edition < %(before)s
        ORDER BY c.edition DESC LIMIT %(limit)s
        """,
        {
            "noun": noun.value,
            "record": number,
            "up_to": up_to,
            "before": before if before is not None else up_to + 1,
            "limit": limit,
        },
    )
    return [Version(*row) for row in found]


def version(noun: Noun, number: int, edition: int) -> str | None:
    """Return the version of a record that an edition opened, as JSON; None if it opened none."""
    found = rows(
        f"SELECT body FROM tracker_{noun}document WHERE record = %(record)s AND opened = %(edition)s",
        {"record": number, "edition": edition},
    )
    return numbered(found[0][0], edition) if found else None
