"""One quiet line for each step of something that takes a while, with the seconds it took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Progress:
    """Lines written with `write`, which is given text without an end of line."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Say what is being done, and how long it took when it is done."""
        self.write(f"{text} …")
        began = time.monotonic()
        try:
            yield
        except BaseException:
            self.write("\n")
            raise
        self.write(f" {time.monotonic() - began:.1f} s\n")
