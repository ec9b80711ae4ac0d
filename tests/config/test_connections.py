"""What a request lacks before a thread is taken for it, and for whom a thread waits."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Semaphore, Thread

import pytest

from config import connections
from config.connections import LARGEST_BODY, LARGEST_HEAD, Client, Need, need

Pair = tuple[Client, socket.socket]

LONGEST_LINE = 100
GET, POST = "GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\n"
NEEDS = {
    Need.NOTHING: [
        f"{GET}\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        f"\r\n{GET}\r\n",
        f"{GET}\r\n{GET}",  # the next one comes with it
        f"{POST}Content-Length: 3\r\n\r\nabc",
        f"{POST}content-length:3\r\nExpect: 100-continue\r\n\r\nabc",
        f"{POST}Content-Length: 0\r\n\r\n",
        f"{POST}Content-Length: -1\r\n\r\n",
        "\r\n\r\n",
        "GET / HTTP/1.1\n",
        f"{GET}a\nb",
        f"GET /{'x' * 200}",
    ],
    Need.HEAD: [
        "G",
        GET,
        GET[:-1],
        f"\r\n{GET}",
        f"{GET}Content-Length: 3\r\n",
        f"{GET}X: {'x' * 200}",
    ],
    Need.BODY: [
        f"{POST}Content-Length: 3\r\n\r\nab",
        f"{POST}CONTENT-LENGTH: {LARGEST_BODY - 4}\r\n\r\n",
        f"{GET}X: 1\r\nContent-Length: 3\r\nY: 2\r\n\r\n",
    ],
    Need.SLOT: [
        f"{POST}Content-Length: {LARGEST_BODY + 1}\r\n\r\n",
        f"{POST}Content-Length: 3\r\nExpect: 100-Continue\r\n\r\nab",
        f"{POST}transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        f"{GET}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
    ],
    Need.SMALLER_HEAD: [
        f"{GET}X: {'x' * LARGEST_HEAD}",
        f"{GET}X: {'x' * LARGEST_HEAD}\r\n\r\n",
        f"{POST}X: {'x' * LARGEST_HEAD}\r\nContent-Length: 1\r\n\r\n\n",
    ],
}


@pytest.mark.parametrize(
    ("needed", "sent"), [(needed, sent) for needed, all_sent in NEEDS.items() for sent in all_sent]
)
def test_what_a_request_lacks(needed: Need, sent: str) -> None:
    """As much is waited for as a thread would wait for, and no more."""
    assert need(bytearray(sent.encode()), LONGEST_LINE) is needed


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """A connection with a slot, that is waited for half a second at first,
    and the client at its other end.
    """
    monkeypatch.setattr(connections, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        other.connect(listener.getsockname())
        accepted, _ = listener.accept()
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 400_000)
        with Client(accepted, Semaphore(1)) as client:
            assert client.take_slot()
            yield client, other


def go_on(act: Callable[[], object], every: float) -> Thread:
    """Act again and again until a connection is closed, or for 20 s."""

    def loop() -> None:
        with suppress(OSError):
            for _ in range(int(20 / every)):
                act()
                time.sleep(every)

    thread = Thread(target=loop, daemon=True)
    thread.start()
    return thread


def test_a_body_that_trickles_is_ended(pair: Pair) -> None:
    client, other = pair
    go_on(lambda: other.send(b"x"), every=0.1)
    begun = time.monotonic()
    received = b"".join(iter(lambda: client.recv(100), b""))
    assert 0.4 < time.monotonic() - begun < 5
    assert len(received) < 30


def test_a_reader_who_trickles_is_ended(pair: Pair) -> None:
    client, other = pair
    go_on(lambda: other.recv(1), every=0.1)
    begun = time.monotonic()
    with pytest.raises(BrokenPipeError):
        client.sendall(bytes(5_000_000))
    assert time.monotonic() - begun < 5


def test_a_body_and_a_reader_that_go_on_are_waited_for(pair: Pair) -> None:
    """Longer than a moment, by whom it is, and not by what the tracker does meanwhile."""
    client, other = pair
    go_on(lambda: other.send(bytes(1000)), every=0.1)
    begun = time.monotonic()
    time.sleep(0.6)
    while time.monotonic() < begun + 1.5:
        assert client.recv(100_000)


def test_a_reader_is_waited_for_until_the_kernel_tells_of_room(pair: Pair) -> None:
    """Which is only after a third of what it holds:
    at this pace after longer than a reader may stop.
    """
    client, other = pair
    go_on(lambda: other.recv(20_000), every=0.1)
    begun = time.monotonic()
    client.sendall(bytes(1_000_000))
    assert time.monotonic() - begun > 2 * connections.SECONDS
