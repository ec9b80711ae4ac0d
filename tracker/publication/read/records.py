"""One record by its key, and the versions of it that were public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.publication.read.connection import number, rows, stands
from tracker.publication.read.editions import LATEST
from tracker.publication.read.keys import BY_SLUG, record_of
from tracker.publication.read.lists import numbered
from tracker.publication.read.pages import Page, cut
from tracker.values.nouns import Noun


@dataclass(frozen=True, slots=True)
class Found:
    """What an edition says of a key.

    `body` is the record as JSON and `opened` the edition that opened this version, if it stood; else `operation` is
    what ended it (retracted, merged) and `into` the key of the survivor of a merge; all are None if it was not public
    yet. `key` is the key of its address: of then if it stood, else the last one it had.
    """

    edition: int
    record: int
    key: str
    opened: int | None
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
    before = "" if edition is None else "AND c.edition <= %(edition)s"
    last = f"SELECT c.key FROM tracker_change c WHERE c.noun = '{noun}' AND c.record"
    sql = f"""
        SELECT e.number, w.record, coalesce({slug}, last.key), d.opened, d.body, ended.operation, survivor.key
        FROM (SELECT {LATEST if edition is None else "%(edition)s"} AS number) e
        CROSS JOIN (SELECT {record_of(noun, "%(key)s")} AS record) w
        LEFT JOIN tracker_{noun}document d ON d.record = w.record AND {{d}}
        LEFT JOIN LATERAL (
            SELECT c.operation, c.into FROM tracker_change c
            WHERE d.record IS NULL AND c.noun = '{noun}' AND c.record = w.record {before}
            ORDER BY c.edition DESC LIMIT 1
        ) ended ON true
        LEFT JOIN LATERAL (
            {last} = w.record AND d.record IS NULL ORDER BY c.edition DESC LIMIT 1
        ) last ON true
        LEFT JOIN LATERAL (
            {last} = ended.into ORDER BY c.edition DESC LIMIT 1
        ) survivor ON true
    """.format_map(stands(edition))
    answered, found, own_key, opened, body, operation, into = rows(
        sql, {"key": key if noun in BY_SLUG else int(key), "edition": edition}
    )[0]
    if found is None:
        return None
    return Found(answered, found, own_key, opened, numbered(body, opened) if body else None, operation, into)


def versions(noun: Noun, found: int, *, edition: int, before: int | None, size: int) -> Page[Version]:
    """Return up to `size` changes to a record, the latest first, in editions up to `edition` and before `before`."""
    changes = rows(
        """
        SELECT e.number, e.published_at, e.note, c.operation, c.key, c.changed::json
        FROM tracker_change c JOIN tracker_edition e ON e.number = c.edition
        WHERE c.noun = %(noun)s AND c.record = %(record)s AND c.edition <= %(first)s
        ORDER BY c.edition DESC LIMIT %(limit)s
        """,
        {
            "noun": noun.value,
            "record": found,
            "first": edition if before is None else min(edition, before - 1),
            "limit": size + 1,
        },
    )
    return cut([Version(*row) for row in changes], size, lambda version: (version.edition,), edition=edition)


def count_versions(noun: Noun, found: int, *, edition: int) -> int:
    """Return how many changes to a record there are in editions up to `edition`."""
    return number(
        "SELECT count(*) FROM tracker_change c WHERE c.noun = %(noun)s AND c.record = %(record)s "
        "AND c.edition <= %(edition)s",
        {"noun": noun.value, "record": found, "edition": edition},
    )
