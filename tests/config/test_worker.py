"""The worker of the web server: one that only begins can be stopped."""

import inspect
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import ThreadWorker

from config.worker import Worker

ROOT = Path(__file__).parents[2]
SECONDS_TO_BEGIN = 2


class SlowToBegin(Worker):
    """A worker that takes its time before it hears of signals."""

    def init_signals(self) -> None:
        time.sleep(SECONDS_TO_BEGIN)
        super().init_signals()


@pytest.mark.parametrize("name", ["load_wsgi", "accept", "enqueue_req", "finish_request", "murder_pending"])
def test_gunicorn_has_what_the_worker_takes_the_place_of(name: str) -> None:
    """It is pinned; with another version these are looked at first."""
    assert list(inspect.signature(getattr(Worker, name)).parameters)[1:] == [
        {"conn": "conn", "fs": "done"}.get(each, each)
        for each in list(inspect.signature(getattr(ThreadWorker, name)).parameters)[1:]
    ]
    assert {"unread", "take_buffered"} <= vars(Unreader).keys()
    assert "self.murder_pending()" in inspect.getsource(ThreadWorker.run)


@pytest.mark.slow
def test_a_worker_that_is_asked_to_stop_while_it_begins_stops_once_it_can() -> None:
    """It isn't waited for in vain, and killed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        descriptor = listener.fileno()
        command = [sys.executable, "-m", "gunicorn", f"--worker-class={__name__}.SlowToBegin", "--no-control-socket"]
        process = subprocess.Popen(
            [*command, f"--bind=fd://{descriptor}", "--preload", "wsgiref.simple_server:demo_app"],
            cwd=ROOT,
            pass_fds=[descriptor],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr
        output = ""
        try:
            while "Booting worker" not in output:
                output += process.stderr.readline()
            process.send_signal(signal.SIGTERM)
            output += process.communicate(timeout=SECONDS_TO_BEGIN + 15)[1]
        finally:
            process.kill()

    assert (process.returncode, "SIGKILL" in output) == (0, False)
