"""The log: each record begins a line, and nothing that somebody sent looks like another one."""

import logging
import re
from pathlib import Path

import pytest

from config.log import LineFormatter
from tests.admin.conftest import logged_in
from tests.api.servers import serving

FORGED = "2026-11-30 12:00:00,000 WARNING tracker.access: failed: login as 'anna' from 192.0.2.1"
HOSTILE = ("%0A", "%0D%0A", "%1B%5B2J", "%C2%85", "%E2%80%A8", "%E2%80%AE", "%08")


def formatted(message: str, error: Exception | None = None) -> str:
    record = logging.makeLogRecord({"msg": "%s", "args": (message,), "levelname": "ERROR", "name": "x"})
    record.exc_info = (type(error), error, None) if error else None
    return LineFormatter("{levelname} {name}: {message}", style="{").format(record)


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x1b[2J", "\x85", "\u2028", "\u202e", "\x00", "\ud800"])
def test_what_is_not_seen_is_written_by_its_code(sign: str) -> None:
    escaped = sign.encode("unicode_escape").decode()

    assert formatted(f"a{sign}b “中”") == f"ERROR x: a{escaped}b “中”"


def test_lines_of_a_traceback_are_indented_and_what_is_in_them_is_seen() -> None:
    lines = formatted("it failed", ValueError(f"no\x1b[2J\n{FORGED}")).split("\n")

    assert lines[0] == "ERROR x: it failed"
    assert lines[1:] == [r"    ValueError: no\x1b[2J", f"    {FORGED}"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nothing_that_is_sent_forges_a_line(database_url: str, tmp_path: Path) -> None:
    """Over the real server: in an address, and by what is no request at all; gunicorn's own lines too."""
    session = f"sessionid={logged_in('editors').cookies['sessionid'].value}"
    with serving(database_url, tmp_path / "log", GUNICORN_CMD_ARGS="--access-logfile=-") as server:
        for sign in HOSTILE:
            address = f"/admin/tracker/actor/?_to_field=x{sign}{FORGED.replace(' ', '%20')}"
            assert server.ask("GET", address, Cookie=session)[0] == 400
            assert server.ask("POST", f"/admin/{sign}{FORGED.replace(' ', '%20')}", b"x=y")[0] in (403, 404)
        server.raw(b"GET /\x1b[2J\x85 HTTP/1.1\r\nHost: localhost\x1b[2J\r\nX: \x1b[2J\r\n\r\n")
        server.raw(b"G\x1b[2JT / HTTP/1.1\r\n\r\n")
        server.raw(b"GET / HTTP/1.1\r\nHost: a\r\nX\x1b[2J: 1\r\n\r\n")
    log = server.log.read_bytes().decode()

    for name in ("django.security.DisallowedModelAdminToField", "django.security.csrf", "Invalid"):
        assert name in log, log
    assert log.count("_to_field") >= len(HOSTILE)
    begins = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ |\[\d{4}-|127\.0\.0\.1 - - |    ")
    assert [line for line in log.splitlines() if not begins.match(line)] == []
    assert [line for line in log.splitlines() if line.startswith(FORGED)] == []
    assert [sign for sign in set(log) - {"\n"} if not sign.isprintable()] == []
