"""A backup that is made and put back while the tracker serves and somebody writes: who asks is told to come again."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings

from config.postgres import embedded, roles
from tests.faults.installation import LOGIN, PASSWORD, Installation, run
from tests.public.api.servers import Server, serving

pytestmark = pytest.mark.slow

ADDRESSES = ("/", "/api/v1/actors/", "/api/v1/actors/?q=china", "/admin/login/", "/api/v1/desk/actors/")
COOKIE = {"Cookie": f"sessionid={'a' * 32}", "Authorization": "Bearer x"}
LOGINS = {role: f"{role}_login" for role in (settings.OWNER, settings.APPLICATION, settings.READER)}
NOTE = {"Content_Type": "application/json"}


def ask_until(done: Event, server: Server) -> set[int]:
    """Return each status that was answered until then; what can't be done says when to come again."""
    seen = set()
    while not done.is_set():
        for address in ADDRESSES:
            status, answer, _ = server.ask("GET", address, **COOKIE)
            seen.add(status)
            assert status < 429 or answer.headers["Retry-After"]
    return seen


def write_until(done: Event, server: Server, token: str) -> set[str]:
    """Write sources to the desk, one after the other, until then; return the titles of those that were acknowledged."""
    acknowledged, number = set(), 0
    while not done.is_set():
        number += 1
        body = json.dumps({"title": f"Report {number}", "type": "report"}).encode()
        status, _, _ = server.ask("POST", "/api/v1/desk/sources/", body, Authorization=f"Bearer {token}", **NOTE)
        acknowledged |= {f"Report {number}"} if status == 201 else set()
    return acknowledged


def test_a_backup_is_made_and_put_back_while_the_tracker_serves(installation: Installation, tmp_path: Path) -> None:
    """What was acknowledged before the backup began is in it; nothing is answered by 500 while it is put back."""
    with installation.copied(tmp_path) as database:
        url = database.url(LOGIN, embedded.DATABASE)
        with serving(url, tmp_path / "log") as server, ThreadPoolExecutor() as pool:
            early, done = Event(), Event()
            writing = pool.submit(write_until, early, server, installation.token)
            while not database.execute(
                "SELECT 1 FROM tracker_source WHERE title = 'Report 3'", database=embedded.DATABASE
            ):
                assert not writing.done()
            early.set()
            acknowledged = writing.result()
            writing = pool.submit(write_until, done, server, installation.token)
            made = run(url, "backup", str(tmp_path / "backups"))
            assert made.returncode == 0, made.stderr
            [file] = (tmp_path / "backups").iterdir()
            asking = pool.submit(ask_until, done, server)
            restored = run(url, "restore", "--replace", str(file))
            done.set()

            assert restored.returncode == 0, restored.stderr
            assert "Publication, desk and history agree." in restored.stdout
            assert asking.result() - {200, 401, 429, 503} == set()
            assert len(acknowledged) >= 3
            assert writing.result()
            [titles] = database.execute("SELECT array_agg(title) FROM tracker_source", database=embedded.DATABASE)
            assert acknowledged <= set(titles)
            assert server.ask("GET", "/api/v1/actors/")[0] == 200


def test_a_backup_is_put_back_on_a_server_of_ones_own(installation: Installation, tmp_path: Path) -> None:
    """By logins that may no more than take their roles, where an administrator has made these and the extensions."""
    with installation.copied(tmp_path) as database:
        made = run(database.url(LOGIN, embedded.DATABASE), "backup", str(tmp_path / "backups"))
        assert made.returncode == 0, made.stderr
        [file] = (tmp_path / "backups").iterdir()
        database.execute(*(f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}'" for login in LOGINS.values()))
        database.execute("CREATE DATABASE another")
        database.execute(
            *(f"CREATE EXTENSION {name}" for name in ("btree_gist", "pg_trgm", "unaccent")), database="another"
        )
        with embedded.connect(database.cluster.running(), "another") as administrator:
            roles.prepare(administrator, embedded.the_roles(), "another", LOGINS)
        owner, application, reader = (database.url(login, "another") for login in LOGINS.values())

        logins = {"DATABASE_OWNER_URL": owner, "DATABASE_READER_URL": reader}
        for options in ((), ("--replace",)):
            restored = run(application, "restore", *options, str(file), **logins)
            assert restored.returncode == 0, restored.stderr
            assert "up to edition 2, and proved" in restored.stdout
