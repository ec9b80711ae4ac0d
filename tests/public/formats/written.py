"""Records in their public form, as forms take them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tracker.public.formats.lists import About, Write
from tracker.values import dates
from tracker.values.nouns import Noun

ROOT = "https://tracker.example"
PUBLISHED_AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def written(write: Write, noun: Noun, *records: dict[str, Any]) -> str:
    """Return records in a form, as text; they come in chunks of two."""
    return b"".join(write(_chunks(records), About(noun, None, PUBLISHED_AT, ROOT))).decode()


def _chunks(records: tuple[dict[str, Any], ...]) -> Iterator[bytes]:
    for place in range(0, max(len(records), 1), 2):
        yield b"".join(json.dumps(record).encode() + b"\n" for record in records[place : place + 2])


def vague(edtf: str | None) -> dict[str, str] | None:
    if edtf is None:
        return None
    date = dates.parse(edtf)
    return {"edtf": edtf, "earliest": date.earliest.isoformat(), "latest": date.latest.isoformat()}


def source(issued: str | None = "2019-06-03", **fields: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(
        ["ref", "publisher", "container_title", "url", "archive_url", "accessed_on", "language"]
    )
    usual = {"id": 7, "type": "webpage", "title": "A title", "authors": [], "keywords": []}
    return {**nothing, **usual, "issued": vague(issued), **fields}


def meeting(
    since: str | None = "2019-06-05", until: str | None = None, **fields: Any
) -> dict[str, Any]:
    usual = {
        "edition": 3,
        "id": 7,
        "title": "Talks",
        "kind": "envoy_talks",
        "status": "held",
        "place": None,
    }
    parts = {"country": None, "summary": None, "participants": [], "issues": []}
    return {**usual, **parts, "since": vague(since), "until": vague(until), **fields}
