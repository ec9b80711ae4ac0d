"""What `manage.py doctor` says where no server is started for it; of broken databases:
tests/faults/test_doctor.py.
"""

import os
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from socket import create_server
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from config.postgres.management import checks
from config.postgres.management.commands.doctor import named
from tests.config.postgres.processes import Tracker
from tests.factories import ActorFactory
from tests.public.api.publishing import publish
from tracker.management.checks import check_backup, check_clock, check_focus
from tracker.models import CheckedBackup

IN_HASTE = [
    "Fault: A power cut can destroy the database: fsync is off.",
    "Fault: A power cut can destroy the database: full_page_writes is off.",
    "Fault: A crash can lose what somebody was told is saved: synchronous_commit is off.",
]


def lines_of(messages: Any) -> list[str]:
    return [
        f"{type(message).__name__}: {message.msg} {message.hint or ''}".rstrip()
        for message in messages
    ]


def doctor() -> list[str]:
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError as error:
        out.write(f"{error}\n")
    return out.getvalue().splitlines()


@pytest.fixture
def of_tests(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No look at what a busy machine, or a database made a second ago, may not have;
    and a backup that was checked.
    """
    monkeypatch.delitem(checks.DATABASE_CHECKS, "statistics")
    CheckedBackup.objects.create(made_at=timezone.now(), edition=1, seconds=1)


@pytest.mark.django_db
def test_a_database_whose_server_loses_data(settings: Any, of_tests: None) -> None:
    """As that of the tests does; nothing else is wrong with it."""
    settings.CONTACT = "mailto:team@tracker.example"
    lines = doctor()
    assert [line[: line.index("off.") + 4] for line in lines[:-1]] == IN_HASTE
    assert lines[-1] == "3 faults"


@pytest.mark.django_db
def test_nothing_is_wrong(settings: Any, of_tests: None, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CONTACT = "mailto:team@tracker.example"
    monkeypatch.delitem(checks.DATABASE_CHECKS, "durability")
    [line] = doctor()
    looked_at = ", ".join([*named("CHECKS"), *named("DATABASE_CHECKS")])
    assert line == f"Nothing is wrong. Looked at: {looked_at}."
    assert {"settings", "the database", "the clock"} <= {*looked_at.split(", ")}


@pytest.mark.django_db
def test_what_is_wrong_with_the_database_keeps_from_looking_further(settings: Any) -> None:
    settings.READER = "tracker_nobody"
    *_, fault, note, end = doctor()
    assert fault.startswith("Fault: The tracker's roles lack what they need in the database")
    assert note.endswith(": not looked at before that is mended.")
    assert "extensions" in note
    assert "the clock" in note
    assert end == "One fault"


@pytest.mark.usefixtures("as_owner")
def test_tables_that_were_never_counted() -> None:
    """A large one that is new; a small one is none to plan for."""
    assert lines_of(checks.check_room()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE large AS SELECT n, repeat('x', 500) FROM generate_series(1, 3000) n"
        )
        cursor.execute("CREATE TABLE small AS SELECT 1")
    [line] = lines_of(checks.check_statistics())
    assert "large" in line
    assert "small" not in line
    assert line.endswith("Run `ANALYZE` as the owner.")


@pytest.mark.django_db
def test_how_old_the_backup_is_that_was_checked() -> None:
    """None is told of, and one of more than a week."""
    assert lines_of(check_backup())[0].startswith(
        "Warning: No backup was checked yet. Run `manage.py backup DIR`"
    )
    CheckedBackup.objects.create(made_at="2026-11-02T12:00Z", edition=1, seconds=1)
    assert lines_of(check_backup())[0].startswith(
        "Warning: The youngest backup that was checked is of 2 November 2026."
    )
    CheckedBackup.objects.create(made_at=timezone.now(), edition=2, seconds=1)
    assert lines_of(check_backup()) == []


@pytest.mark.django_db
def test_too_few_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "13")
    [line] = lines_of(checks.check_connections())
    assert line.startswith(
        "Error: PostgreSQL lets in 97 connections, and the web server may need 104. Raise"
    )
    monkeypatch.setenv("WEB_CONCURRENCY", "12")
    assert lines_of(checks.check_connections()) == []


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ({"URL": "https://tracker.example", "IS_PUBLIC": True, "PROXIES": 1}, []),
        ({"URL": "https://Tracker.Example:8443", "IS_PUBLIC": True, "PROXIES": 1}, []),
        ({}, []),
        (
            {"URL": "https://other.example", "IS_PUBLIC": True, "PROXIES": 1},
            [
                "Error: Nobody is answered at https://other.example: TRACKER_HOSTS lacks the "
                "name other.example."
            ],
        ),
        (
            {"URL": "http://tracker.example", "IS_PUBLIC": True, "PROXIES": 1},
            [
                "Error: TRACKER_URL is http://tracker.example, and with TRACKER_HOSTS "
                "readers come by HTTPS only."
            ],
        ),
        (
            {"IS_PUBLIC": True, "PROXIES": 0},
            [
                "Error: Every request is sent on to HTTPS, for ever: TRACKER_HOSTS is set, "
                "and TRACKER_PROXIES is 0."
            ],
        ),
        (
            {"PROXIES": 1},
            [
                "Warning: TRACKER_PROXIES is 1, without TRACKER_HOSTS: whoever asks can make "
                "up an address."
            ],
        ),
    ],
)
def test_settings_that_contradict_each_other(
    settings: Any, values: dict[str, Any], lines: list[str]
) -> None:
    alone = {"URL": "", "IS_PUBLIC": False, "PROXIES": 0, "CONTACT": "mailto:team@tracker.example"}
    for name, value in {
        **alone,
        "ALLOWED_HOSTS": ["tracker.example", "localhost"],
        **values,
    }.items():
        setattr(settings, name, value)
    messages = checks.check_settings()
    assert [f"{type(message).__name__}: {message.msg}" for message in messages] == lines
    assert all(message.hint for message in messages)


def test_readers_and_the_desk_share_a_login(settings: Any) -> None:
    """Of a server of one's own; with the embedded one nobody logs in but who has its files."""
    settings.CONTACT = "mailto:team@tracker.example"
    assert lines_of(checks.check_settings()) == []


def test_files_of_the_site_that_were_not_collected(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    [line] = lines_of(checks.check_site())
    assert line.startswith("Error: The site's files aren't in")
    assert line.endswith("Run `manage.py collectstatic --no-input`.")
    (tmp_path / "staticfiles.json").touch()
    assert lines_of(checks.check_site()) == []


def test_the_clock_of_a_tracker_without_editions(db: None) -> None:
    assert check_clock() == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Return certificates of localhost, by the days for which they are valid,
    each with its key in one file.
    """
    return {
        days: make_certificate(tmp_path_factory.mktemp("certificate"), days) for days in (3, 100)
    }


def make_certificate(home: Path, days: int) -> Path:
    file = home / "both.pem"
    request = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        str(days),
        "-subj",
        "/CN=localhost",
    ]
    names = [
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        str(file),
        "-out",
        str(home / "certificate.pem"),
    ]
    subprocess.run([*request, *names], check=True, capture_output=True)
    file.write_text(file.read_text() + (home / "certificate.pem").read_text())
    return file


@contextmanager
def secure(file: Path | None) -> Iterator[int]:
    """Answer on a port of localhost with a certificate, or else with what is no TLS,
    to one who connects.
    """
    listener = create_server(("127.0.0.1", 0))

    def answer() -> None:
        accepted, _ = listener.accept()
        with accepted:
            if file is None:
                accepted.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(file)
            try:
                context.wrap_socket(accepted, server_side=True).close()
            except OSError:
                return

    thread = Thread(target=answer)
    thread.start()
    with listener:
        yield listener.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("days", "is_believed", "line"),
    [
        (100, True, "Info: The certificate of {} is valid for 99 days."),
        (
            3,
            True,
            "Warning: The certificate of {} ends in 2 days. Renew it, and see why nobody did.",
        ),
        (
            100,
            False,
            "Error: Browsers refuse {}: self-signed certificate. Give the proxy that ends "
            "TLS a valid",
        ),
        (
            0,
            False,
            "Error: Browsers refuse {}: WRONG_VERSION_NUMBER. Give the proxy that ends TLS a "
            "valid certificate.",
        ),
    ],
)
def test_the_certificate_of_the_address(
    settings, certificate, monkeypatch, days, is_believed, line
):
    if is_believed:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[days]))
    with secure(certificate.get(days)) as port:
        settings.URL = f"https://localhost:{port}"
        [message] = lines_of(checks.check_certificate())
    assert message.startswith(line.format(settings.URL))


def test_an_address_that_is_not_reached_from_here(settings: Any) -> None:
    """It may be reached from elsewhere; of plain HTTP there is nothing to look at."""
    with create_server(("127.0.0.1", 0)) as listener:
        settings.URL = f"https://localhost:{listener.getsockname()[1]}"
    [line] = lines_of(checks.check_certificate())
    assert line.startswith(
        f"Info: {settings.URL} can't be reached from here ([Errno 111] Connection refused), so its"
    )
    settings.URL = "http://localhost"
    assert [*checks.check_certificate()] == []


def test_an_installation_without_a_database(tracker: Tracker) -> None:
    status, output = tracker.run("manage.py", "doctor")
    assert status == 1
    assert (
        f"Fault: There is no database in {tracker.home}: run `manage.py up`, or set DATABASE_URL."
        in output
    )
    assert not tracker.cluster.exists


def test_files_of_another_postgresql(tracker: Tracker) -> None:
    tracker.cluster.directory.mkdir(parents=True)
    (tracker.cluster.directory / "PG_VERSION").write_text("17\n")
    status, output = tracker.run("manage.py", "doctor")
    assert status == 1
    assert (
        f"Fault: {tracker.cluster.directory} was made by PostgreSQL 17, and this is 18:" in output
    )


def test_a_server_that_is_not_there(tracker: Tracker) -> None:
    tracker.environment["DATABASE_URL"] = f"postgres:///tracker?host={os.fspath(tracker.home)}"
    status, output = tracker.run("manage.py", "doctor")
    assert status == 1
    assert (
        output.count(
            f"Fault: The database server {tracker.home}:5432 of DATABASE_URL doesn't let us in ("
        )
        == 1
    )


@pytest.mark.django_db
def test_an_actor_in_focus_that_was_never_public(settings: Any) -> None:
    settings.FOCUS = ("iran", "north-korea")
    ActorFactory(slug="north-korea")
    assert lines_of(check_focus()) == []  # nobody has published anything yet

    publish(ActorFactory(slug="iran"))

    assert lines_of(check_focus()) == [
        "Warning: TRACKER_FOCUS names “north-korea”, and no actor was ever published under "
        "this slug. Publish the actor, or correct TRACKER_FOCUS."
    ]
