"""A release past the service: a row, a file and its only piece."""

from hashlib import sha256

from tests.models.rows import deferred_checked
from tracker.models import Edition, Release, ReleaseFile


def release_of(
    edition: Edition, version: str = "2026.1", content: bytes = b"id\r\n1\r\n"
) -> Release:
    """Return a new release with one file."""
    with deferred_checked():
        release = Release.objects.create(version=version, edition=edition)
        file = add_file(release, "issues.csv", content)
        file.pieces.create(number=0, content=content)
    return release


def add_file(release: Release, name: str, content: bytes) -> ReleaseFile:
    """Return a new file that still lacks its pieces."""
    return release.files.create(
        name=name, media_type="text/csv", sha256=sha256(content).hexdigest(), size=len(content)
    )
