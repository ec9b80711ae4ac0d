"""Locks between processes: flock(2) on files of the data directory.
A process that dies, however it dies, lets go.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.postgres.trouble import of_files


def open_lock(path: Path) -> int:
    """Open the file of a lock, making it if need be, and return its descriptor;
    raise TroubleError if that can't be.

    What root makes belongs to the directory's owner, who may come next.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if os.geteuid() == 0:
            owner = path.parent.stat()
            os.chown(descriptor, owner.st_uid, owner.st_gid)
    except OSError as error:
        raise of_files(error, path.parent) from error
    return descriptor


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file alone, waiting for it as long as it takes."""
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def try_alone(descriptor: int) -> bool:
    """Take a lock alone if nobody else holds it; a share of it that was held is lost either way."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
