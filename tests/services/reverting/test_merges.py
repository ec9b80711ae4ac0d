"""Undoing a merge, and undoing that: at the desk at once, in public by publishing."""

import pytest

from tests.factories import ActorFactory, AlignmentFactory, IssueFactory, MeetingFactory, StanceFactory
from tests.publication.acts import all_of, body, changes, edited, published
from tests.services.reverting.acts import desk, done, refused, undone
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.services.merging import merge
from tracker.services.publishing import Chosen

pytestmark = pytest.mark.django_db


def merging(loser: Record, into: Record):
    """Merge a record into another, and return the change set."""
    noun = noun_of(loser)
    return done(lambda: merge(loser=Chosen(noun, loser.pk), survivor=Chosen(noun, into.pk)))


@pytest.fixture
def pair():
    """Return two actors that are one; the first is named by all that can name it, and has what the other lacks."""
    bloc, china = ActorFactory(kind="bloc"), ActorFactory(slug="china")
    prc = ActorFactory(slug="prc", names={"ru": "Китай"}, memberships=[{"organization": bloc}])
    ActorFactory(memberships=[{"organization": prc}])
    IssueFactory(core_interests=[{"actor": prc}])
    StanceFactory(actor=prc)
    StanceFactory(defers_to=prc)
    AlignmentFactory(counterpart=prc)
    MeetingFactory(participants=[{"actor": prc, "role": "host"}, {"actor": china}])
    return prc, china


def test_the_desk_is_as_it_was(pair):
    before = desk()
    changeset = merging(*pair)
    assert desk() != before

    undone(changeset)

    assert desk() == before


def test_undoing_the_undo_merges_again(pair):
    changeset = merging(*pair)
    merged = desk()
    undo = undone(changeset)

    undone(undo)

    after = desk()
    assert after["Actor"] == merged["Actor"]
    assert after["Stance"] == merged["Stance"]


def test_issues_stand_again_each_at_its_place():
    one, two = IssueFactory(), IssueFactory()
    IssueFactory(parent=two)
    StanceFactory(issue=two)
    before = desk()
    changeset = merging(two, into=one)

    undone(changeset)

    assert desk() == before


def test_the_loser_is_public_again_once_it_is_published():
    china, stance = ActorFactory(slug="china"), StanceFactory(actor__slug="prc")
    published(china, *all_of(stance))
    changeset = merging(stance.actor, into=china)
    undone(changeset)
    stance.refresh_from_db()

    edition = published(stance.actor, stance, china)

    assert changes(edition) == {
        ("actor", stance.actor_id): "published",
        ("actor", china.pk): "updated",
        ("stance", stance.pk): "updated",
    }
    assert body(stance)["actor"]["slug"] == "prc"


def test_a_claim_that_became_contested_is_accepted_again():
    china, prc, issue = ActorFactory(), ActorFactory(), IssueFactory()
    kept, rival = StanceFactory(actor=china, issue=issue), StanceFactory(actor=prc, issue=issue)
    sources = [citation.source for one in (kept, rival) for citation in one.citations.all()]
    published(china, prc, issue, *sources, kept, rival)
    changeset = merging(prc, into=china)
    rival.refresh_from_db()
    assert rival.standing == "contested"

    undone(changeset)

    rival.refresh_from_db()
    assert (rival.standing, rival.standing_note, rival.actor_id) == ("accepted", "", prc.pk)


def test_what_somebody_let_name_another_since_stands_in_the_way(pair):
    prc, china = pair
    stance = StanceFactory(actor=prc)
    changeset = merging(prc, into=china)
    edited(stance, actor=ActorFactory())

    assert len(refused(changeset)) == 1
