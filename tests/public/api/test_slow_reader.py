"""A reader on a slow line, of a whole list from a real server:
it is in nobody's way, and takes little memory.
"""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from tests.factories import ActorFactory
from tests.public.api.held import nobody_is_held_up
from tests.public.api.publishing import edit, publish
from tests.public.api.servers import THREADS, Server, serving
from tests.waiting import eventually
from tracker.models import Actor

pytestmark = pytest.mark.slow

ACTORS = 6000
SUMMARY = "Longer than most. " * 100  # so that no buffer on the way holds the list: 12 MB
LIST = "/api/v1/actors/?format=ndjson&ordering=id"
MEGABYTE = 1_000_000


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server with a list that is long."""
    Actor.objects.bulk_create(ActorFactory.build_batch(ACTORS, summary=SUMMARY))
    publish(*Actor.objects.all())
    with serving(database_url, tmp_path / "log") as server:
        assert server.ask("GET", LIST.replace("ndjson", "json"))[0] == 200
        yield server


def reader(server: Server, address: str = LIST) -> socket.socket:
    """Ask, and return the connection, which takes in little by itself."""
    connection = socket.socket()
    connection.settimeout(60)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(
        f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    )
    return connection


def memory(server: Server) -> int:
    status = Path(f"/proc/{server.worker()}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024


def connections(server: Server) -> int:
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    here, established = f"0100007F:{server.port:04X}", "01"
    return sum((fields := line.split())[1] == here and fields[3] == established for line in lines)


@pytest.mark.django_db(transaction=True)
def test_a_slow_reader_is_in_nobodys_way_and_gets_the_whole_list_of_one_edition(
    server: Server,
) -> None:
    """At a kilobyte a second, while editions are published:
    no transaction, no lock, no snapshot, little memory.
    """
    before, most = memory(server), 0
    with closing(reader(server)) as connection:
        got = connection.recv(1024)
        assert eventually(nobody_is_held_up, 20)
        for second in range(5):
            time.sleep(1)
            got += connection.recv(1024)
            assert nobody_is_held_up()
            most = max(most, memory(server))
            publish(edit(Actor.objects.order_by("-pk")[second], name="Changed"))
        while piece := connection.recv(MEGABYTE):
            got += piece
            most = max(most, memory(server))

    head, _, body = got.partition(b"\r\n\r\n")
    assert b"Edition: 1\r\n" in head
    records = [json.loads(line) for line in unchunked(body).splitlines()]
    assert [record["id"] for record in records] == list(
        Actor.objects.order_by("pk").values_list("pk", flat=True)
    )
    assert not [record for record in records if record["name"] == "Changed"]
    assert len(body) > 11 * MEGABYTE
    assert most - before < 32 * MEGABYTE


@pytest.mark.django_db(transaction=True)
def test_readers_who_go_away_leave_nothing_behind(server: Server) -> None:
    """As many as may take long answers at once: it answers all others again, as before."""
    gone = [reader(server) for _ in range(THREADS // 2)]
    assert [b" 200 OK" in connection.recv(1024) for connection in gone] == [True] * (THREADS // 2)
    assert connections(server) == THREADS // 2
    for connection in gone:
        connection.close()

    assert eventually(lambda: connections(server) == 0, 20)
    assert eventually(nobody_is_held_up, 20)
    statuses: list[int] = []
    askers = [
        Thread(target=lambda: statuses.append(server.ask("GET", "/api/v1/")[0]))
        for _ in range(2 * THREADS)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(30)
    assert statuses == [200] * (2 * THREADS)
    assert b"Traceback" not in server.log.read_bytes()


def unchunked(body: bytes) -> bytes:
    """Return a body that came in chunks; one that broke off has no chunk of no bytes at its end."""
    pieces, place = [], 0
    while True:
        size, _, _ = body[place : place + 20].partition(b"\r\n")
        begins = place + len(size) + 2
        place = begins + int(size, 16) + 2
        if int(size, 16) == 0:
            return b"".join(pieces)
        pieces.append(body[begins : place - 2])
