"""The OpenAPI document, made in a tracker of its own: `python -m tests.contract.making FILE`, in that tracker."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from tests.contract.promise import ROOT

OF_SOMEBODY = ("TRACKER_", "DATABASE_")
NOTHING_LASTS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def make(to: Path) -> None:
    """Write the document to a file, from a new tracker with nothing of this one's settings; raise CalledProcessError.

    Its examples are answers of that tracker, which holds the first dataset and is thrown away.
    """
    with TemporaryDirectory(prefix="tracker-") as directory:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(OF_SOMEBODY)},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "TRACKER_DATA_DIR": directory,
            "TRACKER_POSTGRES_OPTIONS": NOTHING_LASTS,
        }
        command = [sys.executable, "-m", "tests.contract.making", str(to.absolute())]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


def write(to: Path) -> None:
    """Write the document to a file, made in this tracker; raise RuntimeError if it holds something."""
    from django.core.management import call_command

    from tests.contract.document import as_yaml, made
    from tracker.models import Edition

    call_command("migrate", verbosity=0)
    if Edition.objects.exists():
        raise RuntimeError("This tracker is not new: its readers would see examples.")
    to.write_text(as_yaml(made()), encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    write(Path(sys.argv[1]))
