"""Where the server's socket is: in a directory closed to others, and short: a socket's path has 107 bytes at most."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from config.postgres.account import Account
from config.postgres.trouble import Trouble, of_files

PORT = "5432"
LONGEST_PATH = 103


def sockets_for(home: Path, account: Account) -> Path:
    """Return the directory of the socket for the cluster in `home`, making it; raise Trouble if it is not safe."""
    name = f"tracker-{account.uid}-{hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]}"
    directory = Path(tempfile.gettempdir()) / name
    if len(os.fsencode(directory / f".s.PGSQL.{PORT}.lock")) > LONGEST_PATH:
        directory = Path("/tmp") / name  # noqa: S108 - checked below to be ours and closed
    try:
        directory.mkdir(mode=0o700, exist_ok=True)
        status = directory.lstat()
        if os.geteuid() == 0 and status.st_uid == 0 and account.uid != 0:
            os.chown(directory, account.uid, account.gid, follow_symlinks=False)
            status = directory.lstat()
    except OSError as error:
        raise of_files(error, directory) from error
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
        raise Trouble(f"{directory} should be a directory of the server's alone and isn't: remove it.")
    return directory


def clear_sockets(directory: Path) -> None:
    """Remove what a dead server left there: its lock file would keep a new one out if its number were used again."""
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (directory / name).unlink(missing_ok=True)


def remove_sockets(directory: Path) -> None:
    """Remove the directory, if nothing else is in it."""
    try:
        clear_sockets(directory)
        directory.rmdir()
    except OSError:
        return
