"""Which process serves a data directory, as its postmaster.pid says,
and whether that is still true.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PID_FILE = "postmaster.pid"
NO_PROCESS = 2**31 - 1


@dataclass(frozen=True)
class Postmaster:
    """A living server of one data directory."""

    pid: int
    port: str
    sockets: Path
    state: str

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"


def find(directory: Path) -> Postmaster | None:
    """Return the server that runs on `directory`, in whatever state, or None."""
    try:
        lines = (directory / PID_FILE).read_text().split("\n")
    except FileNotFoundError:
        return None
    if not lines[0].isdigit() or not serves(int(lines[0]), directory):
        return None
    pid, _, _, port, sockets, _, _, state, *_ = [*lines, *[""] * 8]
    return Postmaster(int(pid), port, Path(sockets), state.strip())


def serves(pid: int, directory: Path) -> bool:
    """Tell by its command line whether process `pid` is a server of `directory`;
    numbers are used again.
    """
    if sys.platform != "linux":
        command = subprocess.run(
            ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True
        ).stdout
        return "postgres" in command and f"-D {directory}" in command
    try:
        program, *arguments = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    if os.path.basename(program) != b"postgres" or arguments[:1] != [b"-D"]:
        return False
    served = os.fsdecode(arguments[1])
    return Path(served) == directory or (
        os.path.exists(served) and os.path.samefile(served, directory)
    )


def retire(directory: Path) -> None:
    """Make the postmaster.pid that a dead server left name no process,
    so that PostgreSQL starts over it.

    It isn't removed: its other lines are how PostgreSQL sees that children
    of the dead server still use its memory.
    """
    try:
        lines = (directory / PID_FILE).read_text().split("\n")
    except FileNotFoundError:
        return
    if lines[0].isdigit() and lines[0] != str(NO_PROCESS):
        (directory / PID_FILE).write_text("\n".join([str(NO_PROCESS), *lines[1:]]))


def is_gone(pid: int) -> bool:
    """Tell whether a process has ended, also when nobody has collected its status."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return sys.platform == "linux"
