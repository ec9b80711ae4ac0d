"""Walks through pages, and a copy kept by the feed,
while somebody else publishes a hundred editions.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.consistency.api import check_copy, narrowed
from tests.consistency.cast import labels
from tests.consistency.walking import EDITIONS, Walk, many_stances, publish_a_hundred, wait_for
from tracker.values.nouns import BY_PLURAL, Noun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AT_A_TURN = 5  # editions published between one page, or one look at the feed, and the next
FEED = "/api/v1/changes/"


def test_a_walk_through_all_pages_is_one_snapshot_while_a_hundred_editions_are_published():
    walker, stance = many_stances()
    first = walker.oracle.latest
    question = {"standing": ["any"], "page_size": 3}
    keys = {
        "under": [first.key(labels(Noun.ISSUE)[0])],
        "actor": [first.key(first.records[stance]["actor"])],
    }
    stances = [
        Walk("/api/v1/stances/", question),
        Walk("/api/v1/stances/", {**question, "as_of": first.published_at.isoformat()}),
        Walk("/api/v1/stances/", {**question, **keys, "page_size": 1}),
    ]
    others = [
        Walk(f"{first.address(stance)}history/", {"page_size": 1}),
        Walk("/api/v1/editions/", {"page_size": 1}),
    ]
    walks, due = [*stances, *others], first.number

    with ThreadPoolExecutor() as pool:
        publishing = pool.submit(publish_a_hundred, walker)
        while any(walk.next for walk in walks):
            for walk in walks:
                assert not walk.next or walk.turn()
            due += AT_A_TURN
            wait_for(walker.oracle, due, publishing)
        publishing.result()

    for walk in walks:
        number = walk.editions[0][0]
        assert set(walk.editions) == {(number, number)}, walk.address
        assert walk.results == walk.again(number), walk.address
    for walk in stances:
        expected = walker.oracle.results(
            "stance", {**walk.question, "edition": walk.editions[0][0]}
        )
        assert narrowed(walk.results, expected) == expected
    assert walker.oracle.latest.number == first.number + EDITIONS
    assert len(stances[0].editions) > EDITIONS / AT_A_TURN, (
        "no page was read after the last edition"
    )


def test_a_copy_kept_by_the_feed_while_a_hundred_editions_come_is_the_list_of_the_last_one():
    walker, _ = many_stances()
    feed, of_stances = (
        Walk(FEED, {"page_size": 20}),
        Walk(FEED, {"page_size": 7, "resource": ["stances"]}),
    )

    with ThreadPoolExecutor() as pool:
        publishing, is_last = pool.submit(publish_a_hundred, walker), False
        while not is_last:
            is_last = publishing.done()
            while feed.turn() | of_stances.turn():
                pass
            wait_for(walker.oracle, walker.oracle.latest.number + AT_A_TURN, publishing)
        publishing.result()

    changes = [
        (change["edition"], BY_PLURAL[change["resource"]], change["id"]) for change in feed.results
    ]
    assert sorted(changes) == walker.oracle.changes()
    assert [edition for edition, *_ in changes] == sorted(edition for edition, *_ in changes)
    assert of_stances.results == [
        change for change in feed.results if change["resource"] == "stances"
    ]
    last = walker.oracle.latest.number
    assert feed.results == feed.again(last)
    check_copy(feed.results, last)
