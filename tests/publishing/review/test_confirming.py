"""Confirming claims: a change like any other, of claims that are in step,
which somebody else publishes.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import AlignmentFactory, MeetingFactory, StanceFactory
from tests.publishing.acts import body, edited, published, stance_with_all
from tests.publishing.review.acting import at, by, edits, objections, person
from tests.verify.world import complaints
from tracker.models import Edition, Event
from tracker.publishing.publish import publish
from tracker.publishing.review import confirm
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
NOT_IN_STEP = "readers don't see it as it is here; have it reviewed and published instead"
CHECKED = date(2019, 6, 3)  # as the factories say


@pytest.fixture
def anna(db):
    person("editors")
    person("editors")
    return person("analysts", username="anna")


def word(record):
    return statuses(Noun.STANCE, [record.pk])[record.pk].word(
        state=record.state, version=record.version
    )


def test_a_claim_is_confirmed_today_at_the_desk_and_readers_see_nothing_of_it(anna):
    stance = stance_with_all()

    confirmed = by(anna, confirm, stance)

    assert (stance.confirmed_on, body(stance)["confirmed_on"]) == (
        timezone.localdate(),
        CHECKED.isoformat(),
    )
    assert confirmed == [at(stance)]
    assert word(stance) == "changed"
    assert Edition.objects.count() == 1
    assert (
        Event.objects.filter(record=stance.pk, changeset__made_by=anna)
        .latest("id")
        .after["confirmed_on"]
    )
    assert complaints() == []


def test_somebody_else_publishes_it_and_not_who_confirmed_it(anna):
    stance, erik = stance_with_all(), person("editors")
    by(erik, confirm, stance)

    assert "somebody else must approve or publish" in objections(erik, publish, stance)[0]
    edition = by(person("editors"), publish, stance, note="The claims of June, checked.")

    assert (edition.number, body(stance)["confirmed_on"]) == (2, timezone.localdate().isoformat())


def test_an_alignment_too(anna):
    alignment = AlignmentFactory()
    source = alignment.citations.get().source
    published(alignment, alignment.actor, alignment.counterpart, alignment.issue, source)

    by(anna, confirm, alignment)

    assert alignment.confirmed_on == timezone.localdate()


def test_what_one_changed_oneself_is_not_confirmed(anna):
    stance = stance_with_all()
    edits(anna, stance, summary="Hers.")

    assert objections(anna, confirm, stance) == [NOT_IN_STEP]
    assert stance.confirmed_on == CHECKED


def test_a_draft_is_not_confirmed(anna):
    assert objections(anna, confirm, StanceFactory()) == [NOT_IN_STEP]


def test_what_is_no_claim_is_not_confirmed(anna):
    meeting = MeetingFactory()

    assert objections(anna, confirm, meeting) == ["only a stance or an alignment is confirmed"]


@pytest.mark.parametrize("day", [CHECKED, CHECKED - timedelta(days=1)])
def test_what_was_checked_on_that_day_or_later_stays_as_it_is(anna, day):
    stance = stance_with_all()
    version = stance.version

    assert by(anna, confirm, stance, on=day) == []
    assert (stance.confirmed_on, stance.version) == (CHECKED, version)


def test_an_earlier_day_than_today_is_taken(anna):
    stance, never = stance_with_all(), stance_with_all(confirmed_on=None)

    by(anna, confirm, stance, never, on=date(2020, 1, 2))

    assert stance.confirmed_on == never.confirmed_on == date(2020, 1, 2)


def test_one_that_is_not_in_step_keeps_all_from_being_confirmed(anna):
    good, bad = stance_with_all(), stance_with_all()
    edited(bad, summary="Another.")

    assert objections(anna, confirm, good, bad) == [NOT_IN_STEP]
    good.refresh_from_db()
    assert good.confirmed_on == CHECKED


@pytest.mark.slow
def test_confirming_twenty_takes_as_many_statements_as_one(anna):
    def cost(number: int) -> int:
        wanted = [at(stance_with_all()) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            assert len(by(anna, lambda: confirm(records=wanted))) == number
        return len(queries)

    assert {key.noun for key in [at(stance_with_all())]} == {Noun.STANCE}
    assert cost(1) == cost(20)
