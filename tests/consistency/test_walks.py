"""Walks through pages, and a copy kept by the feed, while somebody else publishes a hundred editions."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.consistency.api import ALL, get, narrowed
from tests.consistency.cast import ACTORS, ISSUES
from tests.consistency.walking import EDITIONS, Walk, many_stances, publish_a_hundred, wait_for
from tracker.values.nouns import BY_PLURAL

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AT_A_TURN = 5  # editions published between one page, or one look at the feed, and the next
FEED = "/api/v1/changes/"


def test_a_walk_through_all_pages_is_one_snapshot_while_a_hundred_editions_are_published():
    desk, stance = many_stances()
    first = desk.oracle.latest
    question = {"standing": ["any"], "page_size": 3}
    keys = {"under": [first.key(ISSUES[0])], "actor": [first.key(ACTORS[0])]}
    stances = [
        Walk("/api/v1/stances/", question),
        Walk("/api/v1/stances/", {**question, "as_of": first.published_at.isoformat()}),
        Walk("/api/v1/stances/", {**question, **keys, "page_size": 1}),
    ]
    others = [Walk(f"{first.address(stance)}history/", {"page_size": 1}), Walk("/api/v1/editions/", {"page_size": 1})]
    walks, due = [*stances, *others], first.number

    with ThreadPoolExecutor() as pool:
        publishing = pool.submit(publish_a_hundred, desk)
        while any(walk.next for walk in walks):
            for walk in walks:
                assert not walk.next or walk.turn()
            due += AT_A_TURN
            wait_for(desk, due, publishing)
        publishing.result()

    for walk in walks:
        number = walk.editions[0][0]
        assert set(walk.editions) == {(number, number)}, walk.address
        assert walk.results == walk.again(number), walk.address
    for walk in stances:
        expected = desk.oracle.results("stance", {**walk.question, "edition": walk.editions[0][0]})
        assert narrowed(walk.results, expected) == expected
    assert desk.oracle.latest.number == first.number + EDITIONS
    assert len(stances[0].editions) > EDITIONS / AT_A_TURN, "no page was read after the last edition"


def test_a_copy_kept_by_the_feed_while_a_hundred_editions_are_published_is_the_list_of_the_last_one():
    desk, _ = many_stances()
    feed, of_stances = Walk(FEED, {"page_size": 20}), Walk(FEED, {"page_size": 7, "resource": ["stances"]})

    with ThreadPoolExecutor() as pool:
        publishing, is_last = pool.submit(publish_a_hundred, desk), False
        while not is_last:
            is_last = publishing.done()
            while feed.turn() | of_stances.turn():
                pass
            wait_for(desk, desk.oracle.latest.number + AT_A_TURN, publishing)
        publishing.result()

    changes = [(change["edition"], BY_PLURAL[change["resource"]], change["id"]) for change in feed.results]
    assert sorted(changes) == desk.oracle.changes()
    assert [edition for edition, *_ in changes] == sorted(edition for edition, *_ in changes)
    assert of_stances.results == [change for change in feed.results if change["resource"] == "stances"]
    last, copy = desk.oracle.latest.number, kept_by(feed.results)
    assert feed.results == feed.again(last)
    for plural in BY_PLURAL:
        standing = {"standing": "any"} if plural in ("stances", "alignments") else {}
        records = get(f"/api/v1/{plural}/", {**standing, "edition": last, "page_size": ALL}).json()["results"]
        assert {record["id"]: record for record in records} == copy[plural]


def kept_by(changes: list[dict[str, Any]]) -> dict[str, dict[int, dict[str, Any]]]:
    """Return what a follower has who was told of these changes: by resource and number, records as lists have them."""
    copy: dict[str, dict[int, dict[str, Any]]] = {plural: {} for plural in BY_PLURAL}
    for change in changes:
        records, number, edition = copy[change["resource"]], change["id"], change["edition"]
        if change["operation"] == "retracted":
            del records[number]
        elif change["operation"] == "published":
            assert number not in records
            records[number] = get(f"{change['url']}history/{edition}/", {}).json()
        else:
            assert change["changed"].items()
            assert {name: records[number][name] for name in change["changed"]} == {
                name: old for name, (old, _) in change["changed"].items()
            }
            records[number] |= {"edition": edition, **{name: new for name, (_, new) in change["changed"].items()}}
    return copy
