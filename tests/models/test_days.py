"""Days that can't lie in the future: when something was checked or read, and when a meeting was held."""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone

from tests.factories import MeetingFactory, SourceFactory
from tests.models.rows import DESK, execute, make, refused, write

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
DAYS = [
    pytest.param(model, field.column, id=f"{model._meta.model_name}.{field.name}")
    for model in DESK
    for field in model._meta.concrete_fields
    if isinstance(field, models.DateField) and not field.generated
]
ZONES = ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago")


def test_every_day_of_the_desk_is_among_those_tried():
    assert {param.id for param in DAYS} == {"stance.confirmed_on", "alignment.confirmed_on", "source.accessed_on"}


@pytest.mark.parametrize(("model", "column"), DAYS)
@pytest.mark.parametrize("zone", ZONES)
def test_a_day_to_come_is_refused_wherever_one_is(by, model, column, zone):
    execute(f"SET LOCAL TIME ZONE '{zone}'")
    for day in (TOMORROW, "9999-12-31", "10000-01-01", "infinity"):
        with refused(f"{model._meta.model_name}_{column}_has_come"):
            write(by, make(model), **{column: str(day)})
    write(by, make(model), **{column: str(TODAY)})
    write(by, make(model), **{column: None})


@pytest.mark.parametrize("since", [str(TOMORROW), "2999", f"[{TOMORROW}..2999]", f"{TODAY.year + 1}~"])
def test_a_meeting_whose_first_day_is_certainly_to_come_was_not_held(by, since):
    meeting = MeetingFactory(citations=[])

    with refused("meeting_that_was_held_has_begun"):
        write(by, meeting, status="held", since=since)


@pytest.mark.parametrize("since", [str(TODAY), str(TODAY.year), f"[{TODAY}..2999]", "", "202X"])
def test_a_meeting_that_may_have_begun_may_have_been_held(by, since):
    write(by, MeetingFactory(citations=[]), status="held", since=since, until="2999" if since else "")


@pytest.mark.parametrize("status", ["planned", "expected", "cancelled"])
def test_a_meeting_to_come_is_planned_expected_or_cancelled(by, status):
    write(by, MeetingFactory(citations=[]), status=status, since="2999")


def test_a_source_may_be_dated_ahead_as_journals_are(by):
    write(by, SourceFactory(), issued=str(TODAY.year + 1))
