"""Sources as CSL-JSON: what citation processors and reference managers read."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tracker.formats.citing import Source, accessed, issued, key, note
from tracker.formats.lists import About, Chunks, records


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield a JSON array of items, one a line."""
    before = b"["
    for source in records(chunks, about.noun):
        yield before + b"\n" + msgspec.json.encode(item(source))
        before = b","
    yield b"\n]\n" if before == b"," else b"[]\n"


def item(source: Source) -> dict[str, Any]:
    """Return the item of a source, without what it does not say."""
    said = {
        "id": key(source),
        "type": source["type"],
        "title": source["title"],
        "author": source["authors"],
        "publisher": source["publisher"],
        "container-title": source["container_title"],
        "issued": _date(issued(source)),
        "URL": source["url"],
        "archive_location": source["archive_url"],
        "accessed": _date(accessed(source)),
        "language": source["language"],
        "keyword": ", ".join(source["keywords"]),
        "note": note(source),
    }
    return {name: value for name, value in said.items() if value}


def _date(parts: Sequence[str]) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in parts]]} if parts else None
