"""/metrics: what is going on, as Prometheus' own parser reads it;
for who has the token, and of nobody.
"""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from shutil import rmtree

import pytest
import yaml
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from tests.config.test_settings import ENVIRONMENT
from tests.factories import ActorFactory, MeetingFactory, SourceFactory, StanceFactory, UserFactory
from tests.public.api.publishing import publish, publish_whole
from tests.public.api.servers import ROOT, Server, serving
from tests.publishing.review.acting import by, person
from tests.waiting import eventually
from tracker.desk.imports import receive
from tracker.management.metrics import AllGauges
from tracker.models import CheckedBackup
from tracker.public.api.metrics import ADDRESS, REMEDY
from tracker.publishing.review import submit
from tracker.values.nouns import Noun

GAUGES = AllGauges.descriptions
TOKEN = "0123456789abcdef0123456789abcdef"
PROMQL = re.compile(
    r"\s*(?:(?P<word>[a-z_]+)|[0-9]+(?:\.[0-9]+)?[smhd]?|\"[^\"]*\"|(?P<sign>=~|[-+*/(){},=\[\]]))",
    re.ASCII,
)
FUNCTIONS = {"by", "sum", "min", "max", "rate", "histogram_quantile"}
NOWHERE = "postgres://nobody@127.0.0.1:1/none"
PROGRAM = f"""
import os
import config.wsgi
from django.test import Client
headers = {{"host": "elsewhere.example", "authorization": "Bearer {TOKEN}"}}
client = Client(headers=headers, raise_request_exception=False)
client.get("/api/v1/actors/", headers={{"host": "localhost"}})
print(os.environ["PROMETHEUS_MULTIPROC_DIR"])
print(client.get("/metrics").content.decode())
"""
KILLED = (
    PROGRAM
    + """
import signal, sys
sys.stdout.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
)
KILLS = (
    PROGRAM
    + """
for _ in range(10):
    if not os.fork():
        client.get("/healthz/live", headers={"host": "localhost"})
        os.kill(os.getpid(), 9)
    os.wait()
print(*sorted(os.listdir(os.environ["PROMETHEUS_MULTIPROC_DIR"])))
print(client.get("/metrics").content.decode())
"""
)
Samples = dict[tuple[str, ...], float]


def read(text: str) -> Samples:
    """Return the values of an exposition, by name and the values of labels in their order."""
    families = list(text_string_to_metric_families(text))
    assert len({family.name for family in families}) == len(families)
    assert all(family.documentation.endswith(".") for family in families)
    assert all(family.name.startswith("tracker_") for family in families)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.fixture
def metered() -> Iterator[None]:
    """Have /metrics, as the settings have it with a token."""
    middleware = ["tracker.management.metrics.InstallationMeter", *settings.MIDDLEWARE]
    with override_settings(MIDDLEWARE=middleware, METRICS_TOKEN=TOKEN):
        yield


def scraped() -> Samples:
    response = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return read(response.content.decode())


def test_without_a_token_it_is_an_address_that_leads_nowhere(client: Client) -> None:
    nowhere, metrics = (
        client.get(path, headers={"authorization": "Bearer "}) for path in ("/nowhere", "/metrics")
    )
    program = "import sys, config.wsgi; print('prometheus_client' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert (metrics.status_code, metrics.content) == (404, nowhere.content)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("token", ["x" * 32, TOKEN[:31]])
def test_a_token_that_can_be_guessed_is_one_line(token: str) -> None:
    environment = {**ENVIRONMENT, "TRACKER_METRICS_TOKEN": token}
    command = [sys.executable, "manage.py", "up"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(
        r"TRACKER_METRICS_TOKEN is too easy to guess: give it 32 or more .*\n", done.stderr
    )
    assert token not in done.stderr


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        TOKEN,
        f"Basic {TOKEN}",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN}é",
    ],
)
def test_who_lacks_the_token_is_told_in_a_line(
    metered: None, client: Client, sent: str | None
) -> None:
    response = client.get("/metrics", headers={"authorization": sent} if sent is not None else {})

    assert (response.status_code, response.content.decode()) == (401, REMEDY)
    assert (response.headers["WWW-Authenticate"], response.headers["Cache-Control"]) == (
        "Bearer",
        "no-store",
    )
    assert REMEDY.count("\n") == 1


REQUESTS = [
    ("/api/v1/actors/", "list", "200"),
    ("/api/v1/actors.csv", "list", "200"),
    ("/api/v1/changes/?colour=red", "list", "400"),
    ("/api/v1/actors/china/", "record", "200"),
    ("/api/v1/actors/nobody/", "record", "404"),
    ("/", "page", "200"),
    ("/actors/china/", "page", "200"),
    ("/actors/china", "other", "301"),
    ("/robots.txt", "page", "200"),
    ("/index.svg", "picture", "200"),
    ("/admin/", "admin", "302"),
    ("/api/v1/desk/actors/", "desk", "401"),
    ("/static/tracker/admin.css", "static", "200"),
    ("/healthz/live", "health", "200"),
    ("/api/v1/nowhere/", "other", "404"),
    ("/secret/", "other", "404"),
]


@pytest.mark.django_db
def test_requests_are_counted_and_timed_by_class(metered, client):
    publish(ActorFactory(slug="china"))
    after = scraped()
    for path, name, status in REQUESTS:
        before = after
        list(client.get(path))
        after = scraped()
        counted = {
            key: value - before.get(key, 0)
            for key, value in after.items()
            if value != before.get(key)
        }
        requests = {
            key: value for key, value in counted.items() if key[0] == "tracker_requests_total"
        }
        assert requests == {("tracker_requests_total", name, status): 1}
        timed = (
            ("tracker_request_seconds_count", name),
            ("tracker_request_seconds_bucket", name, "+Inf"),
        )
        assert [counted[key] for key in timed] == [1, 1]
        assert 0 < counted["tracker_request_seconds_sum", name] < 60


@pytest.mark.django_db
def test_what_fails_is_counted_as_it_is_answered(
    metered: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.public.site.dates.answering", lambda _: 1 / 0)
    before = scraped().get(("tracker_requests_total", "page", "500"), 0)
    Client(raise_request_exception=False).get("/")

    assert scraped()["tracker_requests_total", "page", "500"] == before + 1


@pytest.mark.django_db
def test_gauges_tell_what_the_team_and_readers_have(metered: None) -> None:
    empty = scraped()
    anna = person("analysts")
    publish_whole(MeetingFactory(since="2020", status="planned"))
    publish_whole(*StanceFactory.create_batch(2, until="", confirmed_on=None))
    publish_whole(StanceFactory(until="2021", basis="forecast", likelihood="likely"))
    by(anna, submit, *SourceFactory.create_batch(3), to=None)
    SourceFactory.create_batch(4)
    receive(name="actors.csv", file=BytesIO(b"slug\nchina\n"), made_by=anna.pk)
    CheckedBackup.objects.create(made_at=timezone.now() - timedelta(hours=1), edition=1, seconds=1)
    full = scraped()

    for queue, number in {"review": 3, "drafts": 4, "uploads": 1}.items():
        assert (
            empty["tracker_queue_records", queue],
            empty["tracker_queue_age_seconds", queue],
        ) == (0, 0)
        assert full["tracker_queue_records", queue] == number
        assert 0 < full["tracker_queue_age_seconds", queue] < 600
    for name in ("desk", "publication"):
        assert full["tracker_edition_number", name] == 3
        assert full["tracker_database_up", name] == 1
    assert abs(full["tracker_edition_age_seconds",]) < 600
    assert ("tracker_edition_age_seconds",) not in empty
    assert 3600 <= full["tracker_backup_age_seconds",] < 4200
    assert ("tracker_backup_age_seconds",) not in empty
    assert full["tracker_attention_records", "stance", "unconfirmed"] == 2
    assert full["tracker_attention_records", "stance", "due"] == 1
    assert full["tracker_attention_records", "meeting", "overdue"] == 1
    assert 0 < full["tracker_database_connections",] <= full["tracker_database_connections_limit",]


@pytest.mark.django_db
def test_a_scrape_takes_as_many_statements_for_twenty_as_for_one(metered: None) -> None:
    asked = []
    for number in (1, 19):
        anna = UserFactory(username=f"anna-secret-{number}")
        publish(*ActorFactory.create_batch(number, name="Published secret"))
        StanceFactory.create_batch(number, summary="A secret", until="", since="2020")
        receive(
            name="secret-actors.csv",
            noun=Noun.ACTOR,
            file=BytesIO(b"slug\nchina\n"),
            made_by=anna.pk,
        )
        Client().get("/actors/secret/")
        with CaptureQueriesContext(connection) as queries:
            samples = scraped()
        asked.append([re.sub(r"SAVEPOINT .*", "SAVEPOINT", query["sql"]) for query in queries])
        assert not [key for key in samples if "secret" in str(key)]

    assert len(asked[0]) == len(asked[1]) <= 25
    assert samples["tracker_queue_records", "uploads"] == 2


def output_of(program: str) -> str:
    environment = {**ENVIRONMENT, "TRACKER_METRICS_TOKEN": TOKEN, "DATABASE_URL": NOWHERE}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    return done.stdout


def test_processes_that_are_killed_leave_no_more_files_than_one_and_all_that_they_counted() -> None:
    """Whoever comes next counts on in the files of the one before."""
    names, text = output_of(KILLS).rpartition("\n0 1 ")[2].split("\n", 1)

    assert names == "counter_0.db counter_1.db histogram_0.db histogram_1.db"
    assert read(text)["tracker_requests_total", "health", "200"] == 10


@pytest.mark.slow
def test_what_a_killed_server_counted_goes_as_the_next_one_begins() -> None:
    """But what one that lives counts stays, and what one has just begun."""
    killed, fresh, living = (Path(output_of(KILLED).split("\n", 1)[0]) for _ in range(3))
    for directory in (killed, living):
        os.utime(directory / "0", (0, 0))
    with (living / "0").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        output_of(PROGRAM)

    assert [directory.exists() for directory in (killed, fresh, living)] == [False, True, True]
    for directory in (fresh, living):
        rmtree(directory)


def test_what_a_server_counts_together_goes_with_it_and_a_database_that_is_away_is_told() -> None:
    """In a directory of its own, by several processes.
    Neither host nor scheme is wrong for who has the token.
    """
    directory, text = output_of(PROGRAM).split("\n", 1)
    samples = read(text)

    assert {key: value for key, value in samples.items() if key[0] in GAUGES} == {
        ("tracker_database_up", "desk"): 0,
        ("tracker_database_up", "publication"): 0,
    }
    assert samples["tracker_requests_total", "list", "503"] == 1
    assert {family.name for family in text_string_to_metric_families(text)} >= set(GAUGES)
    assert "tracker-metrics-" in directory
    assert not Path(directory).exists()


@pytest.mark.django_db
def test_the_dashboard_asks_for_what_there_is(metered: None) -> None:
    """By names and labels that metrics have;
    each query is of words, numbers and signs that PromQL has, in pairs.
    """
    Client().get("/")
    response = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    labels: dict[str, set[str]] = {name: set(of) for name, (_, of) in GAUGES.items()}
    for family in text_string_to_metric_families(response.content.decode()):
        labels[family.name] = labels.get(family.name, set())
        for sample in family.samples:
            labels[sample.name] = labels.get(sample.name, set()) | set(sample.labels)
    panels = json.loads((ROOT / "docs" / "grafana.json").read_text())["panels"]
    queries = [
        (target["expr"], target.get("legendFormat", ""))
        for panel in panels
        for target in panel["targets"]
    ]
    used = set()

    assert len(queries) > 10
    for query, legend in queries:
        tokens = [match.groupdict() for match in PROMQL.finditer(query)]
        assert "".join(match.group() for match in PROMQL.finditer(query)) == query
        signs = "".join(token["sign"] or "" for token in tokens)
        while (shorter := re.sub(r"\([^(){}]*\)|\{[^(){}]*\}", "", signs)) != signs:
            signs = shorter
        assert not re.search(r"[(){}]", signs), query
        words = {token["word"] for token in tokens if token["word"]}
        names = words & labels.keys()
        assert names, query
        assert words - names - FUNCTIONS <= set().union(*(labels[name] for name in names)), query
        assert set(re.findall(r"\{\{(\w+)\}\}", legend)) <= words | set().union(
            *(labels[name] for name in names)
        )
        used |= names
    assert GAUGES.keys() <= used


def test_the_scrape_that_operators_copy_is_the_one_that_is_answered() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    [job] = yaml.safe_load(re.findall(r"```yaml\n(scrape_configs:.*?)```", text, re.DOTALL)[0])[
        "scrape_configs"
    ]

    assert (job["metrics_path"], job["authorization"]["type"]) == (ADDRESS, "Bearer")


def ask(server: Server) -> Samples:
    status, _, body = server.ask("GET", "/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    return read(body.decode())


def workers(server: Server) -> set[str]:
    return set(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split())


def directory(server: Server) -> Path:
    maps = "".join(Path(f"/proc/{worker}/maps").read_text() for worker in workers(server))
    return Path(re.findall(r"\S+/tracker-metrics-[^/]+", maps)[0])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_two_workers_count_adds_up(database_url: str, tmp_path: Path) -> None:
    """Whichever of them is asked, and if one is killed or ends;
    what is refused before a thread is taken counts too.
    """
    live, number = ("tracker_requests_total", "health", "200"), 0

    def both_counted() -> bool:
        nonlocal number
        number += 1
        assert server.ask("GET", "/healthz/live")[0] == 200
        return len(list(directory(server).glob("counter_*"))) == 2

    with serving(
        database_url, tmp_path / "log", TRACKER_METRICS_TOKEN=TOKEN, WEB_CONCURRENCY="2"
    ) as server:
        assert eventually(lambda: len(workers(server)) == 2, 60)
        before, first, place = workers(server), ask(server).get(live, 0), directory(server)
        assert eventually(both_counted, 60)
        server.raw(b"GET / HTTP/1.1\r\nHost: a b\r\nX y: 1\r\n\r\n")
        assert {ask(server)[live] for _ in range(20)} == {first + number}
        assert ask(server)["tracker_requests_total", "refused", "400"] == 1
        for worker, how in zip(before, (signal.SIGKILL, signal.SIGTERM), strict=True):
            os.kill(int(worker), how)
        assert eventually(lambda: len(workers(server) - before) == 2, 60)
        assert ask(server)[live] == first + number
        for _ in range(5):
            worker = max(workers(server), key=int)
            os.kill(int(worker), signal.SIGKILL)
            assert eventually(lambda: len(workers(server) - {worker}) == 2, 60)  # noqa: B023
            assert server.ask("GET", "/healthz/live")[0] == 200
        assert ask(server)[live] == first + number + 5
        assert {path.name for path in place.glob("counter_*")} == {"counter_1.db", "counter_2.db"}
    assert not place.exists()
