"""A database that is down, full or too slow: 503 with Retry-After, as a problem or a page;
with the real thing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connections, transaction
from django.test import Client

from tests.factories import ActorFactory, UserFactory
from tests.public.api.publishing import publish
from tests.public.api.servers import Server, serving
from tracker.management.openapi.examples import UNAVAILABLE
from tracker.models.queries import may_take_long

NOWHERE = "postgres://nobody@127.0.0.1:1/none"
ADDRESSES = [
    "/api/v1/actors/",
    "/api/v1/actors/?q=gulf",
    "/api/v1/changes/",
    "/api/v1/",
    "/api/v1/actors/x/",
    "/api/v1/desk/actors/",
    "/admin/",
]


def check(asked: tuple[int, HTTPResponse, bytes], address: str, says: str) -> None:
    """Compare an answer with what is said when there is none."""
    status, answer, body = asked
    assert (status, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        "10",
        "no-store",
    ), body
    if address.startswith("/api/"):
        assert answer.headers["Content-Type"] == "application/problem+json"
        problem = msgspec.json.decode(body)
        assert (problem["status"], problem["title"]) == (503, "Service Unavailable")
        assert says in problem["detail"]
    else:
        assert says in body.decode().replace("&#x27;", "'")


@contextmanager
def locked(table: str) -> Iterator[None]:
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


@pytest.mark.slow
def test_a_database_that_is_down_is_said_so_everywhere(database_url: str, tmp_path: Path) -> None:
    """Where a session or a token would be looked up, too."""
    with serving(NOWHERE, tmp_path / "log") as server:
        for address in ADDRESSES:
            headers = (
                {"Authorization": "Bearer x"}
                if "desk" in address
                else {"Cookie": f"sessionid={'a' * 32}"}
            )
            check(server.ask("GET", address, **headers), address, UNAVAILABLE["value"]["detail"])


@pytest.mark.slow
def test_connections_that_are_exhausted_are_said_so(database_url: str, tmp_path: Path) -> None:
    """As by the limit of a login, which PostgreSQL tells as it tells its own."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("CREATE ROLE few LOGIN CONNECTION LIMIT 0")
    try:
        with serving(database_url.replace("postgres@", "few@"), tmp_path / "log") as server:
            for address in ADDRESSES[:2]:
                check(server.ask("GET", address), address, "has no room for more")
            assert "too many connections" in server.log.read_text()
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP ROLE few")
        connections["owner"].close()


@pytest.fixture
def impatient(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """Serve with statements of a second at most."""
    publish(ActorFactory())
    with serving(
        database_url, tmp_path / "log", TRACKER_READ_SECONDS="1", TRACKER_DESK_SECONDS="1"
    ) as server:
        yield server


@pytest.mark.slow
def test_what_takes_too_long_is_stopped_and_said_so(impatient: Server) -> None:
    with locked("tracker_actordocument"):
        check(
            impatient.ask("GET", "/api/v1/actors/"),
            "/api/",
            "It took too long to answer, and was stopped.",
        )
    assert impatient.ask("GET", "/api/v1/actors/")[0] == 200

    with locked("auth_user, tracker_failedattempts"):
        form = b"username=a&password=b&csrfmiddlewaretoken=" + b"a" * 64
        headers = {
            "Content_Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={'a' * 64}",
        }
        answer = impatient.ask("POST", "/admin/login/", form, **headers)
        check(answer, "/admin/login/", "It took too long to answer, and was stopped.")
        assert b"What you typed is still in the form" in answer[2]


@pytest.mark.slow
def test_a_file_that_cannot_even_begin_is_said_so(impatient: Server, client: Client) -> None:
    UserFactory(groups=["editors"], is_staff=True).save()
    client.force_login(User.objects.get())
    session = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    with locked("tracker_frame"):
        answer = impatient.ask("GET", "/admin/tracker/actor/export/", **session)
    check(answer, "/admin/", "It took too long to answer, and was stopped.")


def test_only_the_web_is_in_a_hurry() -> None:
    for alias in ("default", "publication", "owner"):
        assert "statement_timeout" not in str(settings.DATABASES[alias])
    assert settings.STATEMENT_SECONDS == {"publication": 5, "default": 30}


@pytest.mark.django_db
def test_long_work_takes_its_time_within_its_transaction() -> None:
    UserFactory()
    with connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '1s'")
        may_take_long()
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("1h",)
