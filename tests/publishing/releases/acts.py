"""Releasing for tests, and what came of it."""

from tests.publishing.acts import changeset
from tracker.models import Release
from tracker.publishing.releases import release


def released(version: str, *, notes: str = "", edition: int | None = None) -> Release:
    """Make a release, by nobody in particular."""
    with changeset():
        return release(version=version, notes=notes, edition=edition)


def contents(made: Release) -> dict[str, bytes]:
    """Return the content of each file, in the order in which they were made."""
    return {
        file.name: b"".join(bytes(piece.content) for piece in file.pieces.order_by("number"))
        for file in made.files.order_by("pk")
    }


def changes(made: Release) -> str:
    return contents(made)["CHANGES.md"].decode()
