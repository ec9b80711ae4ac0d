"""How often one address may read the publication:
counted in each process, in memory, and told kindly.
"""

from collections.abc import Iterator
from time import thread_time

import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from tests.public.api.contract import check_problem
from tracker.public.http import throttling
from tracker.public.http.clients import address_of, network_of
from tracker.public.http.throttling import Limit

CODEBOOK = "/api/v1/codebook/"


@pytest.fixture
def ten_at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """So many may come at once, then one in 100 s: what a test takes is no matter.
    Nobody has asked yet.
    """
    monkeypatch.setattr(throttling, "READING", Limit())
    monkeypatch.setattr(throttling, "BURST", 1000.0)
    with override_settings(READS_PER_SECOND=0.01):
        yield 10


def ask(address: str = CODEBOOK, method: str = "GET", **headers: str) -> HttpResponse:
    return Client().generic(method, address, headers=headers)


@pytest.mark.django_db
def test_who_asks_too_often_is_told_for_how_long_to_wait(ten_at_once: int) -> None:
    """As a problem, which pages of other sites may read, without a look at the database."""
    assert {ask().status_code for _ in range(ten_at_once)} == {200}

    with CaptureQueriesContext(connections["default"]) as queries:
        refused = ask()

    assert refused.status_code == 429
    check_problem(refused)
    assert 90 < int(refused.headers["Retry-After"]) <= 100  # a test may take a while
    assert f"Try again in {refused.headers['Retry-After']} s" in refused.json()["detail"]
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]
    assert refused.headers["Cache-Control"] == "no-cache"
    assert len(queries) == 0
    assert ask(method="HEAD").status_code == 429


def test_what_costs_nothing_is_always_answered(ten_at_once: int) -> None:
    """Whether the process is up, and what a browser asks before it asks."""
    for _ in range(ten_at_once + 1):
        ask()

    assert ask("/healthz/live").status_code == 200
    before = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    assert ask(method="OPTIONS", **before).status_code == 204


def test_others_are_not_kept_waiting(ten_at_once: int) -> None:
    """Behind a proxy those are others of whom it says so;
    what a client makes up in front of that is nobody.
    """
    with override_settings(PROXIES=1):
        statuses = [
            ask(X_Forwarded_For=f"203.0.113.{number}, 192.0.2.1").status_code
            for number in range(11)
        ]
        assert (statuses, ask(X_Forwarded_For="192.0.2.2").status_code) == ([200] * 10 + [429], 200)
    assert ask(X_Forwarded_For="192.0.2.1").status_code == 200


def test_it_can_be_switched_off(ten_at_once: int) -> None:
    with override_settings(READS_PER_SECOND=0):
        assert {ask().status_code for _ in range(2 * ten_at_once)} == {200}
    assert settings.READS_PER_SECOND == 0.01


def test_waiting_makes_up_for_what_was_asked() -> None:
    """At the pace that is allowed, for ever; what is refused costs nothing."""
    limit = Limit()
    assert [limit.take("a", 2, now=100.0) for _ in range(22)] == [0] * 20 + [1, 1]
    assert [limit.take("a", 2, now=now) for now in (100.4, 100.5, 100.5, 101.0)] == [1, 0, 1, 0]
    assert [limit.take("a", 2, now=101 + number / 2) for number in range(1, 200)] == [0] * 199
    assert limit.take("a", 0.25, now=100.0 + 1000) == 0
    assert limit.take("a", 0.01, now=100.0 + 2000) == 90


def test_as_many_addresses_as_anybody_has_take_bounded_memory() -> None:
    limit, asked = Limit(addresses=1000), []
    for number in range(50_000):
        limit.take(f"2001:db8:{number:x}::", 1, now=100.0)
        if number % 500 == 0:
            asked.append(limit.take("a", 1, now=100.0))

    assert len(limit) <= 2001
    assert asked == [0] * 10 + [1] * 90


def test_after_a_while_of_silence_nothing_is_kept() -> None:
    limit = Limit()
    for number in range(100):
        limit.take(str(number), 1, now=100.0)
    for number in range(3):
        limit.take("a", 1, now=200.0 + number * 11)

    assert len(limit) == 2


def test_counting_takes_microseconds() -> None:
    limit = Limit()
    begun = thread_time()
    for number in range(20_000):
        limit.take(network_of(f"192.0.{number % 256}.{number % 100}"), 1_000_000)

    assert (thread_time() - begun) / 20_000 < 20e-6


@pytest.mark.parametrize(
    ("proxies", "forwarded_for", "address"),
    [
        (0, "192.0.2.1", "198.51.100.1"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        (2, "203.0.113.9, 192.0.2.1,10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "192.0.2.1"),
        (1, "", "198.51.100.1"),
        (1, "x" * 5000, "x" * 100),
    ],
)
def test_each_proxy_of_ours_adds_an_address_and_only_theirs_are_believed(
    proxies, forwarded_for, address
):
    meta = {
        "REMOTE_ADDR": "198.51.100.1",
        **({"HTTP_X_FORWARDED_FOR": forwarded_for} if forwarded_for else {}),
    }

    with override_settings(PROXIES=proxies):
        assert address_of(meta) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:0DB8:1:2::ffff", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("no: address", "no: address"),
        ("", ""),
    ],
)
def test_of_ipv6_a_whole_network_is_counted_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
