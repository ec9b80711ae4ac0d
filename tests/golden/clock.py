"""Running a program of the tracker on a database of its own:
now, or at a moment that is always the same.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.config.postgres.processes import SUBJECT_TO_TESTS

ROOT = Path(__file__).parents[2]
# Just after the base was made: the clock of Python and of the database, which runs on from there.
MOMENT = "@2026-11-02 10:00:00"


PROGRAM = "import sys, django; django.setup(); from {} import write; write(sys.argv[1])"


def write_at_the_moment(module: str, target: Path, home: Path) -> None:
    """Let a module's `write` write to a target, with a data directory of its own.

    Raise CalledProcessError if that fails.
    """
    write_now(module, target, home, clock=("faketime", "-f", MOMENT))


def write_now(module: str, target: Path, home: Path, clock: tuple[str, ...] = ()) -> None:
    """Do the same by the clock of this machine, or by that of a program which sets one."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(SUBJECT_TO_TESTS)
    }
    environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DONT_FAKE_MONOTONIC": "1",
        "TRACKER_CONTACT": "mailto:team@tracker.example",
        "TRACKER_DATA_DIR": str(home),
        "TRACKER_DESK_PER_SECOND": "0",
        "TRACKER_POSTGRES_OPTIONS": "-c fsync=off",
        "TRACKER_READS_PER_SECOND": "0",
        "TRACKER_READ_SECONDS": "0",
        "TRACKER_SECRET_KEY": "only-for-golden-answers-0123456789-abcdefghijklmnopqrstuvwxyz",
        "TZ": "UTC",
    }
    program = [*clock, sys.executable, "-c", PROGRAM.format(module), str(target)]
    subprocess.run(program, cwd=ROOT, env=environment, check=True)
