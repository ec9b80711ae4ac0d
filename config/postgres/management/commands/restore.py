"""`manage.py restore`: a backup in place of what the database holds,
proved before it is said to be there.
"""

import os
import sys
import time
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import connections
from django.utils.module_loading import import_string

from config.postgres import backups
from config.postgres.management.desk_command import DeskCommand
from config.postgres.progress import Progress
from config.postgres.trouble import TroubleError, of_files

OTHER_KEY = (
    "secret_key in the data directory isn't the one of the backup: everybody logs in again, "
    "unless that is put back."
)
WRONG_KEY = (
    "TRACKER_SECRET_KEY isn't the one of the backup: set that one, or give --other-key, and "
    "everybody logs in again."
)


class Command(DeskCommand):
    """Restore a backup, whole or not at all;
    then migrate it, compare it with what it says it holds, and verify it.
    """

    help = (
        "Restore a backup into an empty database, or with --replace in place of all that is "
        "there, and prove it."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="what `manage.py backup` wrote; “-”: standard input")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="in place of what the database holds, which is gone then",
        )
        parser.add_argument(
            "--other-key", action="store_true", help="under another TRACKER_SECRET_KEY"
        )

    def handle(self, *, file: str, replace: bool, other_key: bool, **options: Any) -> None:
        began = time.monotonic()
        progress = Progress(lambda text: self.stdout.write(text, ending="") or self.stdout.flush())
        folder = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - what can't be used if none is made in it
        try:
            with TemporaryDirectory(prefix="tracker-restore-") as folder:
                path, dump = Path(file), Path(folder) / backups.DUMP
                if file == "-":
                    path = Path(folder) / "standard input"
                    with path.open("wb") as copy:
                        copyfileobj(sys.stdin.buffer, copy)
                with progress.step("Reading the backup"):
                    manifest = backups.unpack(path, dump)
                has_its_key = backups.digest_of_secret() == manifest.secret_key
                if os.environ.get("TRACKER_SECRET_KEY") and not (has_its_key or other_key):
                    raise TroubleError(WRONG_KEY)
                with progress.step("Restoring"):
                    backups.restore(dump, manifest, replace=replace)
        except OSError as error:
            raise CommandError(str(of_files(error, Path(folder), "set TMPDIR to"))) from error
        except TroubleError as trouble:
            raise CommandError(str(trouble)) from None
        with progress.step("Comparing editions and releases"):
            self.migrate()
            refuse_differences(manifest)
        try:
            call_command("verify", stdout=self.stdout, stderr=self.stdout)
        except CommandError as error:
            raise CommandError(
                f"What was restored isn't right, {error}: take another backup."
            ) from None
        seconds = round(time.monotonic() - began)
        self.stdout.write(
            f"Restored as of {manifest.made_at}, up to edition {manifest.edition}, and "
            f"proved, in {seconds} s."
        )
        if not has_its_key and not other_key:
            self.stdout.write(OTHER_KEY)

    def migrate(self) -> None:
        """Bring the database to this version."""
        for connection in connections.all(initialized_only=True):
            connection.close()
        call_command("migrate", interactive=False, verbosity=0)


def refuse_differences(manifest: backups.Manifest) -> None:
    """Raise CommandError if what is restored isn't what the manifest says."""
    contents = import_string("tracker.management.backups.contents")(manifest.edition)
    for kind in ("editions", "releases"):
        wrong = [each for each in manifest.publication[kind] if each not in contents[kind]]
        if wrong or len(contents[kind]) != len(manifest.publication[kind]):
            raise CommandError(
                f"The backup holds other {kind} than it says, {wrong[:3]} among them: take "
                f"another one."
            )
