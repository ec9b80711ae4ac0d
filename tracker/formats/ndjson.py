"""One record a line, as JSON."""

from collections.abc import Iterator

from tracker.formats.lists import About, Chunks


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield the records as they are, each with a line's end."""
    for chunk in chunks:
        if chunk:
            yield b"\n".join([*chunk, b""])
