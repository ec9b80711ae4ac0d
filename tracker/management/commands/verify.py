"""Prove that publication, desk and history agree:
`manage.py verify` lists what does not, and fails then.
"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from tracker.verify import verify


class Command(BaseCommand):
    help = (
        "Prove that publication, desk and history agree: every document is what its version "
        "at the desk renders to, with the names of its edition; editions, changes and "
        "references are whole. Lists what is not so, one line each, and ends with the exit "
        "status 1 then."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        progress = _Progress(self.stderr)
        count = 0
        for complaint in verify(progress=progress):
            count += 1
            self.stdout.write(complaint)
        if count:
            raise CommandError(
                f"{count} things do not agree" if count > 1 else "one thing does not agree"
            )
        self.stdout.write("Publication, desk and history agree.")


class _Progress:
    """A line at most every second, the first after a second: a quick check says nothing."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream
        self._said_at = time.monotonic()

    def __call__(self, of: str, done: int, total: int) -> None:
        if time.monotonic() - self._said_at >= 1:
            self._said_at = time.monotonic()
            self._stream.write(f"verifying {of}" + (f": {done:,} of {total:,}" if total else ""))
