"""The contestants, each served by gunicorn as `manage.py up` sets it, on a port of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

from config.postgres.serve import THREADS, WORKERS

HOST = "127.0.0.1"
SECONDS_TO_START = 30


@dataclass(frozen=True, slots=True)
class Contestant:
    """An application to serve: `application` is what gunicorn imports."""

    name: str
    application: str


OURS = Contestant("ours", "config.wsgi:application")
LIMIT = Contestant("limit", "tools.bench.limit:application")
FLOOR = Contestant("floor", "tools.bench.floor:application")
ALL = (OURS, LIMIT, FLOOR)


@dataclass(frozen=True, slots=True)
class Server:
    """A contestant that is being served; `pid` is gunicorn's master process."""

    contestant: Contestant
    port: int
    pid: int


@contextmanager
def served(contestants: Sequence[Contestant], postgres_dsn: str) -> Iterator[list[Server]]:
    """Serve all of these for as long as the context lasts."""
    with ExitStack() as stack:
        yield [stack.enter_context(_served(contestant, postgres_dsn)) for contestant in contestants]


@contextmanager
def _served(contestant: Contestant, postgres_dsn: str) -> Iterator[Server]:
    port = _free_port()
    settings = [
        "--worker-class=config.worker.Worker",
        f"--workers={WORKERS}",
        f"--threads={THREADS}",
        "--preload",
    ]
    quiet = ["--log-level=warning", "--no-control-socket", f"--bind={HOST}:{port}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *settings, *quiet, contestant.application],
        env={**os.environ, "BENCH_DSN": postgres_dsn},
    )
    try:
        _wait(port, process)
        yield Server(contestant, port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        return port


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("a contestant did not start; see above")


def got(
    port: int, address: str, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers (by lower-case name) and body of an answer."""
    with closing(HTTPConnection(HOST, port, timeout=600)) as connection:
        connection.request("GET", address, headers=headers or {})
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        return response.status, fields, response.read()
