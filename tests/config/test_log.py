"""The log: each record begins a line, and nothing that somebody sent looks like another one."""

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.log import JsonFormatter, LineFormatter
from tests.config.test_settings import ENVIRONMENT
from tests.desk.admin.conftest import logged_in
from tests.public.api.servers import ROOT, serving

FORGED = "2026-11-30 12:00:00,000 WARNING tracker.access: failed: login as 'anna' from 192.0.2.1"
HOSTILE = ("%0A", "%0D%0A", "%1B%5B2J", "%C2%85", "%E2%80%A8", "%E2%80%AE", "%08")

GET_EACH = """
import django
django.setup()
from django.test import Client
for path in {paths!r}:
    headers = {{"host": "localhost", "cookie": "sessionid=" + "a" * 32}}
    print(Client(raise_request_exception=False, headers=headers).get(path).headers["X-Request-Id"])
"""


def formatted(message: str, error: Exception | None = None) -> str:
    record = logging.makeLogRecord(
        {"msg": "%s", "args": (message,), "levelname": "ERROR", "name": "x"}
    )
    record.exc_info = (type(error), error, None) if error else None
    return LineFormatter("{levelname} {name}: {message}", style="{").format(record)


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\r\n", "\x1b[2J", "\x85", "\u2028", "\u202e", "\x00", "\ud800"]
)
def test_what_is_not_seen_is_written_by_its_code(sign: str) -> None:
    escaped = sign.encode("unicode_escape").decode()

    assert formatted(f"a{sign}b “中”") == f"ERROR x: a{escaped}b “中”"


def test_lines_of_a_traceback_are_indented_and_what_is_in_them_is_seen() -> None:
    lines = formatted("it failed", ValueError(f"no\x1b[2J\n{FORGED}")).split("\n")

    assert lines[0] == "ERROR x: it failed"
    assert lines[1:] == [r"    ValueError: no\x1b[2J", f"    {FORGED}"]


def test_the_id_of_the_request_ends_the_first_line() -> None:
    record = logging.makeLogRecord(
        {"msg": "100%% of %s", "args": ("a",), "levelname": "ERROR", "name": "x"}
    )
    record.request_id, record.exc_info = "f00", (ValueError, ValueError("no"), None)
    line = LineFormatter("{levelname} {name}: {message}", style="{").format(record)

    assert line == "ERROR x: 100% of a [f00]\n    ValueError: no"


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\r\n", "\x1b[2J", "\x7f", "\x85", "\u2028", "\u202e", "\x00", "\ud800"]
)
def test_a_record_is_an_object_in_a_line(sign: str) -> None:
    record = logging.makeLogRecord(
        {
            "msg": "%s",
            "args": (f"a{sign}“",),
            "levelname": "ERROR",
            "name": "x",
            "created": 0.5,
            "process": 7,
        }
    )
    line = JsonFormatter().format(record)

    assert line.isascii()
    assert line.isprintable()
    fields = {
        "time": "1970-01-01T00:00:00.500+00:00",
        "level": "ERROR",
        "logger": "x",
        "process": 7,
    }
    assert json.loads(line) == {**fields, "message": f"a{sign}“"}


def test_a_traceback_is_a_field() -> None:
    record = logging.makeLogRecord(
        {"msg": "it failed", "exc_info": (ValueError, ValueError("no\nway"), None)}
    )
    vars(record).update(request_id="f00", method="GET", path="/x\n", status_code=500)
    fields = json.loads(JsonFormatter().format(record))

    assert fields["traceback"] == "ValueError: no\nway"
    assert {
        "request_id": "f00",
        "method": "GET",
        "path": "/x\n",
        "status": 500,
    }.items() <= fields.items()


def test_a_failure_is_one_line_of_json() -> None:
    """As the settings have it, with the request's id as the answer tells it;
    its path without the query.
    """
    environment = {
        **ENVIRONMENT,
        "TRACKER_LOG_FORMAT": "json",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    }
    program = GET_EACH.format(paths=["/admin/?q=plan", "/api/v1/?q=%0Ax"])
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    records = [json.loads(line) for line in done.stderr.splitlines()]

    assert [record["request_id"] for record in records] == done.stdout.split()
    assert [(record["path"], record["status"], record["method"]) for record in records] == [
        ("/admin/", 503, "GET"),
        ("/api/v1/", 503, "GET"),
    ]
    assert [record["message"].split(": ")[1] for record in records] == [
        "GET /admin/",
        "GET /api/v1/?q=%0Ax",
    ]


def test_a_log_is_written_as_lines_or_as_json() -> None:
    environment = {**ENVIRONMENT, "TRACKER_LOG_FORMAT": "xml"}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr == "TRACKER_LOG_FORMAT is “xml”: set it to line or json, or leave it out.\n"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("log_format", ["line", "json"])
def test_nothing_that_is_sent_forges_a_line(
    database_url: str, tmp_path: Path, log_format: str
) -> None:
    """Over the real server: in an address, and by what is no request at all;
    gunicorn's own lines too.

    Each line of a request names it; where the access is logged, as its answer does.
    """
    session = f"sessionid={logged_in('editors').cookies['sessionid'].value}"
    settings = {"GUNICORN_CMD_ARGS": "--access-logfile=-", "TRACKER_LOG_FORMAT": log_format}
    with serving(database_url, tmp_path / "log", **settings) as server:
        for sign in HOSTILE:
            address = f"/admin/tracker/actor/?_to_field=x{sign}{FORGED.replace(' ', '%20')}"
            assert server.ask("GET", address, Cookie=session)[0] == 400
            assert server.ask("POST", f"/admin/{sign}{FORGED.replace(' ', '%20')}", b"x=y")[0] in (
                403,
                404,
            )
        answered = server.ask("GET", "/api/v1/nowhere/")[1].headers["X-Request-Id"]
        server.raw(b"GET /\x1b[2J\x85 HTTP/1.1\r\nHost: localhost\x1b[2J\r\nX: \x1b[2J\r\n\r\n")
        server.raw(b"G\x1b[2JT / HTTP/1.1\r\n\r\n")
        refused = re.search(
            rb"X-Request-Id: (\w+)", server.raw(b"GET / HTTP/1.1\r\nHost: a\r\nX\x1b[2J: 1\r\n\r\n")
        )
    log = server.log.read_bytes().decode()
    assert refused
    assert [line for line in log.splitlines() if answered in line and "/api/v1/nowhere/" in line]
    assert [
        line
        for line in log.splitlines()
        if refused[1].decode() in line and "Invalid request" in line
    ]

    for name in ("django.security.DisallowedModelAdminToField", "django.security.csrf", "Invalid"):
        assert name in log, log
    assert log.count("_to_field") >= len(HOSTILE)
    if log_format == "json":
        records = [json.loads(line) for line in log.splitlines()]
        assert {"gunicorn.error", "gunicorn.access", "django.security.csrf"} <= {
            each["logger"] for each in records
        }
        assert [each["path"] for each in records if each.get("request_id") == answered] == [
            "/api/v1/nowhere/"
        ]
        return
    begins = re.compile(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ |\[\d{4}-|127\.0\.0\.1 - - |    "
    )
    assert [line for line in log.splitlines() if not begins.match(line)] == []
    assert [line for line in log.splitlines() if line.startswith(FORGED)] == []
    assert [sign for sign in set(log) - {"\n"} if not sign.isprintable()] == []
