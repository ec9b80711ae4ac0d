"""Disks of a given size, and full ones. It takes root."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PIECE = bytes(4096)


@contextmanager
def disk(place: Path, megabytes: int) -> Iterator[Path]:
    """Mount a disk of this size at a new directory, for as long as the context lasts."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    done = subprocess.run(mount, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stderr}\nFull disks take root."
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def full(place: Path, left: int = 0) -> Iterator[None]:
    """Fill a disk, but for so many bytes, for as long as the context lasts."""
    filling = place / "filling"
    with suppress(OSError), filling.open("wb", buffering=0) as file:
        free = os.statvfs(place)
        for _ in range((free.f_bavail * free.f_frsize - left) // len(PIECE) + (left == 0)):
            file.write(PIECE)
    try:
        yield
    finally:
        filling.unlink()
