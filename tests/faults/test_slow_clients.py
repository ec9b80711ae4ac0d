"""Two hundred slow clients of each kind beside somebody who reads:
they are in nobody's way, and go in time.
"""

import json
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from config.connections import SECONDS
from config.worker import FULL
from tests.factories import ActorFactory
from tests.faults.proof import TIMES
from tests.faults.slow_clients import KINDS, Kind, asking, slow_clients
from tests.public.api.publishing import publish
from tests.public.api.servers import THREADS, Server, serving
from tests.publishing.releases.acts import released
from tests.waiting import eventually
from tracker.models import Actor

pytestmark = pytest.mark.slow

# 9 MB, a page 5: more than buffers on the way hold
ACTORS, SUMMARY = 900, "Longer than most. " * 550
PAGE, LIST = (
    "/api/v1/actors/?page_size=500&ordering=id",
    "/api/v1/actors/?format=ndjson&ordering=id",
)
FILE = "/api/v1/releases/2026.1/files/actors.csv"
LAST_SAID = {
    "half a head": "408",
    "a head that trickles": "408",
    "half a head after a request": "408",
    "a body that stops": "408",
    "a body that nobody reads": "408",
    "a connection kept alive": "200",
    "a last answer": "200",
    "no HTTP": "400",
    "a connection": "",
}
# how often, and the seconds that a busy machine may take; without an end nobody was answered
ASKED, FLOOR = 100, 1.0


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server with a page, a list and a file that are long."""
    Actor.objects.bulk_create(ActorFactory.build_batch(ACTORS, summary=SUMMARY))
    publish(*Actor.objects.all())
    released("2026.1")
    with serving(database_url, tmp_path / "log") as server:
        assert [server.ask("GET", address)[0] for address in (PAGE, LIST, FILE)] == [200] * 3
        yield server


@pytest.mark.django_db(transaction=True)
def test_slow_clients_are_in_nobodys_way(
    server: Server, slowest: Callable[[Server, int, str], float]
) -> None:
    """Whatever two hundred of a kind do,
    an innocent reader waits no more than three times as long as alone.
    """
    alone = slowest(server, ASKED, "alone")
    beside = {}
    for name, kind in KINDS.items():
        with slow_clients(server.port, kind):
            beside[name] = slowest(server, ASKED, f"beside {name}")
    for address in (PAGE, LIST, FILE):
        with slow_clients(server.port, Kind(asking(address))):
            # in turn after two hundred, which take seconds to make
            server.ask("GET", "/healthz/live")
            beside[address] = slowest(server, ASKED, f"beside who asks for {address}")

    assert not {
        name: seconds for name, seconds in beside.items() if seconds > max(3 * alone, FLOOR)
    }
    assert b"Traceback" not in server.log.read_bytes()


def until_closed(client: socket.socket) -> tuple[float, bytes]:
    """Return after how many seconds a server hung up, and all that came before."""
    begun, answer = time.monotonic(), b""
    client.settimeout(6 * SECONDS)
    with suppress(ConnectionResetError):
        while piece := client.recv(65_536):
            answer += piece
    return time.monotonic() - begun, answer


@pytest.mark.django_db(transaction=True)
def test_what_is_late_is_ended(server: Server) -> None:
    """A head as a whole; a body, and an answer, once no piece went on for ten seconds.
    What was begun is told so.
    """
    with ExitStack() as stack:
        clients = {
            name: stack.enter_context(slow_clients(server.port, KINDS[name], 1))[0]
            for name in LAST_SAID
        }
        readers = [
            stack.enter_context(slow_clients(server.port, Kind(asking(it)), 1))[0]
            for it in (PAGE, LIST, FILE)
        ]
        with ThreadPoolExecutor(len(clients)) as waiting:
            ended = dict(zip(clients, waiting.map(until_closed, clients.values()), strict=True))
        time.sleep(SECONDS / 2)
        pieces = [len(until_closed(reader)[1]) for reader in readers]

    assert {
        name: answer.rpartition(b"HTTP/1.1 ")[2][:3].decode() for name, (_, answer) in ended.items()
    } == LAST_SAID
    assert max(seconds for seconds, _ in ended.values()) < 3 * SECONDS
    assert pieces[0] < 500 * len(SUMMARY)
    assert max(pieces) < ACTORS * len(SUMMARY)
    assert b"Traceback" not in server.log.read_bytes()


@pytest.mark.django_db(transaction=True)
def test_no_more_than_half_of_the_threads_wait_for_clients(server: Server) -> None:
    """Further uploads and lists are refused with when to try again, until one is ended;
    all else is answered.
    """
    for name in ("a long body that stops", "chunks without end", "a body that is waited for")[
        :TIMES
    ]:
        time.sleep(1)  # the place of a list is given back after its end was read
        with slow_clients(server.port, KINDS[name], THREADS // 2) as clients:
            assert eventually(lambda: server.ask("GET", LIST)[0] == 503)  # each has its thread
            refused = [server.raw(KINDS[name].first), server.raw(asking(LIST))]
            status, answer, body = server.ask("GET", LIST)
            assert server.ask("GET", "/api/v1/actors/?page_size=1")[0] == 200
            assert max(until_closed(client)[0] for client in clients) < 3 * SECONDS, name

        assert [each[:12] for each in refused] == [b"HTTP/1.1 503"] * 2, name
        assert (status, answer.headers["Retry-After"], json.loads(body)["detail"]) == (
            503,
            "5",
            FULL,
        )
        assert eventually(lambda: server.ask("GET", LIST)[0] == 200)


@pytest.mark.django_db(transaction=True)
def test_who_has_waited_longest_goes_when_there_is_no_room(
    database_url: str, tmp_path: Path
) -> None:
    """Two hundred bodies that trickle, and room for fifty: whoever comes is answered."""
    with (
        serving(
            database_url, tmp_path / "log", GUNICORN_CMD_ARGS="--worker-connections=50"
        ) as server,
        slow_clients(server.port, KINDS["a body that trickles"]) as clients,
    ):
        assert [server.ask("GET", "/healthz/live")[0] for _ in range(20)] == [200] * 20
        gone = [client for client in clients if is_closed(client)]

    assert len(gone) >= len(clients) - 50
    assert gone == clients[: len(gone)]


def is_closed(client: socket.socket) -> bool:
    client.settimeout(0.1)
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True
