"""Which edition answers, and what editions there are."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django.utils import timezone
from psycopg.sql import SQL

from tracker.public.read.connection import rows
from tracker.public.read.pagination import Page, paginate
from tracker.public.read.sql import LATEST, NUMBER, OF_EDITION, By, stamp, table_of, write
from tracker.public.read.withheld import note_in
from tracker.values.nouns import Noun


@dataclass(frozen=True, slots=True)
class AsOf:
    """Recorded time, as it is asked for:
    an edition, a moment, a release, or none, which is the latest edition.
    """

    edition: int | None = None
    moment: datetime | None = None
    release: str | None = None

    @property
    def by(self) -> By:
        if self.release is not None:
            return "release"
        return (
            "edition"
            if self.edition is not None
            else "moment"
            if self.moment is not None
            else "latest"
        )

    def bound(self) -> dict[str, Any]:
        """Return the parameters of SQL that names the edition."""
        return {"edition": self.edition, "moment": self.moment, "release": self.release}


NOW = AsOf()


@dataclass(frozen=True, slots=True)
class AnsweringEdition:
    """The edition that answers: its number, 0 before the first, None if the moment asked for is
    still to come, or there is no release of the name asked for.

    `stamp` is its moment in microseconds since 1970, None if there is none of this number;
    `latest` is the latest's number.
    """

    latest: int
    number: int | None
    stamp: int | None

    @property
    def published_at(self) -> datetime | None:
        """Return its moment (UTC)."""
        return (
            None
            if self.stamp is None
            else datetime.fromtimestamp(0, UTC) + timedelta(microseconds=self.stamp)
        )


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """One edition: its number, moment (UTC), note, how many records it published, updated, … by
    operation, and the digest of its link of the chain, in hexadecimal; none if it was made before
    there was a chain. Of one that is withheld the note is empty.
    """

    number: int
    published_at: datetime
    stamp: int
    note: str
    counts: dict[str, int]
    chain: str | None


def answering(as_of: AsOf) -> AnsweringEdition:
    """Return the edition that answers; one statement."""
    return AnsweringEdition(*rows(_answering(as_of.by), as_of.bound())[0])


@cache
def _answering(as_of: By) -> str:
    # OFFSET 0: each number is looked up once, wherever it is used.
    return write(
        "SELECT n.latest, n.number, {} FROM (SELECT {} AS latest, {} AS number OFFSET 0) n",
        stamp("n.number"), LATEST, NUMBER[as_of],
    )  # fmt: skip


def is_to_come(moment: datetime) -> bool:
    """Tell whether a moment is after now, and after the latest edition,
    which a clock that was ahead may have dated.
    """
    return moment > timezone.now() and answering(AsOf(moment=moment)).number is None


def page(*, edition: int, before: int | None, size: int) -> Page[PublishedEdition]:
    """Return up to `size` editions, the latest first:
    those up to `edition`, and before `before`.
    """
    first = edition if before is None else min(edition, before - 1)
    return paginate(
        _editions(first, size + 1), size, lambda published: (published.number,), edition=edition
    )


def by_number(edition: int) -> PublishedEdition | None:
    """Return one edition; None if there is none of this number."""
    editions = _editions(edition, 1)
    return editions[0] if editions and editions[0].number == edition else None


def recent(edition: int) -> list[tuple[int, datetime]]:
    """Return number and moment (UTC) of an edition and of the 49 before it, the latest first;
    one statement.
    """
    return rows(RECENT, {"edition": edition})


RECENT = write(
    "SELECT number, published_at FROM tracker_edition WHERE number <= %(edition)s ORDER BY "
    "number DESC LIMIT 50"
)


@lru_cache(maxsize=1000)
def digest(edition: int, stamp: int) -> str:
    """Return the digest of all that an edition holds, in hexadecimal; `stamp` is its moment.

    The SHA-256 of the SHA-256 digests of its records, one after another by noun and number; each
    record as the API writes it, in UTF-8. It reads the digests of the whole edition, and is kept
    since it can't change.
    """
    value: str = rows(_digest_sql(), {"edition": edition})[0][0]
    return value


@cache
def _digest_sql() -> str:
    of_noun = SQL("""coalesce((
        SELECT string_agg(digest, ''::bytea ORDER BY record) FROM {} d WHERE {}
    ), '')""")
    all_of_them = SQL(" || ").join(
        of_noun.format(table_of(noun), OF_EDITION.live("d")) for noun in Noun
    )
    return write("SELECT encode(sha256({}), 'hex')", all_of_them)


EDITIONS = write(
    """
    SELECT e.number, e.published_at, {}, e.note, c.counts,
           encode((SELECT l.digest FROM tracker_link l WHERE l.edition = e.number), 'hex')
    FROM tracker_edition e CROSS JOIN LATERAL (
        SELECT coalesce(json_object_agg(operation, n ORDER BY operation), '{{}}') AS counts FROM (
            SELECT operation, count(*) AS n FROM tracker_change WHERE edition = e.number
                GROUP BY operation
        ) o
    ) c
    WHERE e.number <= %(first)s ORDER BY e.number DESC LIMIT %(limit)s
    """,
    stamp("e.number"),
)


def _editions(first: int, limit: int) -> list[PublishedEdition]:
    editions = [PublishedEdition(*row) for row in rows(EDITIONS, {"first": first, "limit": limit})]
    return [replace(edition, note=note_in(edition.number, edition.note)) for edition in editions]
