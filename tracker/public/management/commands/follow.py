"""`manage.py follow URL --into DIR`:
keep a copy of another tracker's publication in step, and prove it.
"""

import time
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.public.following import DisagreementError, Follower, Origin, UnreachableError
from tracker.public.following.replica import InUseError, Replica


class Command(BaseCommand):
    help = (
        "Keep a copy of another tracker's publication in step, in a SQLite file. Each "
        "edition is proved by its digest before it is kept. Killed at any point, it goes on "
        "where it was."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "url", metavar="URL", help="the tracker's root, e.g. https://tracker.example"
        )
        parser.add_argument(
            "--into", type=Path, required=True, metavar="DIR", help="where the copy is, or is to be"
        )
        parser.add_argument(
            "--prove",
            choices=("each", "latest"),
            default="each",
            help=(
                "each edition before it is kept (default), or only where it begins and ends: "
                "sooner done"
            ),
        )
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="go on, asking so often (default: end)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Follow; every edition is a line."""
        try:
            with (
                closing(Origin(options["url"])) as origin,
                closing(Replica(options["into"])) as replica,
            ):
                follower = Follower(origin, replica, proves_each=options["prove"] == "each")
                self._follow(follower, options["every"])
        except (DisagreementError, InUseError, OSError, UnreachableError) as error:
            raise CommandError(str(error)) from error

    def _follow(self, follower: Follower, every: float | None) -> None:
        while True:
            for step in follower.catch_up():
                proved = ", proved" if follower.proves_each else ""
                self.stdout.write(
                    f"Edition {step.edition}: {step.changes} changes, {step.records} "
                    f"records{proved}."
                )
            if every is None:
                self.stdout.write(
                    self.style.SUCCESS(f"In step with {follower.origin.url}: {_held(follower)}.")
                )
                return
            time.sleep(every)


def _held(follower: Follower) -> str:
    held, records = follower.replica.latest, len(follower.replica.digests)
    return (
        f"edition {held[0]}, {records} records, digest {follower.digest}"
        if held
        else "nothing is published"
    )
