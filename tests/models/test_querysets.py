"""What many ask of records is asked in one way:
which are not merged, which readers see, what may have been when.
"""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.factories import ActorFactory, MeetingFactory, StanceFactory
from tests.publishing.acts import all_of, edited, published, retracted, stance_with_all
from tracker.models import Actor, ActorDocument, Meeting, Stance
from tracker.models.nouns import records_of
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
IN_MAY = DateRange(date(2019, 5, 1), date(2019, 6, 1))


def test_what_was_merged_is_not_among_the_unmerged_and_claims_never_are():
    kept, loser = ActorFactory(), ActorFactory()
    Actor.objects.filter(pk=loser.pk).update(merged_into=kept)
    stance = StanceFactory(actor=kept)

    assert loser not in Actor.objects.unmerged()
    assert kept in records_of(Noun.ACTOR).unmerged()
    assert list(records_of(Noun.STANCE).unmerged()) == [stance]


def test_readers_see_what_is_public_and_not_what_was_withdrawn_or_is_a_draft():
    seen, gone, draft = stance_with_all(), StanceFactory(), StanceFactory()
    published(*all_of(gone))
    retracted(gone)

    assert list(Stance.objects.seen()) == [seen]
    assert set(Stance.objects.not_withdrawn()) == {seen, draft}


def test_what_was_merged_is_withdrawn_too():
    kept, loser = ActorFactory(), ActorFactory()
    Actor.objects.filter(pk=loser.pk).update(merged_into=kept)

    assert list(Actor.objects.not_withdrawn()) == [kept]


def test_a_meeting_without_an_end_lasts_a_day_and_a_claim_goes_on():
    MeetingFactory(since="2019-04-30")
    held, stance = MeetingFactory(since="2019-05-02"), StanceFactory(since="2019-04-30")
    StanceFactory(since="2019-06")

    assert list(Meeting.objects.possible_on(IN_MAY)) == [held]
    assert list(Stance.objects.possible_on(IN_MAY)) == [stance]


def test_a_document_is_live_until_the_edition_that_closes_it():
    actor = ActorFactory(short_name="A")
    first = published(actor)
    edited(actor, short_name="B")
    second = published(actor)
    third = retracted(actor)

    versions = [
        list(ActorDocument.objects.as_of(edition).values_list("version", flat=True))
        for edition in (first.number, second.number, third.number)
    ]

    assert versions == [[1], [2], []]
    assert not ActorDocument.objects.live().exists()
