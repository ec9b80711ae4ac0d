"""Servers of their own for tests: gunicorn as production runs it, on the test's database."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from config.postgres.serve import LONGEST_ADDRESS, THREADS

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Server:
    """One worker of four threads; `log` is what it wrote."""

    port: int
    pid: int
    log: Path

    def ask(
        self, method: str, address: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, HTTPResponse, bytes]:
        """Return status, answer and body; `Content_Type="…"` is the header Content-Type."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, address, body, named)
            answer = connection.getresponse()
            return answer.status, answer, answer.read()

    def hang_up(self, address: str, body: bytes, **headers: str) -> None:
        """Post a body, if anybody is there, and wait for no answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with (
            suppress(OSError),
            closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection,
        ):
            connection.request("POST", address, body, named)

    def raw(self, sent: bytes) -> bytes:
        """Send bytes, and return all that comes until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(sent)
            with suppress(OSError):  # hung up already
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65_536), b""))

    def worker(self) -> int:
        [child] = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return int(child)


@contextmanager
def serving(
    database_url: str, log: Path, prefix: Sequence[str] = (), **environment: str
) -> Iterator[Server]:
    """Serve for as long as the context lasts; `prefix` goes before the command."""
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, log.open("wb") as written:
        worker = "--worker-class=config.worker.Worker"
        as_in_production = [
            worker,
            f"--threads={THREADS}",
            f"--limit-request-line={LONGEST_ADDRESS}",
            "--preload",
            "--no-control-socket",
        ]
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", *as_in_production]
        process = subprocess.Popen(
            [*prefix, *command, f"--bind=fd://{listener.fileno()}"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url, **environment},
            pass_fds=[listener.fileno()],
            stdout=written,
            stderr=written,
        )
        port = listener.getsockname()[1]
    server = Server(port, process.pid, log)
    try:
        assert server.ask("GET", "/healthz/live")[0] == 200
        yield server
    finally:
        process.terminate()
        process.wait(60)
