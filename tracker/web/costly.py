"""Costly answers: made one at a time over all processes that serve, by a process of their own.

So neither Python's lock nor more than one core is busy with them, and what crashes or gets stuck is no thread of ours.
"""

import fcntl
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from tempfile import mkstemp
from threading import Lock
from time import monotonic, sleep
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest

from tracker.web.throttling import charge

RETRY_AFTER = 5  # seconds
SECONDS, CPU_SECONDS = 60, 20  # that one may take
SHARE = 3  # one address has the turn for a third of the time at most
MOST_BYTES = 2 * 1024**3  # of memory
BUSY = f"Another answer that takes long is being made, one at a time. Try again in {RETRY_AFTER} s."
FAILED = "The answer took too long or too much memory, and was given up. Ask for less."
PROGRAM = f"""
import pickle, resource, signal, sys
signal.alarm({SECONDS})
resource.setrlimit(resource.RLIMIT_CPU, ({CPU_SECONDS}, {CPU_SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({MOST_BYTES}, {MOST_BYTES}))
function, arguments = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(pickle.dumps(function(*arguments)))
"""
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
# Opened before the processes that serve are forked: who has it locked has the turn, and loses it with its process.
TURN, _path = mkstemp()
os.unlink(_path)
WAITING = Lock()


class Busy(Exception):
    """An answer that isn't made now."""


@contextmanager
def turn(request: HttpRequest) -> Iterator[None]:
    """Wait for the turn to make a costly answer; whoever asks could have read meanwhile, SHARE times as much.

    Raise Busy if another thread of this process has it or waits for it, or if it doesn't come in time.
    """
    if not WAITING.acquire(blocking=False):
        raise Busy(BUSY)
    try:
        deadline = monotonic() + RETRY_AFTER
        while not _is_locked():
            if monotonic() > deadline:
                raise Busy(BUSY)
            sleep(0.02)
        begun = monotonic()
        try:
            yield
        finally:
            fcntl.lockf(TURN, fcntl.LOCK_UN)
            charge(request, SHARE * (monotonic() - begun))
    finally:
        WAITING.release()


def _is_locked() -> bool:
    with suppress(BlockingIOError):
        fcntl.lockf(TURN, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def run(function: Callable[Arguments, Result], *arguments: Arguments.args, **_: Arguments.kwargs) -> Result:
    """Return what a function of a module returns, called in a process of its own; raise Busy if that fails."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=pickle.dumps((function, arguments)),
        capture_output=True,
        cwd=settings.BASE_DIR,
        process_group=0,
    )
    if done.returncode:
        logging.getLogger(__name__).warning(
            "A costly answer failed: %s", done.stderr.decode()[-300:] or done.returncode
        )
        raise Busy(FAILED)
    result: Result = pickle.loads(done.stdout)  # noqa: S301 (of our own process)
    return result
