"""One record a line, as JSON."""

from collections.abc import Iterator

from tracker.formats.lists import About, Chunks


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield the records as they are."""
    return filter(None, chunks)
