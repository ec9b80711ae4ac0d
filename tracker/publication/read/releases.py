"""Releases as readers see them, and what their files are made from: the documents of an edition, and what moved."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from tracker.publication.read.connection import BYTES, number, rows
from tracker.publication.read.editions import LATEST, STAMP, Answering
from tracker.publication.read.lists import lines, numbered
from tracker.publication.read.pages import Page, cut
from tracker.values.nouns import Noun

CHUNK = 2000
FILES = """(
    SELECT coalesce(json_agg(json_build_array(f.name, f.media_type, f.size, f.sha256) ORDER BY f.id), '[]')
    FROM tracker_releasefile f WHERE f.release_id = r.id
)"""

# Of each piece with some of the bytes asked for: its number, and the number of its first byte.
PLACES = """
    SELECT number, (ends - length)::bigint FROM (
        SELECT number, octet_length(content) AS length, sum(octet_length(content)) OVER (ORDER BY number) AS ends
        FROM tracker_releasepiece WHERE file_id = %(file)s::bigint
    ) p WHERE ends > %(first)s::bigint AND ends - length < %(stop)s::bigint ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Released:
    """A release and its edition, with that one's moment and the same in microseconds since 1970.

    `files` are name, media type, bytes and SHA-256 of each.
    """

    id: int
    version: str
    edition: int
    published_at: datetime
    stamp: int
    made_at: datetime
    notes: str
    files: Sequence[tuple[str, str, int, str]]


class Kept(NamedTuple):
    """A file of a release: the number by which its pieces are found, what it is, and what it holds."""

    id: int
    media_type: str
    size: int
    sha256: str
    edition: int
    stamp: int


class Moved(NamedTuple):
    """A record that differs between two editions: as it was and is then, None where it was not public.

    `operation` is the last thing that happened to it; `into` the record that it was merged into.
    """

    record: int
    old: bytes | None
    new: bytes | None
    operation: str
    into: int | None


def page(*, before: int | None, size: int, edition: int) -> Page[Released]:
    """Return up to `size` releases, the last made first, those made before the one with the id `before`."""
    condition = "true" if before is None else "r.id < %(before)s::int"
    return cut(_releases(condition, size + 1, before=before), size, lambda found: (found.id,), edition=edition)


def one(version: str) -> Released | None:
    """Return a release; None if there is none of this name."""
    found = _releases("r.version = %(version)s::text", 1, version=version)
    return found[0] if found else None


def count() -> int:
    """Return how many releases there are."""
    return number("SELECT count(*) FROM tracker_release", {})


def newest() -> tuple[Answering, int]:
    """Return the latest edition, and the id of the release that was made last; 0 if there is none."""
    sql = f"""
        SELECT n.latest, {STAMP.format(number="n.latest")}, (SELECT coalesce(max(id), 0) FROM tracker_release)
        FROM (SELECT {LATEST} AS latest OFFSET 0) n
    """
    latest, stamp, release = rows(sql, {})[0]
    return Answering(latest, latest, stamp), release


def file(version: str, name: str) -> Kept | None:
    """Return a file of a release; None if there is none of this name."""
    found = rows(
        f"""
        SELECT f.id, f.media_type, f.size, f.sha256, r.edition, {STAMP.format(number="r.edition")}
        FROM tracker_releasefile f JOIN tracker_release r ON r.id = f.release_id
        WHERE r.version = %(version)s::text AND f.name = %(name)s::text
        """,
        {"version": version, "name": name},
    )
    return Kept(*found[0]) if found else None


def pieces(file: int, part: range) -> Generator[bytes]:
    """Yield these bytes of a file, by number, piece by piece.

    Each piece is a statement, so a slow reader keeps no transaction open.
    """
    sql = "SELECT content FROM tracker_releasepiece WHERE file_id = %(file)s::bigint AND number = %(number)s::int"
    for place, begins in rows(PLACES, {"file": file, "first": part.start, "stop": part.stop}):
        content = bytes(rows(sql, {"file": file, "number": place})[0][0])
        yield content[max(0, part.start - begins) : part.stop - begins]


def documents(noun: Noun, edition: int) -> Iterator[bytes]:
    """Yield all records of an edition as JSON in lines, by number, in chunks that are each a statement."""
    sql = f"""
        SELECT record, opened, {BYTES.format("body")} FROM tracker_{noun}document
        WHERE opened <= %(edition)s::int AND gone > %(edition)s::int AND record > %(after)s::int
        ORDER BY record LIMIT %(limit)s
    """
    after = 0
    while found := rows(sql, {"edition": edition, "after": after, "limit": CHUNK}):
        yield lines(numbered(body, opened) for _, opened, body in found)
        after = found[-1][0]


def moved(noun: Noun, since: int, until: int) -> Iterator[Moved]:
    """Yield the records that differ between two editions, by number."""
    body = f"""(
        SELECT {BYTES.format("body")} FROM tracker_{noun}document d
        WHERE d.record = m.record AND d.opened <= {{edition}} AND d.gone > {{edition}}
    )"""
    sql = f"""
        SELECT m.record, {body.format(edition="%(since)s::int")}, {body.format(edition="%(until)s::int")},
               m.operation, m.into
        FROM (
            SELECT DISTINCT ON (record) record, operation, c.into FROM tracker_change c
            WHERE noun = '{noun}' AND edition > %(since)s::int AND edition <= %(until)s::int
              AND record > %(after)s::int
            ORDER BY record, edition DESC LIMIT %(limit)s
        ) m ORDER BY m.record
    """
    after = 0
    while found := rows(sql, {"since": since, "until": until, "after": after, "limit": CHUNK}):
        yield from (one for one in map(Moved._make, found) if one.old is not None or one.new is not None)
        after = found[-1][0]


def _releases(condition: str, limit: int, **bound: Any) -> list[Released]:
    found = rows(
        f"""
        SELECT r.id, r.version, r.edition, e.published_at, {STAMP.format(number="r.edition")}, r.made_at, r.notes,
               {FILES}
        FROM tracker_release r JOIN tracker_edition e ON e.number = r.edition
        WHERE {condition} ORDER BY r.id DESC LIMIT %(limit)s
        """,
        {**bound, "limit": limit},
    )
    return [Released(*row) for row in found]
