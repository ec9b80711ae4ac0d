"""How far a command is, told on standard error: nothing in the first second, then at most a line a second."""

import time
from collections.abc import Callable

from django.core.management.base import OutputWrapper

SECOND = 1.0


def every_second(out: OutputWrapper) -> Callable[[str], None]:
    """Return a function that writes what it is told, if a second has passed since the last line (or the beginning)."""
    last = time.monotonic()

    def tell(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= SECOND:
            last = time.monotonic()
            out.write(f"… {text}")
            out.flush()

    return tell
