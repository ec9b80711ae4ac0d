"""“Still so”: whose claims that are in step are confirmed, and published at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import AlignmentFactory, MeetingFactory, StanceFactory
from tests.publication.acts import body, edited, published, stance_with_all, standing
from tests.services.reviewing.acting import at, by, edits, objections, person
from tests.services.verification.world import complaints
from tracker.models import Edition
from tracker.services.reviewing import confirm
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
NOT_IN_STEP = "readers don't see it as it is here; have it reviewed and published instead"


@pytest.fixture
def anna(db):
    person("editors")
    person("editors")
    return person("analysts", username="anna")


def test_a_claim_in_step_is_confirmed_today_and_published_without_four_eyes(anna):
    stance = stance_with_all()

    edition = by(anna, confirm, stance, note="Still so.")

    assert (edition.number, edition.note, edition.published_by) == (2, "Still so.", anna)
    today = timezone.localdate()
    assert (stance.confirmed_on, body(stance)["confirmed_on"]) == (today, today.isoformat())
    assert standing(stance).version == stance.version
    assert complaints() == []


def test_an_alignment_too(anna):
    alignment = AlignmentFactory()
    source = alignment.citations.get().source
    published(alignment, alignment.actor, alignment.counterpart, alignment.issue, source)

    by(anna, confirm, alignment)

    assert alignment.confirmed_on == timezone.localdate()


def test_what_one_changed_oneself_is_not_published_by_confirming_it(anna):
    stance = stance_with_all()
    edits(anna, stance, summary="Hers.")

    assert objections(anna, confirm, stance) == [NOT_IN_STEP]
    assert stance.confirmed_on == date(2019, 6, 3)


def test_a_draft_is_not_confirmed(anna):
    assert objections(anna, confirm, StanceFactory()) == [NOT_IN_STEP]


def test_what_is_no_claim_is_not_confirmed(anna):
    meeting = MeetingFactory()

    assert objections(anna, confirm, meeting) == ["only a stance or an alignment is confirmed"]


def test_what_was_confirmed_today_makes_no_edition(anna):
    stance = stance_with_all()
    by(anna, confirm, stance)

    assert by(anna, confirm, stance) is None
    assert Edition.objects.count() == 2


def test_a_later_day_stays(anna):
    tomorrow = timezone.localdate() + timedelta(days=1)
    stance = stance_with_all(confirmed_on=tomorrow)

    by(anna, confirm, stance)

    assert stance.confirmed_on == tomorrow


def test_one_that_is_not_in_step_keeps_all_from_being_confirmed(anna):
    good, bad = stance_with_all(), stance_with_all()
    edited(bad, summary="Another.")

    assert objections(anna, confirm, good, bad) == [NOT_IN_STEP]
    good.refresh_from_db()
    assert good.confirmed_on == date(2019, 6, 3)


def test_confirming_twenty_takes_as_many_statements_as_one(anna):
    def cost(number: int) -> int:
        wanted = [at(stance_with_all()) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            assert by(anna, lambda: confirm(records=wanted))
        return len(queries)

    assert {one.noun for one in [at(stance_with_all())]} == {Noun.STANCE}
    assert cost(1) == cost(20)
