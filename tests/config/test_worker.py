"""The worker of the web server:
what it answers and refuses, and one that only begins can be stopped.
"""

import inspect
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import ThreadWorker

from config.worker import FULL, Worker
from tests.waiting import eventually

ROOT = Path(__file__).parents[2]
SECONDS_TO_BEGIN = 2
LARGE = 20_000_000  # bytes, more than the kernel takes at once


class SlowToBegin(Worker):
    """A worker that takes its time before it hears of signals."""

    def init_signals(self) -> None:
        time.sleep(SECONDS_TO_BEGIN)
        super().init_signals()


@pytest.mark.parametrize(
    "name", ["load_wsgi", "accept", "enqueue_req", "finish_request", "murder_pending"]
)
def test_gunicorn_has_what_the_worker_takes_the_place_of(name: str) -> None:
    """It is pinned; with another version these are looked at first."""
    assert list(inspect.signature(getattr(Worker, name)).parameters)[1:] == [
        {"conn": "conn", "fs": "done"}.get(each, each)
        for each in list(inspect.signature(getattr(ThreadWorker, name)).parameters)[1:]
    ]
    assert {"unread", "take_buffered"} <= vars(Unreader).keys()
    assert "self.murder_pending()" in inspect.getsource(ThreadWorker.run)


class Streamed:
    """An answer in pieces that ends with its client only."""

    streaming = True

    def __iter__(self) -> Iterator[bytes]:
        return repeat(b"x" * 1000)

    def close(self) -> None:
        """Django's answers have it."""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """Answer with as many bytes as are asked for, with the body that was sent, or without end."""
    if environ["PATH_INFO"] == "/streamed":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Streamed()
    body = environ["wsgi.input"].read() or b"x" * int(environ["QUERY_STRING"] or 3)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


@contextmanager
def gunicorn(worker: str, served: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start gunicorn with one worker of two threads; give it and its port once the worker boots."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        descriptor = listener.fileno()
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            f"--worker-class={worker}",
            "--threads=2",
            "--no-control-socket",
        ]
        process = subprocess.Popen(
            [*command, f"--bind=fd://{descriptor}", "--preload", served],
            cwd=ROOT,
            pass_fds=[descriptor],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr
        try:
            while "Booting worker" not in process.stderr.readline():
                assert process.poll() is None
            yield process, listener.getsockname()[1]
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server with one slot."""
    with gunicorn("config.worker.Worker", f"{__name__}:application") as (process, port):
        yield port
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=15)


def connected(port: int, sent: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=30)
    client.sendall(sent)
    return client


def answered(client: socket.socket) -> tuple[int, bytes]:
    response = HTTPResponse(client)
    response.begin()
    return response.status, response.read()


def ask(port: int, sent: bytes) -> tuple[int, bytes]:
    with connected(port, sent) as client:
        return answered(client)


def everything(client: socket.socket) -> bytes:
    with client.makefile("rb") as file:
        return file.read()


def asking(address: str, *headers: str) -> bytes:
    return "\r\n".join([f"GET {address} HTTP/1.1", "Host: a", *headers, "", ""]).encode()


def posting(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["POST / HTTP/1.1", "Host: a", *headers, "", ""]).encode() + body


def test_one_connection_is_asked_again_and_again(port: int) -> None:
    """A request may come in two pieces, and with the next one."""
    with connected(port, asking("/")[:20]) as client:
        time.sleep(0.1)
        client.sendall(asking("/")[20:])
        assert answered(client) == (200, b"xxx")
        client.sendall(asking("/?5"))
        assert answered(client) == (200, b"xxxxx")
    with connected(port, asking("/?1", "Connection: close")) as client:
        assert answered(client) == (200, b"x")
        assert client.recv(1) == b""
    with connected(port, asking("/") + asking("/?2", "Connection: close")) as client:
        assert everything(client).count(b"HTTP/1.1 200 OK") == 2


def test_bodies_are_awaited_and_long_ones_need_the_slot(port: int) -> None:
    short, long = b"y" * 1000, b"z" * 1_000_000
    with connected(port, posting(short[:10], "Content-Length: 1000")) as client:
        time.sleep(0.1)
        client.sendall(short[10:])
        assert answered(client) == (200, short)
    for sent, body in {
        posting(long, f"Content-Length: {len(long)}"): long,
        posting(b"3\r\nabc\r\n0\r\n\r\n", "Transfer-Encoding: chunked"): b"abc",
    }.items():
        # The slot of the one before is given back a moment after its answer.
        assert eventually(lambda sent=sent, body=body: ask(port, sent) == (200, body))


def test_who_takes_an_answer_slowly_keeps_no_thread(port: int) -> None:
    """As many of them as there are threads, and others are answered meanwhile;
    then they have all of it.
    """
    slow = [connected(port, asking(f"/?{LARGE}")) for _ in range(3)]
    assert ask(port, asking("/")) == (200, b"xxx")
    for client in slow:
        with client:
            status, body = answered(client)
            assert (status, len(body)) == (200, LARGE)


def test_answers_in_pieces_and_uploads_beyond_the_slots_are_refused(port: int) -> None:
    first = connected(port, asking("/streamed"))
    # the slot of the test before is given back a moment after its answer
    while first.recv(15) != b"HTTP/1.1 200 OK":
        first.close()
        first = connected(port, asking("/streamed"))
    with first:
        for sent in (asking("/streamed"), posting(b"", "Content-Length: 1000000")):
            status, body = ask(port, sent)
            assert (status, json.loads(body)["detail"]) == (503, FULL)
        assert ask(port, asking("/?2")) == (200, b"xx")


def test_what_is_no_request_is_told_so(port: int) -> None:
    sent = {
        431: f"GET / HTTP/1.1\r\nX: {'x' * 70_000}",
        414: f"GET /{'x' * 5000}",
        400: "GET / HTTP/1.1\r\n\n",
    }
    for status, text in sent.items():
        with connected(port, text.encode()) as client:
            assert answered(client)[0] == status
            assert everything(client) == b""


@pytest.mark.slow
def test_a_worker_that_is_asked_to_stop_while_it_begins_stops_once_it_can() -> None:
    with gunicorn(f"{__name__}.SlowToBegin", "wsgiref.simple_server:demo_app") as (process, _):
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=SECONDS_TO_BEGIN + 15)[1]

    assert (process.returncode, "SIGKILL" in output) == (0, False)
