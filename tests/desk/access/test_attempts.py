"""Who fails to get in again and again waits, longer each time; nobody shuts anybody else out."""

from datetime import timedelta

import pytest
from django.db.models import F

from tracker.desk.access import attempts
from tracker.models import FailedAttempts

pytestmark = pytest.mark.django_db
ANNA = attempts.keys_of_name(address="192.0.2.1", name="anna")


def fail(times: int, keys: attempts.Keys = ANNA) -> None:
    """Let as many attempts fail."""
    for _ in range(times):
        attempts.failed(keys=keys, what="login as 'anna'", address="192.0.2.1")


def let_pass(**time: int) -> None:
    """Let time pass."""
    FailedAttempts.objects.update(last_at=F("last_at") - timedelta(**time))


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (8, 8), (14, 512), (18, 900)]
)
def test_each_failure_too_many_doubles_the_time_to_wait(failures, seconds):
    fail(failures)

    assert attempts.wait(keys=ANNA) in (seconds, seconds - 1)


def test_the_time_passes():
    fail(8)
    let_pass(seconds=9)

    assert attempts.wait(keys=ANNA) == 0


def test_a_first_failure_costs_nothing_even_if_another_process_tells_of_it_late():
    fail(1)
    let_pass(seconds=-5)

    assert attempts.wait(keys=ANNA) == 0


def test_after_an_hour_it_is_counted_anew():
    fail(18)
    let_pass(hours=1, seconds=1)
    fail(1)

    assert set(FailedAttempts.objects.values_list("count", flat=True)) == {1}


def test_others_from_elsewhere_do_not_wait_and_one_waits_little_for_others_failures():
    elsewhere = attempts.keys_of_name(address="198.51.100.7", name="anna")
    fail(10)
    assert attempts.wait(keys=elsewhere) == 0
    assert attempts.wait(keys=attempts.keys_of_name(address="192.0.2.1", name="bert")) == 0

    fail(60)

    assert 0 < attempts.wait(keys=elsewhere) <= 30
    assert attempts.wait(keys=ANNA) > 30
    assert attempts.wait(keys=attempts.keys_of_name(address="192.0.2.1", name="bert")) == 0


def test_at_an_address_with_many_failures_all_wait_whom_nobody_knows():
    here = attempts.keys_of_address(address="192.0.2.1")
    fail(25, here)

    assert attempts.wait(keys=here) > 30
    assert attempts.wait(keys=attempts.keys_of_address(address="198.51.100.7")) == 0
    assert attempts.wait(keys=attempts.keys_of_tokens(address="192.0.2.1")) == 0


def test_who_gets_in_starts_anew():
    fail(10)

    attempts.succeeded(keys=ANNA)

    assert attempts.wait(keys=ANNA) == 0


def test_who_gets_in_forgives_nobody_who_tries_their_name_elsewhere():
    fail(60)

    attempts.succeeded(keys=ANNA)

    assert attempts.wait(keys=attempts.keys_of_name(address="198.51.100.7", name="anna")) > 0


def test_failures_are_logged(caplog):
    fail(2)

    assert [record.getMessage() for record in caplog.records] == [
        "failed: login as 'anna' from 192.0.2.1, up to 1 in a row",
        "failed: login as 'anna' from 192.0.2.1, up to 2 in a row",
    ]


def test_what_is_old_is_forgotten():
    fail(1)
    let_pass(days=1, seconds=1)

    fail(1, attempts.keys_of_address(address="198.51.100.7"))

    assert list(FailedAttempts.objects.values_list("key", flat=True)) == ["address 198.51.100.7"]


@pytest.mark.parametrize("failures", [8, 30])
def test_a_clock_that_was_ahead_keeps_nobody_waiting_and_forgives_no_further_failure(failures):
    fail(failures)
    let_pass(days=-365)
    assert attempts.wait(keys=ANNA) == 0

    fail(1)

    assert attempts.wait(keys=ANNA) in (
        min(2 ** (failures - 4), 900),
        min(2 ** (failures - 4), 900) - 1,
    )
