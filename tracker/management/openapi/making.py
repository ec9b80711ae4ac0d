"""Making the document and its page in a tracker of its own."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import CommandError

from tracker.public.api.documentation import DOCUMENT

OF_SOMEBODY = ("TRACKER_", "DATABASE_")
NOTHING_LASTS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def make(directory: Path = DOCUMENT.parent) -> None:
    """Write the document and its page into a directory,
    from a new tracker with nothing of this one's settings.

    Whoever reads them meanwhile gets those of before.
    Raises CommandError with what was said, if that fails.
    """
    directory.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="tracker-") as data, TemporaryDirectory(dir=directory) as made:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(OF_SOMEBODY)
        }
        environment |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "TRACKER_DATA_DIR": data,
            "TRACKER_POSTGRES_OPTIONS": NOTHING_LASTS,
        }
        command = [sys.executable, "manage.py", "openapi", "--from-here", made]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            raise CommandError(done.stdout + done.stderr)
        for path in Path(made).iterdir():
            path.replace(directory / path.name)
