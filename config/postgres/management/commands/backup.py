"""`manage.py backup`: everything in one file, while the tracker runs;
and whether such a file can be restored.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.module_loading import import_string

from config.postgres import backups, embedded, own_server
from config.postgres.management.desk_command import DeskCommand
from config.postgres.trouble import TroubleError, of_files

KEPT_APART = (
    "Not in it: TRACKER_SECRET_KEY (or secret_key in the data directory), without which "
    "everybody logs in again, and the logins of the database. Keep them elsewhere."
)


class Command(DeskCommand):
    """Write a backup, or prove one by restoring it beside."""

    help = (
        "Write all of the tracker into one file, while it runs; or check such a file by "
        "restoring it beside."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "target",
            help="a directory, in which the file is named after its moment; “-”: standard output",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="restore the file that is named, in a scratch database, and prove it",
        )

    def handle(self, *, target: str, check: bool, **options: Any) -> None:
        try:
            if check:
                self.check_backup(Path(target))
            else:
                self.make_backup(target)
        except TroubleError as trouble:
            raise CommandError(str(trouble)) from None

    def make_backup(self, target: str) -> None:
        """Write a file that has its name only once it is whole."""
        folder = None if target == "-" else Path(target)
        try:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(prefix=".backup-", dir=folder) as draft:
                dump = Path(draft) / backups.DUMP
                manifest = backups.dump(dump, import_string("tracker.management.backups.contents"))
                if folder is None:
                    backups.write(manifest, dump, sys.stdout.buffer)
                    return
                path = folder / f"tracker-{manifest.made_at.replace(':', '')}.tar"
                whole = Path(draft) / path.name
                with whole.open("xb") as file:
                    whole.chmod(0o600)
                    backups.write(manifest, dump, file)
                    file.flush()
                    os.fsync(file.fileno())
                whole.rename(path)
        except OSError as error:
            raise of_files(error, folder or Path(draft), "name") from error
        size = f"{path.stat().st_size / 1e6:,.1f} MB"
        self.stdout.write(f"{path}: {size}, up to edition {manifest.edition}.\n{KEPT_APART}")

    def check_backup(self, file: Path) -> None:
        """Restore a file in a scratch database, which proves it;
        keep that here, if it is of this tracker.
        """
        began, is_own = time.monotonic(), False
        manifest = backups.unpack(file)
        if own_server.has_own_server() or embedded.cluster().exists:
            with backups.log_in() as connection:
                backups.refuse_other_tracker(connection, manifest)
                is_own = bool(backups.count_tables(connection))
        with TemporaryDirectory(prefix="tracker-check-") as scratch:
            backups.refuse_without_room(manifest, Path(scratch), "set TMPDIR to")
            prove(file, Path(scratch) / "var")
        seconds = round(time.monotonic() - began)
        if is_own:
            note = import_string("tracker.management.backups.note_checked")
            note(made_at=manifest.made_at, edition=manifest.edition, seconds=seconds)
        self.stdout.write(
            f"{file} is whole: restored beside and proved in {seconds} s. It is of "
            f"{manifest.made_at}, up to edition {manifest.edition}."
        )


def prove(file: Path, home: Path) -> None:
    """Restore a backup in a data directory of its own, which proves it.

    Raise TroubleError with what is wrong with it.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    command = [sys.executable, "manage.py", "restore", str(file.absolute())]
    env = {**ours, "TRACKER_DATA_DIR": str(home)}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.splitlines() or [f"restore ended with {done.returncode}."])[-1]
        raise TroubleError(last.removeprefix("CommandError: "))
