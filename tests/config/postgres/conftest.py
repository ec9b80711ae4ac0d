"""A tracker's data directory for each test."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.postgres.cluster import Cluster
from tests.config.postgres.processes import OwnServer, Tracker


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    """A tracker without a cluster yet; whatever a test leaves running ends with it."""
    tracker = Tracker(tmp_path / "data")
    yield tracker
    for process in tracker.started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout):
            stream.close()
    if tracker.is_served():
        tracker.cluster.stop()


@pytest.fixture
def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def listener() -> Iterator[int]:
    """The port of a program that is not the tracker."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[OwnServer]:
    """A running PostgreSQL that nobody calls embedded."""
    home = tmp_path / "own"
    home.mkdir()
    server = OwnServer(Cluster(home, ["-c", "fsync=off"]))
    server.cluster.create()
    server.cluster.start()
    yield server
    server.cluster.stop()
