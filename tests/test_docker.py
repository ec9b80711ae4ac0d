"""What the image and the compose file start does what it should, here without an engine:
on a server with passwords.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
import yaml

from config.postgres.cluster import Cluster
from config.postgres.port import bound
from tests.config.postgres.processes import SUBJECT_TO_TESTS
from tests.waiting import eventually
from tracker.desk.management.commands.bootstrap import SETS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
HOST = "tracker.example.org"
ENVIRONMENT = {
    "TRACKER_HOSTS": HOST,
    "TRACKER_SECRET_KEY": "a-secret-for-a-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "TRACKER_OWNER_PASSWORD": "ownersword",
    "TRACKER_APP_PASSWORD": "appsword",
    "TRACKER_READER_PASSWORD": "readersword",
    "POSTGRES_PASSWORD": "administratorsword",
    "TRACKER_FOUR_EYES": "auto",
    "TRACKER_PROXIES": "1",
    "TRACKER_DESK": "on",
    "TRACKER_LOG_FORMAT": "line",
    "TRACKER_METRICS_TOKEN": "",
    "TRACKER_CONTACT": "mailto:team@tracker.example",
    "TRACKER_TITLE": "",
    "TRACKER_TEAM": "",
    "TRACKER_FOCUS": "china,russia",
    "TRACKER_EMPTY": "off",
}


def environment(service: str, database_port: int) -> dict[str, str]:
    """Return what a service is started with, as the compose file says,
    and nothing of the tests' own database.
    """
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(SUBJECT_TO_TESTS)
    }
    variables = {
        name: re.sub(r"\$\{(\w+)[^}]*\}", lambda match: ENVIRONMENT[match[1]], value).replace(
            "@db/", f"@127.0.0.1:{database_port}/"
        )
        for name, value in SERVICES[service]["environment"].items()
    }
    return {
        **kept,
        **variables,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }


def free_port() -> int:
    with bound(0) as probe:
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def database_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server like the one in the compose file:
    a database, and an administrator with a password.
    """
    port = free_port()
    options = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", f"port={port}"]
    cluster = Cluster(tmp_path_factory.mktemp("db"), options)
    cluster.create()
    place = cluster.start()
    with psycopg.connect(
        host=str(place.sockets), port=port, user="postgres", autocommit=True
    ) as administrator:
        administrator.execute("CREATE DATABASE tracker")
        administrator.execute(f"ALTER ROLE postgres PASSWORD '{ENVIRONMENT['POSTGRES_PASSWORD']}'")
    yield port
    cluster.stop()


@pytest.fixture(scope="module")
def prepared(database_port: int) -> str:
    """What the step that makes the database ready says."""
    answer = subprocess.run(
        SERVICES["migrate"]["command"],
        cwd=ROOT,
        env=environment("migrate", database_port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout
    return answer.stdout


@pytest.fixture(scope="module")
def app(
    database_port: int, prepared: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port of the app, run by the image's command."""
    port = free_port()
    variables = {
        **environment("app", database_port),
        "TRACKER_STATIC_ROOT": str(tmp_path_factory.mktemp("static")),
    }
    subprocess.run(
        ["python", "manage.py", "collectstatic", "--no-input", "-v0"],
        cwd=ROOT,
        env=variables,
        check=True,
    )
    command_json = re.findall(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[
        -1
    ]
    command = [
        word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in json.loads(command_json)
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=variables, start_new_session=True)
    try:
        assert eventually(lambda: is_live(port), 30)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def is_live(port: int) -> bool:
    try:
        return get(port, "/healthz/live", host="127.0.0.1").status == 200
    except ConnectionRefusedError:
        return False


class Answer(NamedTuple):
    status: int
    headers: Message
    body: str


def get(port: int, path: str, *, host: str = HOST, proto: str | None = None) -> Answer:
    """Ask the app; `proto` is what a proxy says of the client's connection."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(
            "GET", path, headers={"Host": host, **({"X-Forwarded-Proto": proto} if proto else {})}
        )
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode())


def test_the_database_is_made_ready_and_stays_so(database_port: int, prepared: str) -> None:
    """With the datasets and an administrator; again, nothing happens and no password is told."""
    assert "published as edition 3" in prepared
    assert "Made the administrator" in prepared

    again = subprocess.run(
        SERVICES["migrate"]["command"],
        cwd=ROOT,
        env=environment("migrate", database_port),
        capture_output=True,
        text=True,
    )

    assert (again.returncode, again.stderr) == (0, "")
    assert "No migrations to apply" in again.stdout
    assert "administrator" not in again.stdout


@pytest.mark.parametrize(
    ("variable", "login", "role"),
    [
        ("DATABASE_OWNER_URL", "owner_login", "tracker_owner"),
        ("DATABASE_URL", "app_login", "tracker_app"),
        ("DATABASE_READER_URL", "reader_login", "tracker_reader"),
    ],
)
def test_each_login_takes_its_role_and_no_other(database_port, prepared, variable, login, role):
    """It needs its password, and has no right before it takes the role."""
    url = environment("migrate", database_port)[variable]

    with psycopg.connect(url, autocommit=True) as connection:
        assert connection.execute("SELECT session_user::text").fetchone() == (login,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT FROM public.tracker_edition")
        for other in {"tracker_owner", "tracker_app", "tracker_reader", "postgres"} - {role}:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SET ROLE {other}")
        connection.execute(f"SET ROLE {role}")
        assert connection.execute("SELECT max(number) FROM tracker_edition").fetchone() == (
            len(SETS),
        )
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace("word@", "words@"))


def test_the_app_answers_the_health_checks_of_image_and_compose_file(app: int) -> None:
    assert get(app, "/healthz/live", host="127.0.0.1:8000").status == 200
    assert get(app, "/healthz/ready", host="127.0.0.1:8000").status == 200


@pytest.mark.parametrize(
    "path", ["/", "/admin/login/", "/api/v1/", "/api/v1/docs/", "/api/v1/stances/?page_size=1"]
)
def test_the_app_answers_over_https_and_says_that_it_stays_there(app: int, path: str) -> None:
    answer, plain = get(app, path, proto="https"), get(app, path)

    assert answer.status == 200
    assert (
        answer.headers["Strict-Transport-Security"]
        == "max-age=31536000; includeSubDomains; preload"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}{path}")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_apps_files_are_named_by_their_content_and_kept_for_good(app: int) -> None:
    """Also the cookie of the login page goes over HTTPS only."""
    page = get(app, "/admin/login/", proto="https")
    styles = re.findall(r'href="(/static/[^"]+\.css)"', page.body)

    assert styles
    assert "Secure" in page.headers["Set-Cookie"]
    for address in styles:
        file = get(app, address, proto="https")
        assert (file.status, file.headers["Cache-Control"]) == (
            200,
            "max-age=315360000, public, immutable",
        )


def test_the_app_is_not_ready_while_its_database_is_away(tmp_path: Path) -> None:
    port, nowhere = free_port(), free_port()
    variables = environment("app", nowhere)
    command = ["gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--no-control-socket"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=variables, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        assert eventually(lambda: is_live(port), 30)
        answer = get(port, "/healthz/ready", host="127.0.0.1")
        assert (answer.status, json.loads(answer.body)["missing"]) == (503, ["the database"])
    finally:
        process.terminate()
        process.wait(timeout=30)
