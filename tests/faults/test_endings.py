"""PostgreSQL ends at any moment:
who asks is told so by 503, a command ends in a line, and nothing is half done.
"""

import os
import signal
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from config.postgres import embedded
from tests.config.postgres.processes import OwnServer
from tests.faults.installation import LOGIN, Installation, many_sources, publication_of_drafts, run
from tests.faults.proof import Writer
from tests.public.api.http.test_unavailable import check
from tests.public.api.servers import Server, serving
from tests.waiting import eventually

pytestmark = pytest.mark.slow

Answer = TypeVar("Answer")
PUBLISH = "/api/v1/desk/publish/"
UNTIL_IT_COPIES = """
    DO $$ BEGIN
        WHILE NOT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'active'
            AND query LIKE 'COPY "staged%') LOOP
            PERFORM pg_sleep(0.001), pg_stat_clear_snapshot();
        END LOOP;
    END $$
"""
UNREACHABLE = "The database can't be reached, or has no room for more at once"


def end_amid_copy(database: OwnServer, publish: Callable[[], Answer]) -> Answer:
    """Kill the server and its children as soon as an edition's rows arrive;
    return what came of publishing.
    """
    with ThreadPoolExecutor() as pool:
        publishing = pool.submit(publish)
        database.execute("SET statement_timeout = '60s'", UNTIL_IT_COPIES)
        os.kill(database.cluster.running().pid, signal.SIGQUIT)
        return publishing.result()


def failures(server: Server) -> list[str]:
    log = server.log.read_text()
    assert "Traceback" not in log
    return [line for line in log.splitlines() if " ERROR " in line]


def test_an_edition_whose_rows_are_coming_in(installation, tmp_path, prove):
    with installation.copied(tmp_path) as database:
        url = database.url(LOGIN, embedded.DATABASE)
        assert run(url, "import", str(many_sources(tmp_path / "sources.csv", 1000))).returncode == 0
        body = publication_of_drafts(database)
        with serving(url, tmp_path / "log") as server:
            headers = {
                "Authorization": f"Bearer {installation.token}",
                "Content_Type": "application/json",
            }
            check(
                end_amid_copy(database, lambda: server.ask("POST", PUBLISH, body, **headers)),
                PUBLISH,
                UNREACHABLE,
            )
            database.cluster.start()
            assert eventually(lambda: server.ask("POST", PUBLISH, body, **headers)[0] == 200)
            writer = Writer(server, installation.token)
            writer.write()
            prove(writer, database)
        [line] = failures(server)
        assert f"ERROR django.request: Service Unavailable: POST {PUBLISH}: " in line


def test_an_import_that_publishes(installation: Installation, tmp_path: Path) -> None:
    with installation.copied(tmp_path) as database:
        arguments = ("import", str(many_sources(tmp_path / "sources.csv", 3000)), "--publish")
        url = database.url(LOGIN, embedded.DATABASE)
        is_told_in_a_line(end_amid_copy(database, lambda: run(url, *arguments)))
        database.cluster.start()
        assert database.execute(
            "SELECT count(*) FROM tracker_edition", database=embedded.DATABASE
        ) == (2,)


@pytest.mark.parametrize(
    "command",
    [
        ("import", "tracker/dataset"),
        ("release", "2026.1"),
        ("verify",),
        ("bootstrap",),
        ("migrate",),
        ("up", "--port", "1"),
        ("createsuperuser", "--noinput", "--username", "erik", "--email", ""),
    ],
    ids=lambda command: command[0],
)
def test_a_command_without_its_database(tmp_path: Path, command: tuple[str, ...]) -> None:
    is_told_in_a_line(run(f"postgres:///tracker?host={tmp_path}", *command))


def is_told_in_a_line(done: subprocess.CompletedProcess[str]) -> None:
    last = done.stderr.splitlines()[-1]
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert UNREACHABLE in last or "doesn't let us in" in last
