"""How much memory the embedded server keeps pages of its tables in."""

import os
from pathlib import Path

MIB = 1024 * 1024
LEAST, MOST = 128, 1024  # MiB: PostgreSQL's own default, and what most trackers fit into
SHARE = 8
LIMIT = Path("/sys/fs/cgroup/memory.max")


def shared_buffers() -> str:
    """Return an eighth of the memory that there is, between LEAST and MOST, as PostgreSQL takes it.

    With less than the documents that are read often, each page comes from the system's cache again and again.
    """
    return f"{min(MOST, max(LEAST, _there_is() // SHARE // MIB))}MB"


def _there_is() -> int:
    """Return the machine's memory in bytes, or what this container may use of it."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = LIMIT.read_text().strip() if LIMIT.exists() else ""
    return min(machine, int(limit)) if limit.isdecimal() else machine
