"""The port to serve on, and the one `manage.py up` that a data directory may have."""

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.postgres.locks import open_lock, try_alone
from config.postgres.trouble import Trouble

HOST = "127.0.0.1"


def port_of(text: str) -> int:
    """Return the number of a port given as text; raise Trouble if it is none."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 1 << 16:
        raise Trouble(f"PORT is {text!r}: give a number from 1 to 65535.")
    return int(text)


def bound(port: int) -> socket.socket:
    """Return a socket bound to `port`, not yet listening; raise Trouble if the port can't be had."""
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        return listener
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            text = f"Port {port} is taken by another program: stop that, or choose another: PORT={port + 1} make up"
        else:
            text = f"Port {port} can't be had ({error.strerror}): choose one above 1023: PORT=8000 make up"
        raise Trouble(text) from error


@contextmanager
def only_one(home: Path, port: int) -> Iterator[None]:
    """Be the one that serves from `home`; raise Trouble that names the other if there is one."""
    descriptor = open_lock(home / "up.lock")
    try:
        if not try_alone(descriptor):
            raise Trouble(already_up(home, os.pread(descriptor, 100, 0).decode()))
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {port}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def already_up(home: Path, noted: str) -> str:
    """Say who serves from `home`; `noted` are that one's process and port."""
    who = ""
    with suppress(ValueError):
        pid, port = noted.split()
        who = f" at http://{HOST}:{port}/ (process {pid})"
    return f"The tracker of {home} is already up{who}: use that, or stop it, or set another TRACKER_DATA_DIR and PORT."
