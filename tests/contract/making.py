"""The OpenAPI document and its page, made in a tracker of its own:
`python -m tests.contract.making FILE` in it.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import yaml

from tests.contract.promise import LOADER, ROOT

OF_SOMEBODY = ("TRACKER_", "DATABASE_")
NOTHING_LASTS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def make(to: Path) -> None:
    """Write the document to a file, and its page beside it,
    from a new tracker with nothing of this one's settings.

    Its examples are answers of that tracker, which holds the first dataset and is thrown away.
    Raises CalledProcessError.
    """
    with TemporaryDirectory(prefix="tracker-") as directory:
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(OF_SOMEBODY)
            },
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "TRACKER_DATA_DIR": directory,
            "TRACKER_POSTGRES_OPTIONS": NOTHING_LASTS,
        }
        command = [sys.executable, "-m", "tests.contract.making", str(to.absolute())]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


def write(to: Path) -> None:
    """Write the document and its page, made in this tracker;
    raise RuntimeError if it holds something.
    """
    from django.core.management import call_command

    from tests.contract.document import as_yaml, made
    from tests.contract.pages import page
    from tracker.models import Edition
    from tracker.public.api.documentation import PAGE

    call_command("migrate", verbosity=0)
    if Edition.objects.exists():
        raise RuntimeError("This tracker is not new: its readers would see examples.")
    text = as_yaml(made())
    to.write_text(text, encoding="utf-8")
    to.with_name(PAGE.name).write_text(page(yaml.load(text, LOADER)), encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    write(Path(sys.argv[1]))
