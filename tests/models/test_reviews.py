"""Reviews and what came out unchanged: what their tables hold, and what they refuse."""

import pytest
from django.db import DatabaseError, transaction

from tests.factories import ActorFactory, ReviewFactory, StanceFactory, UserFactory
from tests.models.rows import execute, refused
from tracker.models import Review

pytestmark = pytest.mark.django_db
INSERT = (
    "INSERT INTO tracker_review (noun, record, version, step, text, made_by_id, to_id, made_at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, '2001-01-01')"
)


@pytest.mark.parametrize("ahead", [-1, 1])
def test_a_review_is_of_the_version_at_the_desk(ahead):
    stance, editor = StanceFactory(), UserFactory()

    with refused("review_is_of_the_version_at_the_desk"):
        execute(
            INSERT, "stance", stance.pk, stance.version + ahead, "approved", "", editor.pk, None
        )
    execute(INSERT, "stance", stance.pk, stance.version, "approved", "", editor.pk, None)


def test_a_review_is_of_a_record_that_there_is():
    with refused("review_is_of_the_version_at_the_desk"):
        execute(INSERT, "actor", 900_001, 1, "approved", "", UserFactory().pk, None)


def test_no_review_is_dated_by_hand():
    actor = ActorFactory()

    execute(INSERT, "actor", actor.pk, 1, "commented", "Fine.", UserFactory().pk, None)

    assert execute("SELECT made_at > now() - interval '1 minute' FROM tracker_review") == [(True,)]


@pytest.mark.parametrize("act", ["sent_back", "commented"])
def test_what_is_sent_back_or_commented_says_something(act):
    actor = ActorFactory()

    for text in ("", " ", "\u200b"):
        with refused("review_says_something"):
            execute(INSERT, "actor", actor.pk, 1, act, text, UserFactory().pk, None)


@pytest.mark.parametrize("act", ["approved", "commented"])
def test_an_approval_or_a_comment_says_nothing_of_whose_turn_it_is(act):
    actor, editor = ActorFactory(), UserFactory()

    with refused("review_only_what_moves_is_to_somebody"):
        execute(INSERT, "actor", actor.pk, 1, act, "x", editor.pk, editor.pk)


@pytest.mark.parametrize("noun", ["planet", "event", "user"])
def test_what_is_no_record_is_not_reviewed(noun):
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(INSERT, noun, 1, 1, "commented", "x", UserFactory().pk, None)


def test_a_review_stays_when_the_draft_is_deleted():
    actor = ActorFactory()
    review = ReviewFactory(of=actor)

    actor.delete()

    assert Review.objects.get() == review


def test_a_version_is_as_one_before_it_and_only_once():
    with refused("unchanged_is_the_later_version"):
        execute(
            "INSERT INTO tracker_unchanged (noun, record, version, same_as) VALUES ('actor', "
            "1, 2, 2)"
        )
    execute(
        "INSERT INTO tracker_unchanged (noun, record, version, same_as) VALUES ('actor', 1, 2, 1)"
    )
    with refused("unchanged_once_a_version"):
        execute(
            "INSERT INTO tracker_unchanged (noun, record, version, same_as) VALUES ('actor', "
            "1, 2, 1)"
        )
