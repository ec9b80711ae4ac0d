"""What goes wrong on a machine and a person must change: said in one line, with what to do about it."""

import errno
import os
import shutil
from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT}
FULL_TEXTS = tuple(os.strerror(number) for number in sorted(FULL))
NEARLY_NOTHING = 1 << 20


class Trouble(Exception):
    """A state of the machine that a person must change; its text is one line that says what to do."""


def full_disk(directory: Path) -> Trouble:
    return Trouble(
        f"The disk that holds {directory} is full: free some space on it,"
        " or set TRACKER_DATA_DIR to a directory on another disk."
    )


def of_files(error: OSError, directory: Path) -> Trouble:
    """Say what an error with the files in `directory` means."""
    if error.errno in FULL:
        return full_disk(directory)
    return Trouble(
        f"{directory} can't be used ({error.strerror or error}: {error.filename or directory}):"
        " make it a directory that you may write, or set TRACKER_DATA_DIR to another one."
    )


def tells_full_disk(text: str) -> bool:
    """Tell whether the output of a program says that a disk is full."""
    return any(words in text for words in FULL_TEXTS)


def is_full(directory: Path) -> bool:
    return shutil.disk_usage(directory).free < NEARLY_NOTHING
