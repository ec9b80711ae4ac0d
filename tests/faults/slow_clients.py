"""Clients that hold a server up:
each does a part of what HTTP asks of it, slowly, and then no more.
"""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread

CLIENTS = 200
EVERY = 1.0  # seconds


@dataclass(frozen=True)
class Kind:
    """What such a client sends at once, and then every second; it reads nothing."""

    first: bytes
    then: bytes = b""


def asking(address: str) -> bytes:
    return f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def posting(*headers: str) -> bytes:
    """Return the head of a request to write, to the page to log in,
    which reads what is sent by who has a cookie.
    """
    lines = ["POST /admin/login/ HTTP/1.1", "Host: localhost", f"Cookie: csrftoken={'a' * 32}"]
    return "\r\n".join(
        [*lines, "Content-Type: application/x-www-form-urlencoded", *headers, "", ""]
    ).encode()


HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
KINDS = {
    "half a head": Kind(HALF_A_HEAD),
    "a head that trickles": Kind(HALF_A_HEAD + b"X-Slow: ", b"x"),
    "half a head after a request": Kind(asking("/healthz/live") + HALF_A_HEAD),
    "a body that stops": Kind(posting("Content-Length: 1000") + b"a=1"),
    "a body that trickles": Kind(posting("Content-Length: 1000"), b"x"),
    "a long body that stops": Kind(posting("Content-Length: 1000000") + b"a=1"),
    "a long body that trickles": Kind(posting("Content-Length: 1000000"), b"x"),
    "a body that is waited for": Kind(posting("Content-Length: 10", "Expect: 100-continue")),
    "chunks without end": Kind(posting("Transfer-Encoding: chunked") + b"3\r\na=1\r\n"),
    "a body that nobody reads": Kind(
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
    ),
    "a connection kept alive": Kind(asking("/healthz/live")),
    "a last answer": Kind(
        asking("/healthz/live").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    ),
    "no HTTP": Kind(b"\x16\x03\x01\r\n\r\n"),
    "a connection": Kind(b""),
}


def connected(port: int, kind: Kind) -> socket.socket:
    """Connect as such a client, which takes little in."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(30)
    client.connect(("127.0.0.1", port))
    client.sendall(kind.first)
    return client


@contextmanager
def slow_clients(port: int, kind: Kind, count: int = CLIENTS) -> Iterator[list[socket.socket]]:
    """Let so many of them be there for as long as the context lasts."""
    is_over = Event()
    with ExitStack() as stack:
        clients = [stack.enter_context(connected(port, kind)) for _ in range(count)]

        def trickle() -> None:
            while not is_over.wait(EVERY):
                for client in clients if kind.then else []:
                    with suppress(OSError):
                        client.sendall(kind.then)

        thread = Thread(target=trickle)
        thread.start()
        stack.callback(thread.join)
        stack.callback(is_over.set)
        yield clients
