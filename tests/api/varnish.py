"""A real HTTP cache, Varnish, before the server of a test, as docs/cache.vcl sets it up."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import requests

RECIPE = Path(__file__).parents[2] / "docs" / "cache.vcl"
PROGRAM = shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin")
SECONDS_TO_START = 30


class Cache:
    """A running cache, at `address`."""

    def __init__(self, address: str, directory: Path) -> None:
        self.address, self.directory = address, directory

    def get(self, path: str, **headers: str) -> requests.Response:
        """Return the answer to GET of a path below /api/v1/."""
        return requests.get(f"{self.address}/api/v1/{path}", headers=headers, allow_redirects=False, timeout=30)

    def heard(self) -> list[int]:
        """Return the status of each answer that it was given by the server, in order."""
        logged = ["varnishlog", "-d", "-n", self.directory, "-g", "raw", "-i", "BerespStatus"]
        said = subprocess.run(logged, capture_output=True, text=True, check=True).stdout
        heard: dict[str, int] = {}
        for request, status in re.findall(r"(\d+) BerespStatus\s+b (\d+)", said):
            heard.setdefault(request, int(status))  # a 304 is logged again, as the 200 that it makes
        return list(heard.values())


@contextmanager
def running(before: str, directory: Path) -> Iterator[Cache]:
    """Run a cache before the server at an address, with its files in `directory`, for as long as the context lasts."""
    recipe, port = directory / "cache.vcl", _free_port()
    recipe.write_text(RECIPE.read_text().replace('.port = "8000"', f'.port = "{urlsplit(before).port}"'))
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
