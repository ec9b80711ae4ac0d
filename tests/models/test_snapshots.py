"""Records with their parts, read from the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, MembershipFactory, SourceFactory, StanceFactory
from tests.models.rows import execute
from tracker.models.nouns import PARTS
from tracker.models.snapshots import load
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def test_a_record_names_whom_it_and_its_parts_refer_to_but_neither_itself_nor_its_survivor():
    membership = MembershipFactory(source=SourceFactory())
    survivor = ActorFactory()
    execute(
        "UPDATE tracker_actor SET merged_into_id = %s WHERE id = %s",
        survivor.pk,
        membership.actor_id,
    )

    (snapshot,) = load(Noun.ACTOR, [membership.actor_id])

    assert snapshot.parts == {"membership": [membership], "predecessor": [], "frame": []}
    assert snapshot.named() == {
        (Noun.ACTOR, membership.organization_id),
        (Noun.SOURCE, membership.source_id),
    }


def test_one_query_a_table_whatever_their_number():
    stances = [StanceFactory().pk for _ in range(3)]

    for ids in (stances[:1], [*reversed(stances)]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert [snapshot.record.pk for snapshot in load(Noun.STANCE, ids)] == sorted(ids)
        assert len(queries) == 1 + len(PARTS[Noun.STANCE])


@pytest.mark.parametrize(
    ("citation", "enough"), [({}, False), ({"locator": "p. 7"}, True), ({"quote": "Yes."}, True)]
)
def test_a_claim_cites_enough_with_a_place_or_words(citation, enough):
    stance = StanceFactory(citations=[])
    stance.citations.create(source=SourceFactory(), **citation)

    (snapshot,) = load(Noun.STANCE, [stance.pk])

    assert snapshot.cites_enough() is enough
