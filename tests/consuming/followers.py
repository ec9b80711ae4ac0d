"""`manage.py follow` in processes of their own:
killed at any moment, and started again in the same directory.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from threading import Event, Thread

from tests.consuming.connection import HOST

ROOT = Path(__file__).resolve().parent.parent.parent
HELD = re.compile(r"^Edition (\d+): ")
IN_STEP = re.compile(r"In step with .*: edition (\d+), (\d+) records, digest ([0-9a-f]{64})\.")
MOST_SECONDS = 300


class Follower(Thread):
    """Keeps one copy; at the end `copy` is the edition that it holds, how many records,
    and their digest.
    """

    def __init__(self, port: int, into: Path, over: Event, seed: int) -> None:
        super().__init__(name=f"Follower {seed}", daemon=True)
        self.over, self.chance = over, Random(seed)
        prove = "latest" if seed % 3 == 0 else "each"
        origin = f"http://{HOST}:{port}"
        self.command = [
            sys.executable,
            "manage.py",
            "follow",
            origin,
            "--into",
            str(into),
            "--prove",
            prove,
        ]
        self.kills, self.editions, self.latest = 0, 0, 0
        self.complaints: list[str] = []
        self.copy: tuple[int, int, str] | None = None

    def run(self) -> None:
        """Follow, be killed, and follow again, until the end."""
        while not self.over.is_set():
            process = subprocess.Popen(
                [*self.command, "--every", "0.2"],
                cwd=ROOT,
                # what was told is told, though it is killed
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            self.over.wait(self.chance.uniform(1.5, 6))
            if process.poll() is not None:
                self.complaints.append(
                    f"{self.name} ended by itself: {process.communicate()[1][-500:]}"
                )
                time.sleep(1)
                continue
            process.kill()
            self.kills += 1
            self._look_at(process.communicate()[0])

    def catch_up(self) -> None:
        """Follow once more, when nothing is published any more, and note what the copy is then."""
        done = subprocess.run(
            self.command, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS
        )
        self._look_at(done.stdout)
        match = IN_STEP.search(done.stdout)
        if done.returncode or not match:
            self.complaints.append(f"{self.name} did not get in step: {done.stderr[-500:]}")
        else:
            self.copy = (int(match[1]), int(match[2]), match[3])

    def _look_at(self, output: str) -> None:
        """See that editions came one after another;
        of those kept right before a kill, one may not have been told.
        """
        for number in [int(match[1]) for match in map(HELD.match, output.splitlines()) if match]:
            if number not in (self.latest + 1, self.latest + 2):
                self.complaints.append(f"{self.name}: edition {number} came after {self.latest}")
            self.latest = number
            self.editions += 1
