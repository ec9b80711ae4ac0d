"""Records that were deleted, to be restored."""

import pytest

from tests.desk.undo.acts import checked, done
from tests.factories import ActorFactory, StanceFactory, UserFactory
from tracker import history
from tracker.desk import undo
from tracker.history.deleted import deleted, last_rows
from tracker.models import Actor
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def names(page):
    return [record.record.name for record in page.records]


def test_a_deleted_record_is_told_as_it_was_and_by_whom_and_why_it_went():
    person, stance = UserFactory(), StanceFactory(summary="So it was.")
    pk = stance.pk
    with history.changeset(made_by=person.pk, reason="A mistake", channel=Channel.ADMIN):
        stance.delete()

    (entry,) = deleted(most=10).records

    assert (entry.noun, entry.record.pk, entry.record.summary) == (Noun.STANCE, pk, "So it was.")
    assert (entry.changeset.made_by, entry.changeset.reason) == (person, "A mistake")
    assert last_rows([(Noun.STANCE, pk), (Noun.ACTOR, pk)])[Noun.STANCE, pk].summary == "So it was."


def test_parts_and_what_came_back_are_not_listed():
    actor, stance = ActorFactory(), StanceFactory()
    pk = actor.pk
    done(stance.citations.get().delete)
    done(actor.delete)
    assert len(deleted(most=10).records) == 1

    checked(lambda: undo.restore(noun=Noun.ACTOR, record=pk))
    assert deleted(most=10).records == ()

    Actor.objects.filter(pk=pk).update(name="As it was last")
    done(Actor.objects.get(pk=pk).delete)
    assert [record.record.pk for record in deleted(most=10).records] == [pk]
    assert last_rows([(Noun.ACTOR, pk)])[Noun.ACTOR, pk].name == "As it was last"


def test_the_newest_come_first_in_pages_and_by_noun():
    for number in range(5):
        done(ActorFactory(name=str(number)).delete)
    done(StanceFactory().delete)

    first = deleted(noun=Noun.ACTOR, most=3)
    second = deleted(noun=Noun.ACTOR, most=3, before=first.older)

    assert (names(first), names(second), second.older) == (["4", "3", "2"], ["1", "0"], None)
    assert len(deleted(most=10).records) == 6


def test_a_page_takes_one_query(django_assert_num_queries):
    for actor in ActorFactory.create_batch(20):
        done(actor.delete)

    with django_assert_num_queries(1):
        assert [str(record.changeset.made_by) for record in deleted(most=50).records] == [
            "None"
        ] * 20
