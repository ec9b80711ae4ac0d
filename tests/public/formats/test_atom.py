"""Feeds, as feedparser reads them."""

from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest

from tracker.public.formats.atom import AtomEntry, write
from tracker.values.nouns import Noun

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser")

ROOT, OWN = (
    "https://tracker.example",
    "https://tracker.example/api/v1/changes/?format=atom&actor=china",
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CHANGE: dict[str, Any] = {
    "edition": 5,
    "published_at": "2026-11-25T12:00:00.5Z",
    "operation": "updated",
    "resource": "actors",
    "id": 1,
    "key": "china",
    "url": "/api/v1/actors/china/",
    "changed": {},
    "into": None,
    "note": None,
    "reason": None,
}
CHINA = {"name": "China"}


def read(*changes: dict[str, Any], survivor: dict[str, Any] | None = None, **links: str) -> Any:
    updated = datetime(2026, 11, 25, 12, tzinfo=UTC) if changes else None
    entries = [AtomEntry(Noun.ACTOR, change, CHINA, survivor) for change in changes]
    links = {"self": f"{OWN}&cursor=x", "first": OWN, **links}
    written = write(entries, own=OWN, root=ROOT, links=links, licence=LICENCE, updated=updated)
    feed = feedparser.parse(written)
    assert (feed.bozo, feed.version, feed.feed.id) == (False, "atom10", OWN)
    return feed


def alternates(entry: Any) -> dict[str, str]:
    """Return where an entry leads, by media type; the first is where feed readers go."""
    assert entry.link == entry.links[0].href
    return {link.type: link.href for link in entry.links if link.rel == "alternate"}


def test_a_change_is_an_entry() -> None:
    changed = {"short_name": [None, "<PRC> & co"], "aliases": [["x"], ["x", "中"]]}
    feed = read({**CHANGE, "changed": changed, "note": "A second reading"})

    [entry] = feed.entries
    assert entry.title == "China (changed: short name, aliases)"
    assert entry.updated_parsed[:5] == entry.published_parsed[:5] == (2026, 11, 25, 12, 0)
    assert alternates(entry) == {
        "text/html": "https://tracker.example/actors/china/",
        "application/json": "https://tracker.example/api/v1/actors/china/history/",
    }
    assert [tag.term for tag in entry.tags] == ["updated", "actors"]
    assert entry.content[0].type == "text/plain"
    assert entry.content[0].value.splitlines() == [
        "Edition 5: A second reading", "short name: <PRC> & co (new)", "aliases: x → x, 中",
    ]  # fmt: skip


def test_each_entry_has_an_id_of_its_own_that_stays() -> None:
    """Whatever the record is called by then, and wherever the tracker is."""
    entries = read(
        CHANGE, {**CHANGE, "edition": 6}, {**CHANGE, "id": 2}, {**CHANGE, "resource": "issues"}
    ).entries
    renamed = {**CHANGE, "key": "prc", "url": "/api/v1/actors/prc/", "note": "x"}

    assert len({entry.id for entry in entries}) == 4
    assert entries[0].id == read(renamed).entries[0].id
    assert entries[0].id.startswith("urn:uuid:")


def test_what_was_merged_leads_to_the_survivor() -> None:
    merged = {
        **CHANGE,
        "operation": "merged",
        "into": "/api/v1/actors/prc/",
        "note": "\x07bell\uffff",
    }
    [entry] = read(merged, survivor={"name": "PRC"}).entries

    assert entry.title == "China (part of PRC now)"
    assert alternates(entry) == {
        "text/html": "https://tracker.example/actors/prc/",
        "application/json": "https://tracker.example/api/v1/actors/prc/",
    }
    assert entry.content[0].value == "Edition 5: bell\nIt is part of PRC now."


def test_it_says_whose_it_is_and_how_it_may_be_used() -> None:
    feed = read(CHANGE).feed

    assert (feed.author, feed.rights) == ("The team of the tracker", "The data: CC-BY-4.0")
    assert feed.title == "Tracker of how China and Russia work together: what changed"
    assert [link.href for link in feed.links if link.rel == "license"] == [LICENCE]
    assert feed.link == f"{ROOT}/"


def test_a_page_leads_to_the_next_one() -> None:
    links = {link.rel: link.href for link in read(CHANGE, next=f"{OWN}&cursor=y").feed.links}

    assert {name: links[name] for name in ("self", "first", "next")} == {
        "self": f"{OWN}&cursor=x", "first": OWN, "next": f"{OWN}&cursor=y",
    }  # fmt: skip
    types = {link.rel: link.type for link in read(CHANGE, next=f"{OWN}&cursor=y").feed.links}
    assert {types[name] for name in ("self", "first", "next")} == {"application/atom+xml"}
    assert "next" not in {link.rel for link in read(CHANGE).feed.links}


def test_a_feed_without_changes_is_a_feed() -> None:
    """As before the first edition; the same whenever it is read."""
    feed = read()

    assert (feed.entries, feed.feed.updated) == ([], "1970-01-01T00:00:00+00:00")


def test_a_feed_is_as_new_as_the_edition() -> None:
    """However old what a filter or a page leaves of it is."""
    old = {**CHANGE, "published_at": "2024-02-29T23:59:59.123456Z"}
    feed = read(old)

    assert feed.feed.updated_parsed[:6] == (2026, 11, 25, 12, 0, 0)
    assert (
        feed.entries[0].updated == feed.entries[0].published == "2024-02-29T23:59:59.123456+00:00"
    )
