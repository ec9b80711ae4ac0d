"""Facts of editions are what a count over everything gives, after whatever was published."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from more_itertools import chunked

from tests.consistency.cast import cast
from tests.consistency.oracle import Oracle
from tests.consistency.walker import DRAFTING, PUBLISHING, Walker
from tests.factories import (
    ActFactory,
    ActorFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.models.rows import execute
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tracker.models import EditionFacts, Source
from tracker.verify.facts import whole

ActingAs = Callable[[str], AbstractContextManager[None]]
pytestmark = pytest.mark.django_db
WALKS = [pytest.param(0, 20), *(pytest.param(seed, 100, marks=pytest.mark.slow) for seed in (1, 2))]


def facts_of(edition: int) -> dict[str, object]:
    """Return the facts that were written of an edition."""
    row = EditionFacts.objects.get(pk=edition)
    return {name: getattr(row, name) for name in whole(edition)}


@pytest.mark.parametrize(("seed", "editions"), WALKS)
def test_facts_are_what_a_count_over_everything_gives(seed: int, editions: int) -> None:
    cast()
    walker = Walker(Random(seed), {**PUBLISHING, **DRAFTING, "add": 3}, Oracle())
    walker.do("publish_all")
    while walker.editions < editions:
        walker.turn()

    assert EditionFacts.objects.count() >= editions
    for number in EditionFacts.objects.values_list("pk", flat=True):
        assert facts_of(number) == whole(number), number


def test_what_happened_on_the_day_of_an_edition_counts_for_how_far_it_reaches() -> None:
    today = datetime.now(UTC).date().isoformat()
    source, vote = SourceFactory(issued=today), VoteFactory(held=today)

    edition = publish_whole(source, vote)

    until = EditionFacts.objects.get(pk=edition).until
    assert {(noun, day) for noun, *_, day in until} == {("source", today), ("vote", today)}


def cited(source: Source) -> dict[str, Any]:
    return {"source": source, "locator": "4"}


def test_a_source_that_comes_from_elsewhere_moves_the_claims_that_stand() -> None:
    """Of answers as of older editions nothing changes."""
    agency, copy, other = SourceFactory(), SourceFactory(), SourceFactory(url="")
    stance = StanceFactory(citations=[cited(copy), cited(other)])
    first = publish_whole(stance, agency)
    assert EditionFacts.objects.get(pk=first).independent == [0, 0, 1, 0]

    publish(edit(copy, derives_from=agency))
    second = publish(edit(other, derives_from=copy))
    third = publish(edit(agency, url=""))
    fourth = publish(edit(copy, url=""))
    fifth = publish(edit(other, derives_from=None, url="https://example.org/other"))

    facts = [
        EditionFacts.objects.get(pk=number) for number in (first, second, third, fourth, fifth)
    ]
    assert [row.independent for row in facts] == [[0, 0, 1, 0], *[[0, 1, 0, 0]] * 3, [0, 0, 1, 0]]
    assert [row.with_address for row in facts] == [1, 1, 1, 0, 1]
    assert all(facts_of(row.edition) == whole(row.edition) for row in facts)


def test_many_sources_change_their_origin_at_once() -> None:
    agency = SourceFactory()
    copies = SourceFactory.create_batch(40)
    claims = [
        StanceFactory(citations=[*map(cited, several)]) for several in chunked(copies[:39], 3)
    ]
    publish_whole(agency, *claims, *copies)
    edition = publish(*(edit(copy, derives_from=agency) for copy in copies))

    assert EditionFacts.objects.get(pk=edition).independent == [0, len(claims), 0, 0]
    assert facts_of(edition) == whole(edition)


def test_the_newest_day_goes_back_when_the_latest_meeting_act_or_vote_is_retracted() -> None:
    body = ActorFactory(kind="organization")
    older, newer = (
        [
            MeetingFactory(since=f"{year}-01-02"),
            ActFactory(since=f"{year}-01-03"),
            VoteFactory(body=body, held=f"{year}-01-04"),
        ]
        for year in (2018, 2019)
    )
    first = publish_whole(*older, *newer)
    last = 0
    for record in newer:
        last = retract(record)

    def days(edition: int) -> set[tuple[str, str]]:
        until = EditionFacts.objects.get(pk=edition).until
        return {(noun, day) for noun, _, day in until if noun in ("meeting", "act", "vote")}

    assert days(first) == {("meeting", "2019-01-02"), ("act", "2019-01-03"), ("vote", "2019-01-04")}
    assert days(last) == {("meeting", "2018-01-02"), ("act", "2018-01-03"), ("vote", "2018-01-04")}
    assert facts_of(last) == whole(last)


def test_an_edition_after_one_whose_facts_are_missing_has_all_of_them(acting_as: ActingAs) -> None:
    publish_whole(StanceFactory())
    missing = publish_whole(StanceFactory())
    with acting_as("NONE"):
        execute("SET LOCAL session_replication_role = replica")
        execute("DELETE FROM tracker_editionfacts WHERE edition = %s", missing)
        execute("SET LOCAL session_replication_role = origin")
    edition = publish_whole(StanceFactory())

    assert facts_of(edition) == whole(edition)
