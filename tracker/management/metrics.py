"""`/metrics`: what is going on, for Prometheus. Loaded only where TRACKER_METRICS_TOKEN is set.

Requests are counted by each process that serves, in files that all of them read (PROMETHEUS_MULTIPROC_DIR); the rest is
asked of the database at each scrape. Labels name sorts of things, none of them, and nobody.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from time import perf_counter

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tracker.management.backups import last_checked
from tracker.models.nouns import records_of
from tracker.models.queries import rows_of
from tracker.public.cards.pictures.files import SUFFIXES
from tracker.public.read.connection import ALIAS
from tracker.publishing.review.attention import wanting, wants_of
from tracker.publishing.review.worklists import queues
from tracker.values.nouns import Noun

ADDRESS = "/metrics"
REMEDY = "Send the token that TRACKER_METRICS_TOKEN has: “Authorization: Bearer …”.\n"
LONGEST_STATEMENT = "2s"
MOST_COUNTED = 10_000  # records that want attention for one reason
CLASSES = {"/static/": "static", "/healthz/": "health", "/admin/": "admin", "/api/v1/desk/": "desk"}
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds
REQUESTS = Counter(
    "tracker_requests",
    "Requests that were answered. Class “other” is of addresses that lead nowhere or only on, “refused” of what the "
    "web server refused by itself, also in place of a long answer that had no room.",
    ["class", "status"],
)
LATENCY = Histogram(
    "tracker_request_seconds", "How long answers took to be made, without being sent.", ["class"], buckets=BUCKETS
)
GAUGES: dict[str, tuple[str, list[str]]] = {
    "tracker_database_up": ("Whether the database answered this scrape, by the connection of each.", ["connection"]),
    "tracker_edition_number": ("The latest edition, as the desk and as readers have it.", ["connection"]),
    "tracker_edition_age_seconds": ("Since when the latest edition is out; below 0, the clock was ahead then.", []),
    "tracker_queue_records": ("Records in review, drafts and edits that aren't, and uploads not imported.", ["queue"]),
    "tracker_queue_age_seconds": ("How long the oldest of a queue has been in it.", ["queue"]),
    "tracker_attention_records": (
        f"Records that want attention, of each noun up to {MOST_COUNTED}: “unconfirmed” are stale claims, “due” "
        "forecasts whose day has come, “overdue” meetings.", ["reason", "noun"],
    ),
    "tracker_database_connections": ("Connections of everybody to the database server.", []),
    "tracker_database_connections_limit": ("How many the database server takes (max_connections).", []),
    "tracker_backup_age_seconds": ("How old the youngest backup is that was checked, if one was.", []),
    "tracker_standby_lag_bytes": ("What a standby has yet to replay, where our role may see it.", ["standby"]),
    "tracker_standby_lag_seconds": ("How long a standby took lately to replay what was written.", ["standby"]),
}  # fmt: skip
EDITION = """
    SELECT number, extract(epoch FROM clock_timestamp() - published_at)
    FROM tracker_edition ORDER BY number DESC LIMIT 1
"""
UPLOADS = "SELECT 'uploads', count(*), extract(epoch FROM clock_timestamp() - min(made_at)) FROM tracker_upload"
CONNECTIONS = "SELECT sum(numbackends), current_setting('max_connections') FROM pg_stat_database"
# Who may not see it sees nulls. Standbys may share a name.
STANDBYS = """
    SELECT application_name, max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)),
           max(extract(epoch FROM coalesce(replay_lag, '0')))
    FROM pg_stat_replication WHERE replay_lsn IS NOT NULL GROUP BY application_name
"""
Sample = tuple[str, list[str], float]


class RequestMeter:
    """Counts and times requests. A scrape it answers itself: no host and no scheme is wrong for who has the token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        if request.path_info == ADDRESS:
            return scrape(request)
        begun = perf_counter()
        response = self.get_response(request)
        requests, latency = _meters(class_of(request), response.status_code)
        requests.inc()
        latency.observe(perf_counter() - begun)
        return response


def count_refusal(status: int) -> None:
    """Count what the web server refuses by itself."""
    REQUESTS.labels("refused", status).inc()


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


def scrape(request: HttpRequest) -> HttpResponse:
    """Return all metrics to who has the token, else 401."""
    headers = {"Cache-Control": "no-store"}
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        headers["WWW-Authenticate"] = "Bearer"
        return HttpResponse(REMEDY, status=401, content_type="text/plain; charset=utf-8", headers=headers)
    registry = CollectorRegistry()
    registry.register(Gauges())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:  # one process, that of a test
        registry.register(REQUESTS)
        registry.register(LATENCY)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4, headers=headers)


class Gauges(Collector):
    """What the database tells; if it doesn't, that it is not up."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return all gauges; the number of statements is always the same."""
        families = {name: GaugeMetricFamily(name, says, labels=labels) for name, (says, labels) in GAUGES.items()}
        for alias, connection, ask in ((DEFAULT_DB_ALIAS, "desk", desk), (ALIAS, "publication", publication)):
            samples: list[Sample] = []
            try:
                with transaction.atomic(alias), connections[alias].cursor() as cursor:
                    cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST_STATEMENT])
                    samples = [*ask()]
            except (DatabaseError, InterfaceError):
                samples = [("tracker_database_up", [connection], 0)]
            else:
                samples.append(("tracker_database_up", [connection], 1))
            for name, labels, value in samples:
                families[name].add_metric(labels, value)
        return families.values()


def publication() -> Iterator[Sample]:
    """Yield what readers have, perhaps of a standby."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(EDITION)
        for number, _ in cursor.fetchall():
            yield "tracker_edition_number", ["publication"], number


def desk() -> Iterator[Sample]:
    """Yield what the desk's database has. Whatever else is to be told of this tracker goes here, and into GAUGES."""
    for number, age in rows_of(EDITION):
        yield "tracker_edition_number", ["desk"], number
        yield "tracker_edition_age_seconds", [], age
    for queue, number, age in (*queues(), *rows_of(UPLOADS)):
        yield "tracker_queue_records", [queue], number
        yield "tracker_queue_age_seconds", [queue], age or 0
    if backup := last_checked():
        yield "tracker_backup_age_seconds", [], (timezone.now() - backup.made_at).total_seconds()
    today = timezone.localdate()
    for noun in Noun:
        for want in wants_of(noun):
            number = wanting(records_of(noun), want, today=today)[:MOST_COUNTED].count()
            yield "tracker_attention_records", [want, noun], number
    for number, most in rows_of(CONNECTIONS):
        yield "tracker_database_connections", [], number
        yield "tracker_database_connections_limit", [], float(most)
    for standby, lag, seconds in rows_of(STANDBYS):
        yield "tracker_standby_lag_bytes", [standby], lag
        yield "tracker_standby_lag_seconds", [standby], seconds
