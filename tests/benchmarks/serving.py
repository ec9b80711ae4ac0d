"""Serve the contestants:
by gunicorn as `manage.py up` sets it, each on a port of its own on this machine only.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from config.postgres.serve import THREADS, WORKERS
from tests.benchmarks.contestants import Contestant

HOST = "127.0.0.1"
SECONDS_TO_START = 30


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
    """Return status, headers (by lower-case name) and body of the answer to GET."""
    return answered(port, "GET", address, headers or {})


def answered(
    port: int, method: str, address: str, headers: dict[str, str], body: str | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers (by lower-case name) and body of an answer."""
    connection = HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request(method, address, body and body.encode(), headers)
        response = connection.getresponse()
        return (
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )
    except HTTPException as error:
        raise RuntimeError(f"{address}: {error!r}") from error
    finally:
        connection.close()
