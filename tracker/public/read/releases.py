"""Releases as readers see them, and what their files are made from: the documents of an edition."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import NamedTuple

from psycopg.sql import SQL, Literal

from tracker.public.read.connection import number, rows
from tracker.public.read.editions import NOW, AnsweringEdition, answering
from tracker.public.read.keys import in_keys_of
from tracker.public.read.lists import lines, numbered
from tracker.public.read.pagination import Page, paginate
from tracker.public.read.sql import BODY, LATEST, OF_EDITION, stamp, table_of, write
from tracker.public.read.withheld import check_shown, is_withheld, note_in
from tracker.schema.filters import LARGEST_ID
from tracker.values.nouns import Noun

CHUNK = 2000
RELEASES = SQL("""
    SELECT r.id, r.version, r.edition, e.published_at, {}, r.made_at, r.notes, (
        SELECT coalesce(json_agg(json_build_array(f.name, f.media_type, f.size, f.sha256)
            ORDER BY f.id), '[]')
        FROM tracker_releasefile f WHERE f.release_id = r.id
    ), (
        SELECT d.doi FROM tracker_releasedoi d WHERE d.release_id = r.id ORDER BY d.id DESC LIMIT 1
    ) FROM tracker_release r JOIN tracker_edition e ON e.number = r.edition
""").format(stamp("r.edition"))
BEFORE = write("{} WHERE r.id < %(before)s::int ORDER BY r.id DESC LIMIT %(limit)s", RELEASES)
OF_VERSION = write("{} WHERE r.version = %(version)s::text", RELEASES)
NEWEST = write(
    "SELECT n.latest, {}, (SELECT coalesce(max(id), 0) FROM tracker_release), "
    "(SELECT coalesce(max(id), 0) FROM tracker_releasedoi) FROM (SELECT {} AS latest OFFSET 0) n",
    stamp("n.latest"), LATEST,
)  # fmt: skip
FILE = write(
    """
    SELECT f.id, f.media_type, f.size, f.sha256, r.edition, {}, (
        SELECT b.edition FROM tracker_release b
        WHERE starts_with(f.name, {}) AND b.id < r.id AND b.edition <= r.edition
        ORDER BY b.edition DESC, b.id DESC LIMIT 1
    )
    FROM tracker_releasefile f JOIN tracker_release r ON r.id = f.release_id
    WHERE r.version = %(version)s::text AND f.name = %(name)s::text
    """,
    stamp("r.edition"), Literal("CHANGES."),
)  # fmt: skip

# Of each piece with some of the bytes asked for: its number, and the number of its first byte.
PLACES = """
    SELECT number, (ends - length)::bigint FROM (
        SELECT number, octet_length(content) AS length,
            sum(octet_length(content)) OVER (ORDER BY number) AS ends
        FROM tracker_releasepiece WHERE file_id = %(file)s::bigint
    ) p WHERE ends > %(first)s::bigint AND ends - length < %(stop)s::bigint ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """A release and its edition, with that one's moment and the same in microseconds since 1970.

    `files` are name, media type, bytes and SHA-256 of each.
    `doi` may be recorded later, and is None until then.
    """

    id: int
    version: str
    edition: int
    published_at: datetime
    stamp: int
    made_at: datetime
    notes: str
    files: Sequence[tuple[str, str, int, str]]
    doi: str | None


class StoredFile(NamedTuple):
    """A file of a release: the number by which its pieces are found, what it is, and what it holds.

    `before` is the edition that it tells the difference from, None if it tells none.
    """

    id: int
    media_type: str
    size: int
    sha256: str
    edition: int
    stamp: int
    before: int | None


def page(*, before: int | None, size: int, edition: int) -> Page[PublicRelease]:
    """Return up to `size` releases, the last made first,
    those made before the one with the id `before`.
    """
    bound = {"before": LARGEST_ID if before is None else before, "limit": size + 1}
    releases = [_shown(PublicRelease(*row)) for row in rows(BEFORE, bound)]
    return paginate(releases, size, lambda release: (release.id,), edition=edition)


def by_version(version: str) -> PublicRelease | None:
    """Return a release; None if there is none of this name."""
    return next(
        (_shown(PublicRelease(*row)) for row in rows(OF_VERSION, {"version": version})), None
    )


def _shown(release: PublicRelease) -> PublicRelease:
    return replace(release, notes=note_in(release.edition, release.notes))


def count() -> int:
    """Return how many releases there are."""
    return number("SELECT count(*) FROM tracker_release", {})


def newest() -> tuple[AnsweringEdition, str]:
    """Return the latest edition,
    and what tells the releases and their DOIs from those that there will be later.
    """
    latest, moment, release, doi = rows(NEWEST, {})[0]
    return AnsweringEdition(latest, latest, moment), f"{release}-{doi}"


def file(version: str, name: str) -> StoredFile | None:
    """Return a file of a release; None if there is none of this name.
    Raise WithheldError if it must not be shown.
    """
    kept = next((StoredFile(*row) for row in rows(FILE, {"version": version, "name": name})), None)
    for edition in (kept.edition, kept.before) if kept else ():
        if edition and is_withheld(edition):
            check_shown(edition, answering(NOW).latest)
    return kept


def pieces(file: int, part: range) -> Generator[bytes]:
    """Yield these bytes of a file, by number, piece by piece.

    Each piece is a statement, so a slow reader keeps no transaction open.
    """
    sql = (
        "SELECT content FROM tracker_releasepiece WHERE file_id = %(file)s::bigint AND number = "
        "%(number)s::int"
    )
    for place, begins in rows(PLACES, {"file": file, "first": part.start, "stop": part.stop}):
        content = bytes(rows(sql, {"file": file, "number": place})[0][0])
        yield content[max(0, part.start - begins) : part.stop - begins]


def documents(noun: Noun, edition: int) -> Iterator[bytes]:
    """Yield all records of an edition as JSON in lines, by number, in chunks;
    each a statement, of votes two.

    Whom they name, they name by the keys of that edition.
    """
    after = 0
    while chunk := rows(_documents(noun), {"edition": edition, "after": after, "limit": CHUNK}):
        bodies = in_keys_of(noun, [body for *_, body in chunk], edition=edition)
        yield lines(
            numbered(body, opened) for (_, opened, _), body in zip(chunk, bodies, strict=True)
        )
        after = chunk[-1][0]


@cache
def _documents(noun: Noun) -> str:
    return write(
        """
        SELECT record, opened, {} FROM {} d WHERE {} AND record > %(after)s::int
        ORDER BY record LIMIT %(limit)s
        """,
        BODY, table_of(noun), OF_EDITION.live("d"),
    )  # fmt: skip
