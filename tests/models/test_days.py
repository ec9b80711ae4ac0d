"""Days that can't lie in the future: when something was checked or read, and when a meeting was held."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from tests.factories import AlignmentFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.models.rows import DESK, execute, make, refused, write
from tracker.models import ChangeSet

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


def test_what_lay_in_the_future_is_mended_with_a_reason_and_nothing_else_is_changed():
    rules = [
        (model._meta.db_table, rule.name)
        for model in apps.get_app_config("tracker").get_models()
        for rule in model._meta.constraints
        if rule.name.endswith(("_has_come", "_has_begun"))
    ]
    assert len(rules) == 4
    for table, rule in rules:
        execute("RESET ROLE")
        execute(f"ALTER TABLE {table} DROP CONSTRAINT {rule}")
    dated, read = SourceFactory(issued="[2019-06-01..2019-06-05]"), SourceFactory(issued="", accessed_on="2999-01-01")
    cited = [[{"source": dated, "locator": "1"}, {"source": read, "locator": "1"}], [{"source": read, "locator": "1"}]]
    claims = [StanceFactory(citations=cited[0]), AlignmentFactory(citations=cited[1]), StanceFactory(citations=[])]
    for claim in claims:
        write("update", claim, confirmed_on="2999-01-01")
    held, fine = MeetingFactory(status="held", since="2999"), StanceFactory(confirmed_on=TODAY)
    version = fine.version

    for mend in import_module("tracker.migrations.0029_days_to_come").MENDS:
        execute(mend)

    for record in (*claims, read, held, fine):
        record.refresh_from_db()
    assert [str(claim.confirmed_on) for claim in claims] == ["2019-06-01", "None", "None"]
    assert (read.accessed_on, held.status, held.since) == (None, "planned", "2999")
    assert (fine.confirmed_on, fine.version) == (TODAY, version)
    reasons = ChangeSet.objects.filter(channel="command").values_list("reason", flat=True)
    assert list(reasons) == ["No check, and nothing that took place, can lie in the future"]
