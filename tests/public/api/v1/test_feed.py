"""The feed for feed readers:
headlines with names as they were, and pages back to the first change.
"""

from collections.abc import Iterator
from typing import Any

import feedparser
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tests.publishing.releases.acts import released

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser"),
]
FEED = "changes/?format=atom"


def parsed(reader: Reader, address: str = FEED) -> Any:
    feed = feedparser.parse(reader.get(address).content)
    assert not feed.bozo
    return feed


def pages(reader: Reader, address: str) -> Iterator[Any]:
    following: str | None = address
    while following:
        page = parsed(reader, following)
        yield page
        following = next((link.href for link in page.feed.links if link.rel == "next"), None)


def titles(reader: Reader, address: str = FEED) -> list[str]:
    return [entry.title for entry in parsed(reader, address).entries]


@pytest.fixture
def retracted_stance() -> Any:
    """A stance that was published, changed, renamed with its actor, and retracted;
    and an actor who was merged.
    """
    russia, china = (
        ActorFactory(slug="russia", name="Russia"),
        ActorFactory(slug="china", name="China"),
    )
    issue = IssueFactory(slug="maduro", title="Maduro’s government")
    stance = StanceFactory(actor=china, issue=issue, position="opposes")
    publish_whole(stance)
    publish(edit(stance, position="supports", hedged=True), note="A second reading")
    publish(edit(china, name="PRC"))
    retract(stance)
    publish(russia)
    merge(russia, into=china)
    return stance


def test_headlines_say_who_and_what_as_it_was_then(reader: Reader, retracted_stance: Any) -> None:
    headlines = [title for title in titles(reader) if title != "PRC (changed: aliases)"]

    assert headlines[:2] == ["Russia (part of PRC now)", "Russia (new actor)"]
    assert headlines[2] == "PRC on “Maduro’s government”: supports, from 2018 (withdrawn)"
    assert set(headlines[3:5]) == {
        "PRC (changed: name)",
        "PRC on “Maduro’s government”: supports, from 2018 (a name in it changed: China is "
        "PRC now)",
    }
    assert (
        headlines[5]
        == "China on “Maduro’s government”: supports, from 2018 (changed: position, with reserve)"
    )
    assert "China on “Maduro’s government”: opposes, from 2018 (new position)" in headlines[6:]


def test_headlines_say_which_name_changed_in_a_part_and_that_an_address_did(reader: Reader) -> None:
    china = ActorFactory(slug="china", name="China")
    stance = StanceFactory(actor=china, issue=IssueFactory(title="The canal"), since="2018")
    publish_whole(stance)
    source = stance.citations.get().source
    before = source.title
    publish(edit(source, title="Another title"))
    publish(edit(china, slug="prc"))

    headlines = [
        title.partition("from 2018 ")[2] for title in titles(reader) if "The canal" in title
    ]
    assert headlines[:2] == [
        "(an address in it changed)",
        f"(a name in it changed: {before} is Another title now)",
    ]


def test_an_entry_tells_what_the_fields_became(reader: Reader, retracted_stance: Any) -> None:
    [entry] = [
        item
        for item in parsed(reader).entries
        if item.title.endswith("(changed: position, with reserve)")
    ]

    assert entry.content[0].value.splitlines() == [
        "Edition 2: A second reading",
        "position: opposes → supports",
        "with reserve: no → yes",
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 500])
def test_the_pages_lead_back_to_the_first_change(
    reader: Reader, retracted_stance: Any, size: int
) -> None:
    walk = pages(reader, f"{FEED}&page_size={size}")
    entries = list(next(walk).entries)
    publish(ActorFactory())
    entries += [entry for page in walk for entry in page.entries]

    changes = reader.walk("changes/?edition=6")
    assert len({entry.id for entry in entries}) == len(entries) == len(changes)
    moments = [entry.updated for entry in entries]
    assert moments == sorted(moments, reverse=True)


def test_every_page_is_of_the_same_feed_and_leads_to_its_first(
    reader: Reader, retracted_stance: Any
) -> None:
    first, second, *_ = pages(reader, f"{FEED}&page_size=2&actor=china")
    links = [{link.rel: link.href for link in page.feed.links} for page in (first, second)]

    assert (
        first.feed.id
        == second.feed.id
        == "http://testserver/api/v1/changes/?format=atom&page_size=2&actor=china"
    )
    assert links[0]["self"] == links[0]["first"] == first.feed.id
    assert links[1]["self"] == links[0]["next"]
    assert parsed(reader, links[1]["first"]).entries[0].id == first.entries[0].id


def test_pages_take_the_same_queries_at_one_change_and_at_many(
    reader: Reader, retracted_stance: Any
) -> None:
    counts = []
    for size in (1, 500):
        with CaptureQueriesContext(connections["publication"]) as queries:
            parsed(reader, f"{FEED}&page_size={size}")
        counts.append(len(queries))

    assert counts[0] == counts[1] == 2


def test_only_the_feed_goes_back(reader: Reader, retracted_stance: Any) -> None:
    following = next(pages(reader, f"{FEED}&page_size=1")).feed.links
    [address] = [link.href for link in following if link.rel == "next"]

    assert reader.faults(address.replace("format=atom", "format=json")) == [("cursor", "conflict")]
    assert reader.faults(f"{FEED}&edition=1&cursor=x") == [("cursor", "invalid")]
    assert ("cursor", "needs") in reader.faults(f"{FEED}&cursor=WzEsMV0")


def test_a_feed_has_no_place_for_a_count(reader: Reader) -> None:
    """So it says so, rather than leave it out; nothing is asked for by `false`."""
    assert reader.faults(f"{FEED}&count=true") == [("count", "conflict")]
    assert parsed(reader, f"{FEED}&count=false").entries == []


def test_the_feed_of_json_goes_on_after_a_release(reader: Reader, retracted_stance: Any) -> None:
    released("2026.1", edition=2)

    assert reader.walk("changes/?after=2026.1") == reader.walk("changes/?after=2")
    assert reader.faults("changes/?after=2026.2&colour=red") == [
        ("colour", "unknown_parameter"),
        ("after", "unknown"),
    ]
    # What was changed between two releases.
    released("2026.2", edition=4)
    between = reader.walk("changes/?after=2026.1&release=2026.2")
    assert {change["edition"] for change in between} == {3, 4}
    last = reader.read("changes/?after=2026.1&release=2026.1")
    assert (last["results"], last["next"].rpartition("?")[2]) == ([], "after=2&edition=2")


def test_a_place_within_an_edition_is_no_release(reader: Reader, retracted_stance: Any) -> None:
    """However many editions there are; as `next` wrote it before, it is still read."""
    page = reader.read("changes/?page_size=2")

    assert page["next"].endswith("after=1-2")
    assert (
        reader.read("changes/?page_size=2&after=1.2")["results"]
        == reader.read(page["next"])["results"]
    )
    assert reader.get("changes/?after=2026-1").status_code == 409  # beyond the latest edition
    for wrong in ("1-", "-1", "1-2-3", "1_2", "2026.1.1"):
        assert reader.faults(f"changes/?after={wrong}") == [("after", "invalid")]
