"""How often a token may ask: counted in the database, so for all processes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext, override_settings

from tests.models.rows import execute
from tracker.desk.access import throttling
from tracker.models import Throttle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_in_ten_seconds():
    """So slow that the time which a test takes makes no difference."""
    with override_settings(DESK_PER_SECOND=0.3):
        yield


def let_pass(seconds: float) -> None:
    """Let time pass, as the rows see it."""
    Throttle.objects.update(even_at=F("even_at") - timedelta(seconds=seconds))


def test_ten_seconds_worth_may_come_at_once_then_one_waits():
    assert [throttling.take(key="token 1") for _ in range(5)] == [0, 0, 0, 4, 4]
    assert throttling.take(key="token 2") == 0

    let_pass(4)

    assert [throttling.take(key="token 1") for _ in range(2)] == [0, 3]


def test_it_takes_one_statement():
    throttling.take(key="token 1")

    with CaptureQueriesContext(connection) as queries:
        throttling.take(key="token 1")

    assert len(queries) == 1


def test_it_can_be_switched_off():
    with override_settings(DESK_PER_SECOND=0), CaptureQueriesContext(connection) as queries:
        assert {throttling.take(key="token 1") for _ in range(10)} == {0}
    assert len(queries) == 0


def test_who_has_not_asked_for_a_day_is_forgotten():
    throttling.take(key="token 1")
    let_pass(24 * 60 * 60 + 10)

    throttling.take(key="token 2")

    assert list(Throttle.objects.values_list("key", flat=True)) == ["token 2"]


def test_counting_is_not_logged():
    assert execute(
        "SELECT relpersistence::text FROM pg_class WHERE oid = 'tracker_throttle'::regclass"
    ) == [("u",)]


@pytest.mark.parametrize("ahead", [11, 31_536_000], ids=["more than the burst", "a year"])
def test_a_clock_that_was_ahead_keeps_nobody_waiting(ahead):
    for _ in range(5):
        throttling.take(key="token 1")
    let_pass(-ahead)

    assert [throttling.take(key="token 1") for _ in range(4)] == [0, 0, 0, 4]


def test_who_may_ask_once_in_longer_than_the_burst_waits_for_it():
    with override_settings(DESK_PER_SECOND=0.05):
        assert [throttling.take(key="token 1") for _ in range(3)] == [0, 20, 20]
