"""Costly answers: made one at a time over all processes that serve, by a process of their own.

So neither Python's lock nor more than one core is busy with them,
and what crashes or gets stuck is no thread of ours.
"""

import fcntl
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from tempfile import mkstemp
from threading import Lock
from time import monotonic, sleep
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest

from tracker.public.http.clients import address_of, network_of
from tracker.public.http.throttling import BURST, Limit

RETRY_AFTER = 5  # seconds
SECONDS, CPU_SECONDS = 60, 20  # that one may take
# one address has the turn for a third of the time at most,
# and for BURST / SHARE seconds more at once
SHARE = 3
MOST_BYTES = 2 * 1024**3  # of memory
BUSY = f"Another answer that takes long is being made, one at a time. Try again in {RETRY_AFTER} s."
OFTEN = "Your address had such answers made for longer than others may wait. Try again in {} s."
FAILED = "The answer took too long or too much memory, and was given up. Ask for less."
PROGRAM = f"""
import ctypes, os, pickle, resource, signal, sys
# PR_SET_PDEATHSIG: not to outlive whoever asks
getattr(ctypes.CDLL(None), "prctl", lambda *_: None)(1, signal.SIGKILL)
if os.getppid() != int(sys.argv[1]):
    sys.exit()
signal.alarm({SECONDS})
resource.setrlimit(resource.RLIMIT_CPU, ({CPU_SECONDS}, {CPU_SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({MOST_BYTES}, {MOST_BYTES}))
function, arguments = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(pickle.dumps(function(*arguments)))
"""
# the stacks of others count as memory
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
# Opened before the processes that serve are forked:
# who has it locked has the turn, and loses it with its process.
TURN, _path = mkstemp()
os.unlink(_path)
WAITING = Lock()
TURNS = Limit(seconds=BURST + SHARE * SECONDS)


class BusyError(Exception):
    """An answer that isn't made now, but may be in so many seconds."""

    def __init__(self, says: str, seconds: int = RETRY_AFTER) -> None:
        self.seconds = seconds
        super().__init__(says)


@contextmanager
def turn(request: HttpRequest) -> Iterator[None]:
    """Wait for the turn to make a costly answer.

    Raise BusyError if another thread of this process has it or waits for it, if it doesn't come in
    time, or if who asks had it for more than a share of the time here.
    """
    address = network_of(address_of(request.META))
    if not WAITING.acquire(blocking=False):
        raise BusyError(BUSY)
    try:
        if seconds := TURNS.take(address, inf):
            raise BusyError(OFTEN.format(seconds), seconds)
        deadline = monotonic() + RETRY_AFTER
        while not _is_locked():
            if monotonic() > deadline:
                raise BusyError(BUSY)
            sleep(0.02)
        begun = monotonic()
        try:
            yield
        finally:
            fcntl.lockf(TURN, fcntl.LOCK_UN)
            TURNS.charge(address, SHARE * (monotonic() - begun))
    finally:
        WAITING.release()


def _is_locked() -> bool:
    with suppress(BlockingIOError):
        fcntl.lockf(TURN, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def run(
    function: Callable[Arguments, Result], *arguments: Arguments.args, **_: Arguments.kwargs
) -> Result:
    """Return what a function of a module returns, called in a process of its own;
    raise BusyError if that fails.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(os.getpid())],
            input=pickle.dumps((function, arguments)),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={**os.environ, **ONE_THREAD},
            process_group=0,
        )
        why = done.stderr.decode(errors="replace")[-300:] or str(done.returncode)
    except OSError as error:  # as of no room for a further process
        done, why = None, str(error)
    if done is None or done.returncode:
        logging.getLogger(__name__).warning("A costly answer failed: %s", why)
        raise BusyError(FAILED)
    result: Result = pickle.loads(done.stdout)  # noqa: S301 (of our own process)
    return result
