"""Days that can't lie in the future:
when something was checked or read, and when a meeting was held.
"""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone

from tests.factories import MeetingFactory, SourceFactory
from tests.models.rows import DESK, execute, make_writable, refused, write
from tests.models.test_constraints import constrained_as

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
DAYS = [
    pytest.param(model, field.column, id=f"{model._meta.model_name}.{field.name}")
    for model in DESK
    for field in model._meta.concrete_fields
    if isinstance(field, models.DateField)
    and not field.generated
    and field.name not in ("opens", "due")
]
ZONES = ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago")


def test_every_day_of_the_desk_is_among_those_tried():
    assert {param.id for param in DAYS} == {
        "stance.confirmed_on",
        "alignment.confirmed_on",
        "source.accessed_on",
        "stanceresolution.resolved_on",
        "alignmentresolution.resolved_on",
    }


@pytest.mark.parametrize(("model", "column"), DAYS)
def test_a_day_to_come_is_refused_wherever_one_is(by, model, column):
    row = make_writable(model)
    for zone in ZONES:
        execute(f"SET LOCAL TIME ZONE '{zone}'")
        for day in (TOMORROW, "9999-12-31", "10000-01-01", "infinity"):
            with refused(f"{constrained_as(model)}_{column}_has_come"):
                write(by, row, **{column: str(day)})
        # which what is decided has
        for day in (str(TODAY), *([] if column == "resolved_on" else [None])):
            row.pk = write(by, row, **{column: day})


def test_a_meeting_was_held_unless_its_first_day_is_certainly_to_come(by):
    meeting = MeetingFactory(citations=[])

    for since in (str(TOMORROW), "2999", f"[{TOMORROW}..2999]", f"{TODAY.year + 1}~"):
        with refused("meeting_that_was_held_has_begun"):
            write(by, meeting, status="held", since=since)
    for since in (str(TODAY), str(TODAY.year), f"[{TODAY}..2999]", "", "202X"):
        meeting.pk = write(by, meeting, status="held", since=since, until="2999" if since else "")
    for status in ("planned", "expected", "cancelled"):
        meeting.pk = write(by, meeting, status=status, since="2999", until="")


def test_a_source_may_be_dated_ahead_as_journals_are(by):
    write(by, SourceFactory(), issued=str(TODAY.year + 1))
