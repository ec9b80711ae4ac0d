"""`/metrics`: what is going on, for Prometheus, as far as readers go;
of the desk tell `management/metrics.py`.

Loaded only where TRACKER_METRICS_TOKEN is set.

Requests are counted by each process that serves, in files that all of them read
(PROMETHEUS_MULTIPROC_DIR); the rest is asked of the database at each scrape. Labels name sorts of
things, none of them, and nobody.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from time import perf_counter
from typing import ClassVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tracker.public.cards.pictures.files import SUFFIXES
from tracker.public.http.plans import CLASS
from tracker.public.read.connection import ALIAS

ADDRESS = "/metrics"
REMEDY = "Send the token that TRACKER_METRICS_TOKEN has: “Authorization: Bearer …”.\n"
LONGEST_STATEMENT = "2s"
CLASSES = {"/static/": "static", "/healthz/": "health", "/admin/": "admin", "/api/v1/desk/": "desk"}
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds
REQUESTS = Counter(
    "tracker_requests",
    "Requests that were answered. Class “other” is of addresses that lead nowhere or only "
    "on, “refused” of what the web server refused by itself, also in place of a long answer "
    "that had no room.",
    ["class", "status"],
)
LATENCY = Histogram(
    "tracker_request_seconds",
    "How long answers took to be made, without being sent.",
    ["class"],
    buckets=BUCKETS,
)
Descriptions = Mapping[str, tuple[str, list[str]]]
GAUGES: Descriptions = {
    "tracker_database_up": (
        "Whether the database answered this scrape, by the connection of each.",
        ["connection"],
    ),
    "tracker_edition_number": ("The latest edition, by the connection of each.", ["connection"]),
}
EDITION = """
    SELECT number, extract(epoch FROM clock_timestamp() - published_at)
    FROM tracker_edition ORDER BY number DESC LIMIT 1
"""
Sample = tuple[str, list[str], float]
Source = tuple[str, str, Callable[[], Iterable[Sample]]]


def count_refusal(status: int) -> None:
    """Count what the web server refuses by itself."""
    REQUESTS.labels("refused", status).inc()


def count(name: str, status: int, seconds: float) -> None:
    """Count and time an answer to a request of a class."""
    requests, latency = _meters(name, status)
    requests.inc()
    latency.observe(seconds)


@cache  # of some ten classes and twenty statuses
def _meters(name: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(name, status), LATENCY.labels(name)


def class_of(request: HttpRequest) -> str:
    """Return of which class a request is that was answered."""
    path, match = request.path_info, request.resolver_match
    for beginning, name in CLASSES.items():
        if path.startswith(beginning):
            return name
    if match is None:
        return "other"
    if path.startswith("/api/"):
        return "record" if match.kwargs else "list"
    return "picture" if match.kwargs.get("suffix") in SUFFIXES else "page"


def publication() -> Iterator[Sample]:
    """Yield what readers have, perhaps of a standby."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(EDITION)
        for number, _ in cursor.fetchall():
            yield "tracker_edition_number", ["publication"], number


class Gauges(Collector):
    """What the database tells; if it doesn't, that it is not up.

    `descriptions` says of each gauge what it is and which labels it has, `sources` by which
    connections (its alias, and what it is called) which function yields samples.
    """

    descriptions: ClassVar[Descriptions] = GAUGES
    sources: ClassVar[Sequence[Source]] = ((ALIAS, "publication", publication),)

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return all gauges; the number of statements is always the same."""
        families = {
            name: GaugeMetricFamily(name, says, labels=labels)
            for name, (says, labels) in self.descriptions.items()
        }
        for alias, connection, ask in self.sources:
            samples: list[Sample] = []
            try:
                with transaction.atomic(alias), connections[alias].cursor() as cursor:
                    cursor.execute(
                        "SELECT set_config('statement_timeout', %s, true)", [LONGEST_STATEMENT]
                    )
                    samples = [*ask()]
            except (DatabaseError, InterfaceError):
                samples = [("tracker_database_up", [connection], 0)]
            else:
                samples.append(("tracker_database_up", [connection], 1))
            for name, labels, value in samples:
                families[name].add_metric(labels, value)
        return families.values()


def scrape(request: HttpRequest, gauges: Gauges) -> HttpResponse:
    """Return all metrics to who has the token, else 401."""
    headers = {"Cache-Control": "no-store"}
    if not constant_time_compare(
        request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    ):
        headers["WWW-Authenticate"] = "Bearer"
        return HttpResponse(
            REMEDY, status=401, content_type="text/plain; charset=utf-8", headers=headers
        )
    registry = CollectorRegistry()
    registry.register(gauges)
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:  # one process, that of a test
        registry.register(REQUESTS)
        registry.register(LATENCY)
    return HttpResponse(
        generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4, headers=headers
    )


class RequestMeter:
    """Counts and times requests. A scrape it answers itself:
    no host and no scheme is wrong for who has the token.
    """

    gauges: ClassVar[type[Gauges]] = Gauges

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        if request.path_info == ADDRESS:
            return scrape(request, self.gauges())
        begun = perf_counter()
        response = self.get_response(request)
        request.META[CLASS] = name = class_of(request)
        count(name, response.status_code, perf_counter() - begun)
        return response
