"""A reader's replica that cancels what keeps it from replaying:
503 or the whole answer, never a bug's 500.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import IncompleteRead
from pathlib import Path

import pytest

from config.postgres import embedded
from config.postgres.cluster import Cluster
from tests.config.postgres.processes import OwnServer
from tests.faults.installation import LOGIN, many_sources, program, run
from tests.faults.proof import Writer, writing
from tests.public.api.servers import Server, serving
from tests.waiting import eventually

pytestmark = pytest.mark.slow

IN_HASTE = ("-c", "hot_standby_feedback=off", "-c", "max_standby_streaming_delay=0")
# each is replayed on the standby, and ends who reads there; some milliseconds apart
LOCKS = """
    DO $$ BEGIN
        FOR turn IN 1 .. 400 LOOP
            LOCK TABLE tracker_sourcedocument IN ACCESS EXCLUSIVE MODE;
            COMMIT;
            PERFORM pg_sleep(0.01);
        END LOOP;
    END $$
"""
CONFLICTS = "SELECT sum(confl_lock)::int FROM pg_stat_database_conflicts"
LATEST = "SELECT max(number) FROM tracker_edition"
LIST, PAGE = "/api/v1/sources/?edition=3&format=ndjson", "/api/v1/sources/?edition=3&page_size=200"


@contextmanager
def standby_of(primary: OwnServer, home: Path) -> Iterator[OwnServer]:
    """Start a standby of a server that cancels at once what keeps it from replaying,
    and stop it in the end.
    """
    home.mkdir()
    place = primary.cluster.running()
    source = f"host={place.sockets} port={place.port} user={LOGIN}"
    program(home, "pg_basebackup", "-D", str(home / "postgres"), "-R", "-c", "fast", "-d", source)
    standby = OwnServer(Cluster(home, ["-c", "fsync=off", *IN_HASTE]))
    standby.cluster.start()
    try:
        yield standby
    finally:
        standby.cluster.stop()


def outcome(server: Server, address: str) -> tuple[int, bytes]:
    """Return status and body;
    of a list that ends early what a program is told of it, and nothing.
    """
    try:
        status, answer, body = server.ask("GET", address)
    except IncompleteRead:
        return 0, b""
    # no room for another list, or cancelled
    assert status != 503 or answer.headers["Retry-After"] in ("5", "10")
    return status, body if status == 200 else b""


def test_who_reads_from_a_standby_that_replays(installation, tmp_path, prove):
    """Pages and whole lists, while hundreds of statements are cancelled and somebody writes,
    who is read there, too.
    """
    (tmp_path / "primary").mkdir()
    with installation.copied(tmp_path / "primary") as primary:
        url = primary.url(LOGIN, embedded.DATABASE)
        assert (
            run(
                url, "import", str(many_sources(tmp_path / "sources.csv", 5000)), "--publish"
            ).returncode
            == 0
        )
        with standby_of(primary, tmp_path / "standby") as standby:
            reader = standby.url(LOGIN, embedded.DATABASE)
            with (
                serving(url, tmp_path / "log", DATABASE_READER_URL=reader) as server,
                ThreadPoolExecutor(5) as pool,
            ):
                whole = {address: server.ask("GET", address)[2] for address in (LIST, PAGE)}
                writer = Writer(server, installation.token)
                with writing(writer):
                    locking = pool.submit(primary.execute, LOCKS, database=embedded.DATABASE)
                    asked = [
                        (address, pool.submit(outcome, server, address))
                        for address in (LIST, PAGE) * 60
                    ]
                    answered = [(address, *asking.result()) for address, asking in asked]
                    locking.result()
                assert standby.execute(CONFLICTS)[0] > 5
                latest = primary.execute(LATEST, database=embedded.DATABASE)
                assert eventually(
                    lambda: standby.execute(LATEST, database=embedded.DATABASE) == latest
                )
                prove(writer, primary)
    assert {status for _, status, _ in answered} <= {0, 200, 503}
    assert all(body == whole[address] for address, status, body in answered if status == 200)
    assert Counter(status for _, status, _ in answered)[200] > 0
