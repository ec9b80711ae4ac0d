"""Merges that are not what they say, as `verify` tells of them."""

import pytest

from tests.factories import ActorFactory, StanceFactory
from tests.publication.acts import all_of, edited, published
from tests.services.merging.acts import merged
from tests.services.verification.world import damaged

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    """Return a stance with edits that wait, whose actor was merged in edition 2."""
    stance, survivor = StanceFactory(), ActorFactory(slug="survivor")
    published(*all_of(stance), survivor)
    edited(stance, summary="Waiting.")
    merged(stance.actor, into=survivor)
    return stance


@pytest.mark.parametrize("into", ["4711", "record"])
def test_a_survivor_that_is_not_public_or_is_the_loser(waiting, into):
    said = damaged(f"UPDATE tracker_change SET \"into\" = {into} WHERE operation = 'merged'")

    loser = waiting.actor_id
    assert said[0] == (
        f"edition 2: actor {loser} was merged into actor {4711 if into == '4711' else loser}, "
        "which was not public then, or is itself"
    )


def test_a_document_that_names_another_than_the_survivor(waiting):
    other = ActorFactory(slug="other")
    published(other)

    said = damaged(
        "UPDATE tracker_stancedocument SET body = replace(body, 'survivor', 'other') WHERE opened = 2",
    )

    where = f"stance {waiting.pk}, opened by edition 2"
    assert f"{where}: its body is not what version 2 renders to: actor" in said


def test_a_merge_that_is_told_as_more_than_another_name(waiting):
    assert damaged("UPDATE tracker_change SET operation = 'updated' WHERE edition = 2 AND noun = 'stance'") == [
        f"stance {waiting.pk}, opened by edition 2: its change says “updated”, but it was renamed"
    ]
