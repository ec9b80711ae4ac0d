"""Releasing: an edition gets a name by which it is cited, and files that are made once and kept;
or nothing at all.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from tempfile import SpooledTemporaryFile

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tracker.history import current
from tracker.models import Edition, Link, Release, ReleaseDoi, ReleaseFile, ReleasePiece
from tracker.models.queries import may_take_long, run
from tracker.public.formats.csv import write_rows
from tracker.public.formats.lists import records
from tracker.public.formats.releases import changelog, citation, parquet
from tracker.public.formats.releases.citation import CitedRelease, PackageFile, package
from tracker.public.formats.releases.comparison import moves
from tracker.public.formats.releases.moves import Move
from tracker.public.formats.releases.tables import ReleaseTable, tables
from tracker.public.read import releases
from tracker.public.read.connection import read_primary
from tracker.public.read.coverage import facts
from tracker.public.read.keys import country_codes
from tracker.publishing.edition import blank_note
from tracker.schema.codebook import codebook
from tracker.values.nouns import Noun
from tracker.values.problems import InvalidError, Problem, RefusedError
from tracker.values.texts import stripped

NOTHING_PUBLISHED = "nothing is published yet; publish something first"
VERSION = re.compile(r"[0-9]{4}\.[1-9][0-9]{0,3}")
DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]{1,180}")
PIECE = 1024 * 1024
IN_MEMORY = 8 * PIECE
CSV, JSON, TEXT = "text/csv", "application/json", "text/plain"
Contents = Iterator[
    tuple[str, str, Iterable[bytes], ReleaseTable | None]
]  # name, media type, content, and what it holds


def release(*, version: str, notes: str = "", edition: int | None = None) -> Release:
    """Name an edition, the latest unless another is given,
    and make its files from the documents of that edition.

    Raises RefusedError if the version is taken, Invalid with all else that is wrong, and
    OutsideChangeSet outside `history.changeset()`.
    """
    context = current()
    with transaction.atomic():
        may_take_long()
        _one_at_a_time()
        of = _edition(edition)
        faults = [*_of_version(version), *_of_edition(of, edition), *blank_note(notes, "notes")]
        if faults or of is None:
            is_taken = all(fault.code == "taken" for fault in faults)
            raise RefusedError(faults) if is_taken else InvalidError(faults)
        new = Release.objects.create(
            version=version, edition=of, notes=stripped(notes), made_by_id=context.made_by
        )
        write_all(new)
        new.refresh_from_db()
    return new


def record_doi(version: str, doi: str) -> ReleaseDoi:
    """Record the DOI of a release, in place of one that was recorded before; raise InvalidError.

    It may be written as an address: `https://doi.org/10.5281/zenodo.1`.
    """
    bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", doi.strip(), flags=re.IGNORECASE)
    release = Release.objects.filter(version=version).first()
    faults = list(_of_doi(bare))
    if release is None:
        message = "there is no release {version}; `manage.py release` makes one"
        faults.append(Problem("unknown", message, ("version",), {"version": version}))
    if faults or release is None:
        raise InvalidError(faults)
    return ReleaseDoi.objects.create(release=release, doi=bare)


def _of_doi(doi: str) -> Iterator[Problem]:
    if not DOI.fullmatch(doi):
        message = "“{doi}” is no DOI; write it as 10.5281/zenodo.1234567"
        yield Problem("invalid", message, ("doi",), {"doi": doi})


def suggested() -> str:
    """Return the next free version of this year."""
    year = timezone.now().year
    versions = Release.objects.filter(version__startswith=f"{year}.").values_list(
        "version", flat=True
    )
    return f"{year}.{max((int(version.partition('.')[2]) for version in versions), default=0) + 1}"


def _one_at_a_time() -> None:
    """Let one at a time pass, until the end of the transaction,
    so that each sees the one before it.
    """
    run("SELECT pg_advisory_xact_lock(hashtext('tracker: release'))")


def _edition(number: int | None) -> Edition | None:
    editions = Edition.objects.order_by("-number")
    return (editions if number is None else editions.filter(number=number)).first()


def _of_version(version: str) -> Iterator[Problem]:
    params = {"version": version, "free": suggested()}
    if not VERSION.fullmatch(version):
        says = "“{version}” is no version; write the year, a dot and a number: {free}"
        yield Problem("invalid", says, ("version",), params)
    elif Release.objects.filter(version=version).exists():
        says = "there is a release {version} already, and it stays; take {free}"
        yield Problem("taken", says, ("version",), params)


def _of_edition(edition: Edition | None, number: int | None) -> Iterator[Problem]:
    if edition is None:
        latest = Edition.objects.order_by("-number").first()
        params = {"asked": number, "latest": latest and latest.pk}
        says = (
            "there is no edition {asked}; the latest is {latest}" if latest else NOTHING_PUBLISHED
        )
        yield Problem("unknown", says, ("edition",), params)


@read_primary()
def write_all(release: Release) -> None:
    """Write all files of a release that is being made; the last one has the digests of the others.

    Whatever is published meanwhile, an edition's documents stay what they are.
    """
    edition = release.edition
    link = Link.objects.filter(edition=edition).first()
    chain = bytes(link.digest).hex() if link else None
    day, covered = edition.published_at.date(), facts(edition.pk).covers
    cited = CitedRelease(
        release.version, edition.pk, day, settings.DATA_LICENSE, chain=chain, covers=covered
    )
    listed = [_kept(release, *content) for content in _tables(release)]
    listed += [_kept(release, "codebook.json", JSON, [_formatted(codebook())], None)]
    listed += [_kept(release, "datapackage.json", JSON, [package(cited, listed)], None)]
    listed += [_kept(release, *content) for content in _texts(release, cited)]
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in sorted(listed))
    _kept(release, "SHA256SUMS", TEXT, [sums.encode()], None)


def _tables(release: Release) -> Contents:
    codes = country_codes(release.edition_id)
    for table in tables():
        yield (
            f"{table.name}.csv",
            CSV,
            table.write(releases.documents(table.noun, release.edition_id), codes),
            table,
        )
    for table in tables() if parquet.is_available() else ():
        chunks = releases.documents(table.noun, release.edition_id)
        yield (
            f"{table.name}.parquet",
            parquet.MEDIA_TYPE,
            parquet.write(table, chunks, codes),
            table,
        )


def _texts(release: Release, cited: CitedRelease) -> Contents:
    yield "CITATION.cff", "application/yaml", [citation.cff(cited).encode()], None
    yield "LICENSE", TEXT, [citation.licence(cited).encode()], None
    before = _before(release)
    yield "CHANGES.md", "text/markdown", [_changes(release, cited, before).encode()], None
    since = before.version if before else None
    yield "CHANGES.csv", CSV, write_rows(*changelog.table(_moved(before, release))), None
    compared = {"version": cited.version, "since": since}
    yield "CHANGES.json", JSON, changelog.as_json(_moved(before, release), compared), None


def _formatted(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _kept(
    release: Release,
    called: str,
    media_type: str,
    content: Iterable[bytes],
    table: ReleaseTable | None,
) -> PackageFile:
    """Keep a file; it is written whole first, since nobody can add its digest later."""
    digest = sha256()
    with SpooledTemporaryFile(max_size=IN_MEMORY) as written:
        for piece in content:
            digest.update(piece)
            written.write(piece)
        size = written.tell()
        file = ReleaseFile.objects.create(
            release=release,
            name=called,
            media_type=media_type,
            sha256=digest.hexdigest(),
            size=size,
        )
        written.seek(0)
        for number, piece in enumerate(iter(lambda: written.read(PIECE), b"")):
            ReleasePiece.objects.create(file=file, number=number, content=piece)
    return PackageFile(called, media_type, file.sha256, size, table)


def _before(release: Release) -> Release | None:
    """Return the release that this one is compared with; None if it is the first."""
    before = Release.objects.filter(edition__lte=release.edition).exclude(pk=release.pk)
    return before.order_by("-edition", "-pk").first()


def _moved(before: Release | None, release: Release) -> Iterator[Move]:
    return moves(before.edition_id, release.edition_id) if before else iter(())


def _changes(release: Release, cited: CitedRelease, before: Release | None) -> str:
    if before is None:
        return changelog.first(
            cited, release.notes, {noun: _count(noun, cited.edition) for noun in Noun}
        )
    issues = records(releases.documents(Noun.ISSUE, cited.edition), Noun.ISSUE)
    return changelog.since(cited, before.version, release.notes, _moved(before, release), issues)


def _count(noun: Noun, edition: int) -> int:
    return sum(chunk.count(b"\n") for chunk in releases.documents(noun, edition))
