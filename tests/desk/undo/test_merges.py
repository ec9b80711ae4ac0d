"""Undoing a merge, and undoing that: at the desk at once, in public by publishing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.desk.undo.acts import desk, done, refused, undone
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
)
from tests.publishing.acts import all_of, body, changes, changeset, edited, published
from tracker.desk.merge import merge
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen, publish
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]


def merging(loser: Record, into: Record):
    """Merge a record into another, and return the change set."""
    noun = noun_of(loser)
    return done(lambda: merge(loser=Chosen(noun, loser.pk), survivor=Chosen(noun, into.pk)))


@pytest.fixture
def pair():
    """Return two actors that are one;
    the first is named by all that can name it, and has what the other lacks.
    """
    bloc, china = ActorFactory(kind="bloc"), ActorFactory(slug="china")
    prc = ActorFactory(slug="prc", names={"ru": "Китай"}, memberships=[{"organization": bloc}])
    ActorFactory(memberships=[{"organization": prc}])
    IssueFactory(core_interests=[{"actor": prc}])
    StanceFactory(actor=prc)
    StanceFactory(defers_to=prc)
    AlignmentFactory(counterpart=prc)
    MeetingFactory(participants=[{"actor": prc, "role": "host"}, {"actor": china, "role": "host"}])
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
    sources = [citation.source for claim in (kept, rival) for citation in claim.citations.all()]
    published(china, prc, issue, *sources, kept, rival)
    changeset = merging(prc, into=china)
    rival.refresh_from_db()
    assert rival.standing == "contested"

    undone(changeset)

    rival.refresh_from_db()
    assert (rival.standing, rival.standing_note, rival.actor_id) == ("accepted", "", prc.pk)


def test_what_somebody_let_name_another_since_blocks_it(pair):
    prc, china = pair
    stance = StanceFactory(actor=prc)
    changeset = merging(prc, into=china)
    edited(stance, actor=ActorFactory())

    assert len(refused(changeset)) == 1


def test_edits_that_wait_name_the_loser_in_public_again_once_it_is_public_again():
    china, stance = (
        ActorFactory(slug="china"),
        StanceFactory(actor__slug="prc", summary="As published."),
    )
    published(china, *all_of(stance))
    edited(stance, summary="Waiting.")
    changeset = merging(stance.actor, into=china)
    assert body(stance)["actor"]["slug"] == "china"
    undone(changeset)

    edition = published(stance.actor)

    assert changes(edition) == {
        ("actor", stance.actor_id): "published",
        ("stance", stance.pk): "renamed",
    }
    assert (body(stance)["actor"]["slug"], body(stance)["summary"]) == ("prc", "As published.")


def test_a_survivor_can_be_renamed_as_the_merge_ends():
    china, stance = ActorFactory(name="China"), StanceFactory(actor__slug="prc")
    published(china, *all_of(stance))
    edited(stance, summary="Waiting.")
    undone(merging(stance.actor, into=china))
    edited(china, name="Other")

    published(china, stance.actor)

    assert body(stance)["actor"]["slug"] == "prc"


def test_a_merge_of_merges_can_end_at_its_beginning():
    first, second, third = ActorFactory(slug="first"), ActorFactory(), ActorFactory(slug="third")
    stance = StanceFactory(actor=first)
    published(second, third, *all_of(stance))
    edited(stance, summary="Waiting.")
    changeset = merging(first, into=second)
    later = merging(second, into=third)
    undone(later)
    undone(changeset)
    published(first)

    assert body(stance)["actor"]["slug"] == "first"


def test_a_version_that_came_out_the_same_while_a_merge_held_stays_so():
    china, stance = ActorFactory(), StanceFactory(actor__slug="prc", summary="As published.")
    published(china, *all_of(stance))
    edited(stance, summary="Waiting.")
    merge = merging(stance.actor, into=china)
    edited(stance, summary="As published.")
    with changeset():
        assert publish(records=[Chosen(Noun.STANCE, stance.pk)]) is None
    undone(merge)
    published(stance.actor)


@pytest.mark.slow
def test_merging_and_publishing_again_read_as_many_rows_however_many_merges_there_were():
    few = rows_of_a_merge_that_ends()
    for _ in range(4):
        one, two = ActorFactory(), ActorFactory()
        published(one, two)
        merging(one, into=two)

    assert rows_of_a_merge_that_ends() == few


def rows_of_a_merge_that_ends() -> list[int]:
    """Merge two actors, undo that, and publish the loser;
    return how many rows merging and publishing read or wrote.
    """
    china, stance = ActorFactory(), StanceFactory()
    published(china, *all_of(stance))
    edited(stance, summary="It waits.")
    with rows() as of_merging:
        changeset = merging(stance.actor, into=china)
    undone(changeset)
    with rows() as of_publishing:
        edition = published(stance.actor)
    assert changes(edition)["stance", stance.pk] == "renamed"
    return [sum(of_merging), sum(of_publishing)]


@contextmanager
def rows() -> Iterator[list[int]]:
    """Count the rows of each statement."""
    counts: list[int] = []

    def count(execute, sql, parameters, many, context):
        result = execute(sql, parameters, many, context)
        counts.append(max(0, context["cursor"].rowcount))
        return result

    with connection.execute_wrapper(count):
        yield counts
