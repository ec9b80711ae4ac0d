"""Plans: what is answered before Django's handler is what Django answers,
whatever is asked and whatever happens.
"""

import gc
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings

from tests.factories import ActorFactory
from tests.plugins.database import one_connection
from tests.public.api.publishing import edit, publish, retract
from tests.public.api.test_urls import addresses, populate
from tests.public.http import fuzzed
from tests.public.http.both_ways import Answered, BothWays, answered
from tests.test_conventions import ROOT
from tracker.public.http import plans, request_ids, throttling
from tracker.public.http.throttling import Limit
from tracker.values.nouns import Noun

Records = list[dict[Noun, Any]]
LIST, FUZZED = "/api/v1/stances/", 300
DOCUMENTS = (
    "README.md",
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md"))),
)
ENCODED = {"accept_encoding": "gzip, deflate"}


@pytest.fixture(scope="module")
def records(kept_for_the_module: None) -> Records:
    """Three records of each noun, by three editions and more."""
    with one_connection():
        return [populate(1) for _ in range(3)]


@pytest.fixture
def both() -> Iterator[BothWays]:
    """Both ways to be answered, in the transaction of a test:
    its connection stays open, as with Django's client.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield BothWays()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask_in_all_ways(both: BothWays, address: str) -> Answered:
    """Ask for an address, for its head, compressed, for a part, and by tags that fit, did fit,
    or say anything.
    """
    whole = both.ask(address)
    both.ask(address, "HEAD")
    for headers in ({}, ENCODED):
        answer = both.ask(address, **headers)
        for held in (
            answer.header("ETag"),
            "*",
            '"1-2.00", W/"x"',
            f'"0-1.00", {whole.header("ETag")}, "x"',
        ):
            both.ask(address, **headers, if_none_match=held)
            both.ask(address, "HEAD", **headers, if_none_match=held)
    both.ask(address, range="bytes=0-9", if_range=whole.header("ETag"))
    for accepted in ("text/csv", "image/png", "application/json; q=0.5, text/html"):
        both.ask(address, accept=accepted)
    return whole


@pytest.mark.django_db
def test_every_address_of_the_api_is_answered_the_same(records: Records, both: BothWays) -> None:
    for address in addresses(records[-1]).values():
        ask_in_all_ways(both, address)
        both.ask(f"{address}?edition=1&page_size=1")


@pytest.mark.django_db
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_address_of_the_documentation_is_answered_the_same(records, both, document) -> None:
    """Whatever they lead to here."""
    text = Path(ROOT, document).read_text()
    for address in sorted(
        set(re.findall(r"(?<![\w.])/(?:api/v1/)?[a-z][\w./-]*/(?:\?[\w=&%,.:+-]*)?", text))
    )[:150]:
        both.ask(address)
        both.ask(address, **ENCODED)


@pytest.mark.django_db
def test_every_page_of_the_sitemap_is_answered_the_same(records: Records, both: BothWays) -> None:
    maps = [both.ask("/sitemap.xml"), *(both.ask(f"/sitemap-{noun.plural}-0.xml") for noun in Noun)]
    pages = {
        page
        for answer in [*maps, both.ask("/sitemap-pages.xml")]
        for page in re.findall(r"<loc>http://localhost(/[^<]*)", answer.body.decode())
    }

    assert len(pages) > 30
    for page in sorted(pages):
        both.ask(page)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [FUZZED, pytest.param(20_000, marks=pytest.mark.slow)])
def test_whatever_anybody_thinks_of_is_answered_the_same(
    records: Records, both: BothWays, number: int
) -> None:
    """Lists and records as JSON by a plan."""
    statuses = []
    for place, address in enumerate(fuzzed.addresses(records, number, seed=number)):
        method, headers = ("HEAD" if place % 7 == 0 else "GET"), (ENCODED if place % 3 else {})
        before = both.passed_on
        answer = both.ask(address, method, **headers)
        statuses.append((answer.status, both.passed_on - before))
        if answer.header("ETag"):
            both.ask(address, method, **headers, if_none_match=answer.header("ETag"))

    fine = [passed_on for status, passed_on in statuses if status == "200 OK"]
    assert number / 3 < len(fine) < number
    assert sum(passed_on < 2 for passed_on in fine) > 0.25 * len(fine)


@pytest.mark.django_db
def test_lists_and_records_are_planned_with_all_that_may_be_asked_of_them(
    records: Records, both: BothWays
) -> None:
    stance = records[0][Noun.STANCE].pk
    queries = (
        "",
        "?count=true",
        "?q=stance&page_size=1",
        "?edition=2",
        "?release=2026.1",
        "?on=2019-06-15",
        "?as_of=2026-11-25T00:00:00Z&fields=id",
        f"{stance}/",
        f"{stance}/?fields=id",
    )
    for address in (f"{LIST}{query}" for query in queries):
        answer = both.ask(address)
        assert answer.status in ("200 OK", "400 Bad Request")
        assert both.is_planned(address) == (answer.status == "200 OK"), address
        assert both.is_planned(address, "HEAD") == (answer.status == "200 OK"), address
    for address in ("/api/v1/", "/api/v1/changes/", "/api/v1/editions/1/", "/api/v1/codebook/"):
        held = both.ask(address).header("ETag")
        assert (both.is_planned(address), both.is_planned(address, if_none_match=held)) == (
            False,
            True,
        ), address


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["cookie", "authorization"])
def test_nothing_of_a_person_is_planned_or_answered_by_a_plan(records, both, name) -> None:
    assert both.is_planned(LIST)
    assert not both.is_planned(LIST, **{name: "Bearer x"})
    assert not BothWays().is_planned(LIST, **{name: ""})
    assert not both.is_planned("/api/v1/desk/stances/")
    assert not both.is_planned(LIST, "POST")
    assert not both.is_planned("/")


@pytest.mark.django_db
def test_what_an_edition_changes_is_seen_at_once(records: Records, both: BothWays) -> None:
    """It is revised, moves, is retracted:
    by the next request, for a plan that is there and by all tags of before.
    """
    actor = ActorFactory(slug="atlantis")
    publish(actor)
    of_it, of_all = "/api/v1/actors/atlantis/", "/api/v1/actors/?page_size=2"
    for change, status in (({"name": "Atlantis"}, 200), ({"slug": "thule"}, 308), ({}, 410)):
        held = {
            address: ask_in_all_ways(both, address).header("ETag") for address in (of_it, of_all)
        }
        assert both.is_planned(of_all)
        publish(edit(actor, **change)) if change else retract(actor)
        if status == 410:
            of_it = "/api/v1/actors/thule/"
        statuses = []
        for address, tag in held.items():
            for headers in ({"if_none_match": tag} if tag else {}, {}):
                statuses.append(both.ask(address, **headers).status)
        assert f"{status}" in statuses[0] or status == 410, statuses
        assert ask_in_all_ways(both, of_it).status.startswith(str(status))


@pytest.mark.django_db
def test_an_edition_that_is_withheld_is_not_shown_once_it_isnt_the_latest(
    records: Records, both: BothWays
) -> None:
    """Though it was planned while it was the latest."""
    number = int(both.ask(LIST).header("Edition"))
    with override_settings(WITHHELD=((number, number),)):
        both = BothWays()
        address = f"{LIST}?edition={number}"
        held = both.ask(address).header("ETag")
        assert both.is_planned(address)
        publish(ActorFactory())
        for headers in ({"if_none_match": held}, {}):
            assert both.ask(address, **headers).status == "451 Unavailable For Legal Reasons"


@pytest.mark.django_db
def test_hosts_and_schemes_are_answered_as_ever(records: Records, both: BothWays) -> None:
    """Each by addresses of its own; names that aren't ours, and what must come by HTTPS, never."""
    listed = f"{LIST}?page_size=1"
    assert {
        b"http://localhost/" in both.ask(listed, host=host).body for host in ("localhost", "[::1]")
    } == {
        True,
        False,
    }
    for _ in range(2):
        assert both.ask(listed, host="evil.example").status == "400 Bad Request"
    # Redirects to HTTPS are a proxy's matter, of which the contract knows nothing.
    as_public = {"SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 60, "PROXIES": 1,
                 "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
                 "MIDDLEWARE": settings.MIDDLEWARE[1:]}  # fmt: skip
    with override_settings(**as_public):
        both = BothWays()
        assert (
            both.ask(listed, x_forwarded_proto="https").header("Strict-Transport-Security")
            == "max-age=60"
        )
        assert both.is_planned(listed, x_forwarded_proto="https")
        for proto in ("http", ""):
            assert both.ask(listed, x_forwarded_proto=proto).status == "301 Moved Permanently"


@pytest.mark.django_db
def test_as_many_are_answered_as_may_be_planned_or_passed_on(records, both, monkeypatch) -> None:
    """Ten at once of one address, at one a second; whoever else asks is answered."""
    held = both.ask(LIST).header("ETag")
    monkeypatch.setattr(throttling, "monotonic", lambda: 1.0)
    for headers in (
        {},
        {"if_none_match": held},
        {"if_none_match": "*"},
        {"accept": "text/csv"},
        ENCODED,
    ):
        monkeypatch.setattr(throttling, "READING", Limit())
        with override_settings(READS_PER_SECOND=1):
            statuses = [answered(both.planned, LIST, "GET", headers).status[:3] for _ in range(12)]
            assert statuses[9] in ("200", "304"), headers
            assert statuses[10:] == ["429", "429"], headers
            assert both.ask(LIST).header("Retry-After") == "1"
            assert both.ask(LIST, REMOTE_ADDR="198.51.100.7").status == "200 OK"


@pytest.mark.django_db
def test_a_request_that_is_passed_on_after_all_is_counted_and_asked_once(
    records, both, monkeypatch
) -> None:
    taken: list[str] = []
    monkeypatch.setattr(Limit, "take", lambda _, address, per_second: taken.append(address) or 0)
    with override_settings(READS_PER_SECOND=1):
        held = both.ask("/api/v1/editions/").header("ETag")
        assert both.is_planned("/api/v1/editions/", if_none_match=held)
        publish(ActorFactory())
        taken.clear()
        both.ask("/api/v1/editions/", if_none_match=held)
    assert len(taken) == 3


@pytest.mark.django_db
def test_an_error_is_told_as_ever_and_asked_for_once(records, both, monkeypatch) -> None:
    """What the database says while a plan is carried out, Django tells; it doesn't ask again."""
    assert both.is_planned(LIST)
    calls = []

    def fail(*_: object) -> None:
        calls.append(1)
        raise OSError(28, "full")

    monkeypatch.setattr("tracker.public.read.lists._page", fail)
    answer = both.ask(LIST)
    assert (answer.status, len(calls)) == ("503 Service Unavailable", 3)


@pytest.mark.django_db
def test_plans_are_kept_within_a_number_and_so_many_bytes(records, both, monkeypatch) -> None:
    with override_settings(PLANS=2):
        few = BothWays()
    for number in range(4):
        few.ask(f"{LIST}?page_size={number + 1}")
    assert [few.is_planned(f"{LIST}?page_size={number + 1}") for number in (3, 2)] == [True, True]
    assert len(few.planned.plans) == 2
    assert not both.is_planned(f"{LIST}?q={'x' * plans.LONGEST}")


@pytest.mark.django_db
def test_a_planned_answer_is_counted_and_named_in_the_log_as_any_other(
    records: Records, both: BothWays
) -> None:
    stance = records[0][Noun.STANCE].pk
    middleware = [
        settings.MIDDLEWARE[0],
        "tracker.public.api.metrics.RequestMeter",
        *settings.MIDDLEWARE[1:],
    ]
    with override_settings(MIDDLEWARE=middleware, METRICS_TOKEN="x", PROXIES=1):
        both = BothWays()
        counted: list[tuple[str, int, float]] = []
        both.planned.count = lambda *answer: counted.append(answer)
        held = both.ask(LIST).header("ETag")
        counted.clear()
        assert both.is_planned(LIST, x_request_id="of-a-proxy")
        assert request_ids.CURRENT.get() == ("of-a-proxy", "GET", LIST)
        assert both.is_planned(LIST, "HEAD", if_none_match=held, x_request_id="not one")
        assert re.fullmatch("[0-9a-f]{16}", request_ids.current_id())
        both.is_planned(f"{LIST}{stance}/")

    told = [(name, status) for name, status, _ in counted]
    assert told == [("list", 200)] * 2 + [("list", 304)] * 2 + [("record", 200)]
    assert all(0 < seconds < 10 for *_, seconds in counted)


@pytest.mark.django_db
@pytest.mark.slow
def test_memory_is_bounded_whatever_is_asked(records: Records, both: BothWays) -> None:
    """A plan takes no more than is told of it, and once there are as many as may be,
    further ones take nothing more.
    """
    with override_settings(PLANS=1_000, MIDDLEWARE=settings.MIDDLEWARE[1:]):
        planned = BothWays().planned
    held, told = [], 0
    tracemalloc.start()
    for number in range(5_001):
        if number in (1, 1_001, 5_000):
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
            told = told or (planned.plans.size if number > 1 else 0)
        assert (
            answered(planned, f"{LIST}?page_size=1&from={1000 + number}-01-01", "GET", {}).status
            == "200 OK"
        )
    tracemalloc.stop()

    assert len(planned.plans) == 1_000
    assert held[1] - held[0] < told
    assert held[2] - held[1] < told / 2  # four times as much would be kept
