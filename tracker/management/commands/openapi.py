"""`manage.py openapi`: write the OpenAPI document, its examples being answers of a tracker of its own."""

import os
import subprocess
import sys
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from tracker.management.openapi import document
from tracker.models import Edition

OF_SOMEBODY = ("TRACKER_", "DATABASE_")
NOTHING_LASTS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Command(BaseCommand):
    """Write what /api/v1/schema/ is to serve, from the code and the first dataset."""

    help = (
        "Write the OpenAPI document of version 1, from the code. Its examples are answers of a tracker that is made "
        "for this, holds the first dataset, and is thrown away; yours is not touched. `make contract` puts it in its "
        "place, unless it breaks what version 1 promised."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="where to write it")
        # How it calls itself; anybody else would fill a tracker with examples.
        parser.add_argument("--here", action="store_true", help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, in a process whose settings name a new tracker."""
        to = options["to"].absolute()
        if not options["here"]:
            _elsewhere("--to", str(to))
            self.stdout.write(f"Wrote {to.name}.")
            return
        call_command("migrate", verbosity=0)
        if Edition.objects.exists():
            raise CommandError("This tracker is not new: leave --here out.")
        to.write_text(document.as_yaml(document.made()))


def _elsewhere(*arguments: str) -> None:
    """Run this command in a new tracker, with nothing of this one's settings; raise CommandError if that fails."""
    with TemporaryDirectory(prefix="tracker-") as directory:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(OF_SOMEBODY)},
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "PYTHONPATH": str(settings.BASE_DIR),
            "TRACKER_DATA_DIR": directory,
            "TRACKER_POSTGRES_OPTIONS": NOTHING_LASTS,
        }
        command = [sys.executable, "-m", "django", "openapi", "--here", *arguments]
        if subprocess.run(command, env=environment).returncode:
            raise CommandError("Nothing was written.")
