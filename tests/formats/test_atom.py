"""Feeds, as feedparser reads them."""

from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest

from tracker.formats.atom import write

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser")

ROOT, OWN = "https://tracker.example", "/api/v1/changes/?format=atom&actor=china"
CHANGE: dict[str, Any] = {
    "edition": 5, "published_at": "2026-11-25T12:00:00.5Z", "operation": "updated", "resource": "actors", "id": 1,
    "key": "china", "url": "/api/v1/actors/china/", "changed": {}, "into": None, "note": None,
}  # fmt: skip


def read(*changes: dict[str, Any]) -> Any:
    """Return what feedparser makes of a feed."""
    updated = datetime(2026, 11, 25, 12, tzinfo=UTC) if changes else None
    feed = feedparser.parse(write(changes, root=ROOT, own=OWN, updated=updated))
    assert (feed.bozo, feed.version, feed.feed.id) == (False, "atom10", ROOT + OWN)
    return feed


def test_a_change_is_an_entry() -> None:
    """With what changed, in words."""
    changed = {"short_name": [None, "<PRC> & co"], "aliases": [["x"], ["x", "中"]]}
    feed = read({**CHANGE, "changed": changed, "note": "A second reading"})

    [entry] = feed.entries
    assert entry.title == "Actor china: updated"
    assert entry.updated_parsed[:5] == (2026, 11, 25, 12, 0)
    assert entry.link == "https://tracker.example/api/v1/actors/china/history/"
    assert [tag.term for tag in entry.tags] == ["updated", "actors"]
    assert entry.content[0].value.splitlines() == [
        "Edition 5: A second reading", "short_name: nothing → <PRC> & co", 'aliases: ["x"] → ["x","中"]',
    ]  # fmt: skip


def test_each_entry_has_an_id_of_its_own() -> None:
    """And what was merged leads to the survivor."""
    merged = {**CHANGE, "edition": 6, "operation": "merged", "into": "/api/v1/actors/prc/", "note": "\x07bell\uffff"}
    entries = read(merged, CHANGE, {**CHANGE, "url": "/api/v1/issues/china/"}).entries

    assert len({entry.id for entry in entries}) == 3
    assert entries[0].link == "https://tracker.example/api/v1/actors/prc/"
    assert entries[0].content[0].value == "Edition 6: bell\nMerged into /api/v1/actors/prc/"


def test_a_feed_without_changes_is_a_feed() -> None:
    """As before the first edition."""
    assert read().entries == []
