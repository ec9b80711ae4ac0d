"""Each process is killed at random moments, while somebody writes."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.postgres import embedded
from config.postgres.postmaster import is_gone
from tests.config.postgres.processes import OwnServer
from tests.faults.installation import LOGIN, ROOT, Installation, environment, run
from tests.faults.proof import TIMES, Writer, live_titles, writing
from tests.public.api.servers import serving
from tests.waiting import eventually

pytestmark = pytest.mark.slow

MOST_SECONDS = 1.0  # until a process is killed
ROWS = 50


@dataclass
class Place:
    """A tracker that is written to; what starts in place of what was killed ends with it."""

    database: OwnServer
    writer: Writer
    home: Path
    stack: ExitStack

    @property
    def url(self) -> str:
        return self.database.url(LOGIN, embedded.DATABASE)

    def serve(self) -> None:
        log = self.home / f"log-{time.monotonic_ns()}"
        self.writer.server = self.stack.enter_context(serving(self.url, log))


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def kill_postgres(place: Place) -> None:
    pid = place.database.cluster.running().pid
    kill(pid)
    assert eventually(lambda: is_gone(pid))
    place.database.cluster.start()


def kill_process_of_postgres(place: Place) -> None:
    """Whichever: PostgreSQL ends all others then, and recovers; for a moment it has none."""
    pid = place.database.cluster.running().pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    assert eventually(lambda: children.read_text() != "")
    kill(int(random.choice(children.read_text().split())))


def kill_worker(place: Place) -> None:
    kill(place.writer.server.worker())


def kill_web_server(place: Place) -> None:
    kill(place.writer.server.pid)
    place.serve()


PROCESSES = {
    "PostgreSQL": kill_postgres,
    "a process of PostgreSQL": kill_process_of_postgres,
    "a worker": kill_worker,
    "the web server": kill_web_server,
}


@pytest.fixture
def place(installation: Installation, tmp_path: Path) -> Iterator[Place]:
    (tmp_path / "data").mkdir()
    with (
        installation.copied(tmp_path / "data") as database,
        ExitStack() as stack,
        serving(database.url(LOGIN, embedded.DATABASE), tmp_path / "log") as server,
    ):
        yield Place(database, Writer(server, installation.token), tmp_path, stack)


@pytest.mark.parametrize("kill_one", PROCESSES.values(), ids=PROCESSES)
def test_who_serves_is_killed(place, prove, kill_one):
    with writing(place.writer):
        for _ in range(TIMES):
            assert place.writer.goes_on()
            time.sleep(random.uniform(0, MOST_SECONDS))
            kill_one(place)
        assert place.writer.goes_on()
    prove(place.writer, place.database)


def test_a_follower_is_killed(place: Place, prove: Callable[[Writer, OwnServer], None]) -> None:
    """It goes on from there, with the copy that the proof asks."""
    origin, into = f"http://127.0.0.1:{place.writer.server.port}", str(place.home / "copy")
    with writing(place.writer):
        for _ in range(TIMES):
            with started(place, "follow", origin, "--into", into, "--every", "0.1") as follower:
                assert place.writer.goes_on(3)
                time.sleep(random.uniform(0, 2 * MOST_SECONDS))
                assert follower.poll() is None
    prove(place.writer, place.database)


def test_an_import_is_killed(place: Place, prove: Callable[[Writer, OwnServer], None]) -> None:
    """What it was to publish is there whole, or not at all."""
    files = [batch(place.home / f"batch{number}") for number in range(TIMES + 1)]
    with writing(place.writer):
        for file in files[1:]:
            with started(place, "import", str(file), "--publish"):
                time.sleep(random.uniform(1, 4))
        assert run(place.url, "import", str(files[0]), "--publish").returncode == 0
    sizes = Counter(title.partition(" of ")[2] for title in live_titles(place.writer.server))
    assert {sizes[file.parent.name] for file in files} <= {0, ROWS}
    assert sizes[files[0].parent.name] == ROWS
    prove(place.writer, place.database)


def batch(folder: Path) -> Path:
    """Write a file of sources that are called by their folder, and return it."""
    folder.mkdir()
    file = folder / "sources.csv"
    file.write_text(
        "title,type\n" + "".join(f"Row {row} of {folder.name},report\n" for row in range(ROWS))
    )
    return file


@contextmanager
def started(place: Place, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py command…` until the context ends, and kill it then."""
    whole = [sys.executable, "manage.py", *command]
    process = subprocess.Popen(
        whole, cwd=ROOT, env=environment(place.url), stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
