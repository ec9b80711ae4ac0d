"""Releases: every file is as long as it says and has the digest that it was given."""

from collections.abc import Iterator
from hashlib import sha256

from tracker.models import ReleaseFile, ReleasePiece
from tracker.services.verify.queries import Progress


def complaints(progress: Progress) -> Iterator[str]:
    """Yield which files of releases are not what they were."""
    progress("releases", 0, 0)
    for file in ReleaseFile.objects.select_related("release").order_by("pk"):
        digest, size, numbers = sha256(), 0, []
        pieces = ReleasePiece.objects.filter(file=file).order_by("number").values_list("number", "content")
        for number, content in pieces.iterator(chunk_size=1):
            digest.update(content)
            size += len(content)
            numbers.append(number)
        if numbers != list(range(len(numbers))) or (size, digest.hexdigest()) != (file.size, file.sha256):
            yield f"release {file.release.version}: {file.name} is not what it was when it was made"
