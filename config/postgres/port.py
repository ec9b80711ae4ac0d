"""The port to serve on, and the one `manage.py up` that a data directory may have."""

import errno
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.postgres.locks import open_lock, try_alone
from config.postgres.postmaster import is_gone
from config.postgres.progress import Progress
from config.postgres.trouble import TroubleError

HOST = "127.0.0.1"
SECONDS_TO_END = 20  # a worker notices within one, and finishes within ten
SECONDS_BETWEEN = 0.1


def port_of(text: str) -> int:
    """Return the number of a port given as text; raise TroubleError if it is none."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 1 << 16:
        raise TroubleError(f"PORT is {text!r}: give a number from 1 to 65535.")
    return int(text)


def bound(port: int) -> socket.socket:
    """Return a socket bound to `port`, not yet listening;
    raise TroubleError if the port can't be had.
    """
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        return listener
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            text = (
                f"Port {port} is taken by another program: stop that, or choose another: "
                f"PORT={port + 1} make up"
            )
        else:
            text = (
                f"Port {port} can't be had ({error.strerror}): choose one above 1023: PORT=8000 "
                f"make up"
            )
        raise TroubleError(text) from error


@contextmanager
def only_one(home: Path, port: int, progress: Progress) -> Iterator[None]:
    """Be the one that serves from `home`; raise TroubleError that names the other if there is one.

    Workers of one that was killed keep its lock and its port until they notice and have finished:
    they are waited for.
    """
    descriptor = open_lock(home / "up.lock")
    try:
        if not try_alone(descriptor):
            with progress.step(killed(home, descriptor)):
                wait_for_workers(home, descriptor)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {port}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def wait_for_workers(home: Path, descriptor: int) -> None:
    """Wait for the lock of `home` until workers whose master was killed have ended.

    Raise TroubleError if they don't.
    """
    deadline = time.monotonic() + SECONDS_TO_END
    while not try_alone(descriptor):
        waiting = killed(home, descriptor)  # raises if another one was quicker
        if time.monotonic() > deadline:
            raise TroubleError(
                f"{waiting}: they don't end. End them, or set another TRACKER_DATA_DIR and PORT."
            )
        time.sleep(SECONDS_BETWEEN)
    time.sleep(SECONDS_BETWEEN)  # who ends lets go of one thing after the other


def killed(home: Path, descriptor: int) -> str:
    """Say that workers are waited for whose master is gone;
    raise TroubleError that names the master if it isn't.
    """
    noted = os.pread(descriptor, 100, 0).decode()
    with suppress(ValueError):
        pid, port = noted.split()
        if is_gone(int(pid)):
            return (
                f"Waiting for the workers of a tracker that was killed (process {pid}, port {port})"
            )
    raise TroubleError(already_up(home, noted))


def already_up(home: Path, noted: str) -> str:
    """Say who serves from `home`; `noted` are that one's process and port."""
    who = ""
    with suppress(ValueError):
        pid, port = noted.split()
        who = f" at http://{HOST}:{port}/ (process {pid})"
    return (
        f"The tracker of {home} is already up{who}: use that, or stop it, or set another "
        f"TRACKER_DATA_DIR and PORT."
    )
