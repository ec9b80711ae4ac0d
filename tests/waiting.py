"""Waiting until something is so, and no longer than that."""

import time
from collections.abc import Callable


def eventually(happens: Callable[[], bool], seconds: float = 60) -> bool:
    """Wait until a function tells True, and return whether it did in time."""
    deadline = time.monotonic() + seconds
    while not (happened := happens()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return happened
