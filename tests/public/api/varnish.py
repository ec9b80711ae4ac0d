"""A real HTTP cache, Varnish, before the server of a test, as docs/cache.vcl sets it up."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

from tests.waiting import eventually

RECIPE = Path(__file__).parents[3] / "docs" / "cache.vcl"
PROGRAM = shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin")
SECONDS_TO_START = 30
SECONDS_TO_LOG = 10


class Cache:
    """A running cache, at `address`."""

    def __init__(self, address: str, directory: Path) -> None:
        self.address, self.directory, self.asked = address, directory, 0

    def get(self, path: str, **headers: str) -> requests.Response:
        """Return the answer to GET of a path below /api/v1/."""
        self.asked += 1
        return requests.get(
            f"{self.address}/api/v1/{path}", headers=headers, allow_redirects=False, timeout=30
        )

    def heard(self) -> list[int]:
        """Return the status of each answer that it was given by the server,
        in the order in which it asked.
        """
        is_whole = eventually(lambda: self._log().has(self.asked), SECONDS_TO_LOG)
        log = self._log()
        if not is_whole:
            raise RuntimeError(f"Varnish did not log all of {self.asked} requests: {log}")
        return [status for _, status in sorted(log.responses.values())]

    def _log(self) -> "Log":
        command = [
            "varnishlog",
            "-d",
            "-n",
            self.directory,
            "-g",
            "raw",
            "-i",
            "Link,Timestamp,BerespStatus,End",
        ]
        log = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        begun = dict(re.findall(r"(\d+) Timestamp\s+b Start: (\S+)", log))
        responses: dict[str, tuple[float, int]] = {}
        for request, status in re.findall(r"(\d+) BerespStatus\s+b (\d+)", log):
            # A 304 is logged again, as the 200 that it makes.
            responses.setdefault(request, (float(begun[request]), int(status)))
        return Log(
            len(re.findall(r" End\s+c", log)), set(re.findall(r"c bereq (\d+)", log)), responses
        )


@dataclass(frozen=True)
class Log:
    """What a cache logged, each of its threads when it was done,
    which can be after the client has its answer.
    """

    requests: int
    asked: set[str]  # keys of what it asked the server for them
    responses: dict[str, tuple[float, int]]  # by key: when it asked, and the status

    def has(self, requests: int) -> bool:
        """Return whether it is all about so many requests of clients."""
        return self.requests >= requests and self.asked <= self.responses.keys()


@contextmanager
def running(before: str, directory: Path) -> Iterator[Cache]:
    """Run a cache before the server at an address, with its files in `directory`,
    for as long as the context lasts.
    """
    recipe, port = directory / "cache.vcl", _free_port()
    recipe.write_text(
        RECIPE.read_text().replace('.port = "8000"', f'.port = "{urlsplit(before).port}"')
    )
    listening = [f"-a127.0.0.1:{port}", f"-n{directory}", f"-f{recipe}", "-smalloc,64m"]
    with (directory / "log").open("wb") as log:
        # In the foreground and as who runs the tests: nothing is left behind.
        process = subprocess.Popen([PROGRAM, "-F", "-jnone", *listening], stdout=log, stderr=log)
    try:
        _wait(port, process, directory / "log")
        yield Cache(f"http://127.0.0.1:{port}", directory)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"Varnish did not start: {log.read_text()}")
