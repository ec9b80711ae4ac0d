"""What goes wrong on a machine and a person must change:
said in one line, with what to do about it.
"""

import errno
import os
import shutil
from pathlib import Path

FULL_TEXTS = (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT))
NEARLY_NOTHING = 1 << 20
SET_DATA_DIR = "set TRACKER_DATA_DIR to"


class TroubleError(Exception):
    """A state of the machine that a person must change;
    its text is one line that says what to do.
    """


def full_disk(directory: Path, choose: str = SET_DATA_DIR) -> TroubleError:
    """Say that there is no room; `choose` is the verb by which one has another directory."""
    return TroubleError(
        f"The disk that holds {directory} is full: free some space on it, or {choose} a "
        f"directory on another disk."
    )


def of_files(error: OSError, directory: Path, choose: str = SET_DATA_DIR) -> TroubleError:
    """Say what an error with the files in `directory` means."""
    why = f"{error.strerror or error}: {error.filename or directory}"
    other = (
        f"{directory} can't be used ({why}): make it a directory that you may write, or {choose} "
        f"another one."
    )
    return of_output(str(error), directory, other, choose)


def of_output(output: str, directory: Path, other: str, choose: str = SET_DATA_DIR) -> TroubleError:
    """Say why something failed by what was said:
    that the disk which holds `directory` is full, or else `other`.
    """
    return full_disk(directory, choose) if tells_full_disk(output) else TroubleError(other)


def tells_full_disk(text: str) -> bool:
    """Tell whether the output of a program says that a disk is full."""
    return any(words in text for words in FULL_TEXTS)


def is_full(directory: Path) -> bool:
    return shutil.disk_usage(directory).free < NEARLY_NOTHING
