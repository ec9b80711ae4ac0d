"""A database that is restored while the tracker serves: whoever asks meanwhile is told to come again."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from config.postgres import embedded
from tests.api.servers import Server, serving
from tests.faults.installation import LOGIN, Installation, program

pytestmark = pytest.mark.slow

ADDRESSES = ("/", "/api/v1/actors/", "/api/v1/actors/?q=china", "/admin/login/", "/api/v1/desk/actors/")
COOKIE = {"Cookie": f"sessionid={'a' * 32}", "Authorization": "Bearer x"}


def ask_until(done: Event, server: Server) -> set[tuple[int, str | None]]:
    """Return each status, with Retry-After, that was answered until then."""
    seen = set()
    while not done.is_set():
        for address in ADDRESSES:
            status, answer, _ = server.ask("GET", address, **COOKIE)
            seen.add((status, answer.headers["Retry-After"]))
    return seen


def test_who_asks_while_a_dump_is_restored(installation: Installation, tmp_path: Path) -> None:
    """As docs/operations.md has it: dropped, made anew, empty for a while, and then there."""
    with installation.copied(tmp_path) as database:
        place, dump = database.cluster.running(), tmp_path / "postgres" / "tracker.dump"
        server_of = ("-h", str(place.sockets), "-p", str(place.port), "-U", LOGIN)
        program(tmp_path, "pg_dump", *server_of, "--format=custom", f"--file={dump}", embedded.DATABASE)
        with serving(database.url(LOGIN, embedded.DATABASE), tmp_path / "log") as server, ThreadPoolExecutor() as pool:
            restored = Event()
            asking = pool.submit(ask_until, restored, server)
            database.execute(f"DROP DATABASE {embedded.DATABASE} WITH (FORCE)")
            time.sleep(0.5)
            database.execute(f"CREATE DATABASE {embedded.DATABASE} OWNER tracker_owner")
            time.sleep(0.5)
            program(
                tmp_path, "pg_restore", *server_of, "--single-transaction", f"--dbname={embedded.DATABASE}", str(dump)
            )
            restored.set()
            assert asking.result() - {(200, None), (401, None), (503, "10")} == set()
            assert server.ask("GET", "/api/v1/actors/")[0] == 200
