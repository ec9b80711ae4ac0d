"""Packets to the database that are dropped or reset:
503 in seconds, and all is well as soon as they pass.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from config.postgres import embedded
from tests.config.postgres.processes import OwnServer
from tests.faults.installation import LOGIN, PASSWORD, Installation
from tests.faults.network import DROP, PORT, RESET, Namespace, namespace
from tests.faults.proof import TIMES, Writer, writing
from tests.public.api.servers import Server, serving
from tests.waiting import eventually

pytestmark = pytest.mark.slow

COOKIE = {"Cookie": f"sessionid={'a' * 32}"}
ADDRESSES = (
    "/",
    "/api/v1/actors/",
    "/api/v1/changes/",
    "/admin/login/",
    "/admin/",
    "/api/v1/desk/actors/",
)
# in twice 8.7 s at most on an idle machine: a lost connection is noticed in 5, none made in 3
MOST_SECONDS = 30


@dataclass(frozen=True)
class Place:
    """A tracker in a namespace, served on this machine."""

    namespace: Namespace
    database: OwnServer
    server: Server
    token: str

    def ask(self, address: str) -> tuple[int, float]:
        began = time.monotonic()
        headers = {"Authorization": f"Bearer {self.token}"} if "desk" in address else COOKIE
        status, answer, _ = self.server.ask("GET", address, **headers)
        assert status != 503 or answer.headers["Retry-After"] == "10"
        return status, time.monotonic() - began

    def ask_all(self) -> list[tuple[int, float]]:
        """Ask for all addresses at once, so that each thread is in need of its connections."""
        with ThreadPoolExecutor() as pool:
            return list(pool.map(self.ask, ADDRESSES))

    def is_well(self) -> bool:
        return {status for status, _ in self.ask_all()} <= {200, 302}


@pytest.fixture(scope="module")
def place(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("network")
    with (
        namespace() as there,
        installation.copied(home, "-c", f"listen_addresses={there.address}") as database,
    ):
        url = f"postgres://{LOGIN}:{PASSWORD}@{there.address}:{PORT}/{embedded.DATABASE}"
        with serving(url, home / "log", there.prefix) as server:
            yield Place(there, database, server, installation.token)


@pytest.mark.parametrize("fault", [DROP, RESET], ids=["dropped", "reset"])
def test_who_asks_meanwhile_is_told_so_in_seconds_and_afterwards_all_is_well(
    place: Place, fault: str
) -> None:
    """Twice: with connections that were there before, and with none;
    and whether the process lives is told at once.
    """
    assert eventually(place.is_well)
    with place.namespace.faulty(fault):
        for _ in range(2):
            asked = place.ask_all()
            assert {status for status, _ in asked} == {503}
            assert max(seconds for _, seconds in asked) < MOST_SECONDS
            assert place.ask("/healthz/live")[0] == 200
    began = time.monotonic()
    assert place.is_well()
    assert time.monotonic() - began < MOST_SECONDS


def test_connections_that_died_in_silence_are_made_anew_and_hold_nothing(place: Place) -> None:
    """As where a firewall forgets those that nobody uses:
    it passes nothing of them, and all of new ones.
    """
    assert eventually(place.is_well)
    ports = place.namespace.ports()
    with place.namespace.faulty(f"tcp sport {ports} drop; tcp dport {ports} drop"):
        assert eventually(place.is_well)
        still = f"SELECT count(*) FROM pg_stat_activity WHERE client_port IN ({ports.strip('{}')})"
        assert eventually(lambda: place.database.execute(still) == (0,))


@pytest.mark.parametrize("fault", [DROP, RESET], ids=["dropped", "reset"])
def test_who_writes_meanwhile(
    place: Place, prove: Callable[[Writer, OwnServer], None], fault: str
) -> None:
    """It doesn't know what became of what it asked, and asks again."""
    assert eventually(place.is_well)
    writer = Writer(
        place.server,
        place.token,
        prefix=f"Written while packets are {'dropped' if fault == DROP else 'reset'}",
    )
    with writing(writer):
        for _ in range(TIMES):
            assert writer.goes_on()
            with place.namespace.faulty(fault):
                assert writer.is_refused()
            assert writer.goes_on()
    prove(writer, place.database)
