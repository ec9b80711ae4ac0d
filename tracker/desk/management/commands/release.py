"""`manage.py release 2026.1 --notes …`: name an edition, and make its files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from tracker import history
from tracker.desk.management.console import WritingCommand, user_named
from tracker.publishing.releases import record_doi, release
from tracker.values.problems import InvalidError, RefusedError
from tracker.values.vocabularies import Channel


class Command(WritingCommand):
    help = (
        "Name an edition, the latest unless another is given, so that it can be cited; and make "
        "its files, once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Not `version`, which Django takes for its own.
        parser.add_argument(
            "name", metavar="VERSION", help="year and number within it, e.g. 2026.1"
        )
        parser.add_argument("--notes", default="", help="what the release is about; public")
        parser.add_argument(
            "--edition", type=int, metavar="NUMBER", help="the edition to name; usually the latest"
        )
        parser.add_argument(
            "--doi",
            default="",
            help="of a release that was made: record its DOI, and do nothing else",
        )
        parser.add_argument("--by", default="", metavar="USERNAME", help="who; never public")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and list its files; or record the DOI of one that was made."""
        if options["doi"]:
            self._record_doi(options["name"], options["doi"])
            return
        made_by = user_named(options["by"])
        try:
            with history.changeset(
                made_by=made_by, reason=options["notes"], channel=Channel.COMMAND
            ):
                new = release(
                    version=options["name"], notes=options["notes"], edition=options["edition"]
                )
        except RefusedError as refused:
            raise CommandError("\n".join(map(str, refused.problems))) from None
        for file in new.files.order_by("pk"):
            self.stdout.write(f"{file.sha256}  {file.size:>11,}  {file.name}")
        self.stdout.write(f"Released edition {new.edition_id} as {new.version}.")

    def _record_doi(self, version: str, doi: str) -> None:
        try:
            recorded = record_doi(version, doi)
        except InvalidError as invalid:
            raise CommandError("\n".join(map(str, invalid.problems))) from None
        self.stdout.write(f"Recorded {recorded.doi} as the DOI of {version}.")
