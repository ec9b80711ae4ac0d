"""What goes wrong around the tracker while somebody writes:
the clock, connections, a machine, clients.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from config.postgres import embedded
from config.postgres.postmaster import is_gone
from tests.config.postgres.processes import OwnServer
from tests.faults.installation import LOGIN, Installation
from tests.faults.proof import TIMES, Writer, writing
from tests.faults.slow_clients import KINDS, slow_clients
from tests.faults.test_standby import standby_of
from tests.public.api.servers import Server, serving
from tests.waiting import eventually

pytestmark = pytest.mark.slow

FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
OFFSETS = ("+1h", "-1h", "-20d", "+20d", "+0")
FEW = 20
SLOW = ("half a head", "a body that trickles", "a long body that stops", "a connection")
END_ALL = (
    f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = "
    f"'{embedded.DATABASE}'"
)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def start(
    installation: Installation, tmp_path: Path, stack: ExitStack
) -> Callable[..., tuple[OwnServer, Server]]:
    def started(*options: str) -> tuple[OwnServer, Server]:
        (tmp_path / "data").mkdir()
        database = stack.enter_context(installation.copied(tmp_path / "data", *options))
        return database, stack.enter_context(serve(database, tmp_path / "log"))

    return started


def serve(database: OwnServer, log: Path) -> object:
    return serving(database.url(LOGIN, embedded.DATABASE), log)


def test_the_clock_goes_both_ways(installation, start, tmp_path, monkeypatch, prove):
    """That of the database's server, by hours and by days; who writes says that it is right.

    Keys are kept for a day of that clock:
    who asks again before and after it has moved by twenty isn't known again.
    """
    assert FAKETIME, "There is no faketime here: `apt install faketime`."
    offset = tmp_path / "offset"
    offset.write_text("+0")
    faked = {"LD_PRELOAD": FAKETIME[0], "FAKETIME_TIMESTAMP_FILE": offset, "FAKETIME_NO_CACHE": 1}
    with monkeypatch.context() as patch:
        for name, value in {**faked, "FAKETIME_DONT_FAKE_MONOTONIC": 1}.items():
            patch.setenv(name, str(value))
        database, server = start()
    writer = Writer(server, installation.token, {"Clock_Checked": "yes"}, hangs_up=False)
    with writing(writer):
        for _ in range(TIMES):
            for each in OFFSETS:
                # Whoever reads it half written ends, and the server with it.
                offset.with_name("next").write_text(each)
                offset.with_name("next").replace(offset)
                assert writer.goes_on()
    moved = "SELECT max(published_at) - now() FROM tracker_edition"
    [ahead] = database.execute(moved, database=embedded.DATABASE)
    assert ahead.days in (19, 20)
    prove(writer, database)


def test_all_connections_are_taken(installation, start, prove):
    """By others, who let nobody in for a while;
    the server stands still until they have them all.
    """
    database, server = start("-c", f"max_connections={FEW}")
    writer = Writer(server, installation.token)
    with writing(writer):
        for _ in range(TIMES):
            assert writer.goes_on()
            with ExitStack() as others:
                with stopped(server.worker()):
                    others.enter_context(connected(database)).execute(END_ALL)
                    while take_one(others, database):
                        pass
                assert writer.is_refused()
                time.sleep(1)
            assert writer.goes_on()
    assert set(writer.refusals) == {503}
    prove(writer, database)


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def connected(database: OwnServer) -> psycopg.Connection[tuple[object, ...]]:
    place = database.cluster.running()
    return psycopg.connect(
        host=str(place.sockets), port=place.port, user=LOGIN, dbname="postgres", autocommit=True
    )


def take_one(others: ExitStack, database: OwnServer) -> bool:
    """Take one more connection, and tell whether there was one."""
    try:
        others.enter_context(connected(database))
    except psycopg.OperationalError:
        return False
    return True


def test_a_standby_that_lags_is_promoted(installation, start, stack, tmp_path, prove):
    """It has what was acknowledged, as the primary waits for it;
    what it hasn't replayed yet, it replays then.
    """
    primary, server = start()
    standby = stack.enter_context(standby_of(primary, tmp_path / "standby"))
    primary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")
    writer = Writer(server, installation.token)
    with writing(writer):
        assert writer.goes_on(3)
        standby.execute("SELECT pg_wal_replay_pause()")
        assert writer.goes_on(5)
        pid = primary.cluster.running().pid
        os.kill(pid, signal.SIGKILL)
        assert writer.is_refused()
        assert eventually(lambda: is_gone(pid))
        assert standby.execute("SELECT pg_promote()") == (True,)
        writer.server = stack.enter_context(serve(standby, tmp_path / "log of the standby"))
        assert writer.goes_on(3)
    prove(writer, standby)


def test_slow_clients_are_there(installation, start, prove):
    database, server = start()
    writer = Writer(server, installation.token)
    with writing(writer):
        for kind in KINDS if len(KINDS) <= TIMES else SLOW:
            with slow_clients(server.port, KINDS[kind]):
                assert writer.goes_on(3)
    prove(writer, database)
