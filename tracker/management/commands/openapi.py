"""`manage.py openapi`: make the API's OpenAPI document and its page, with examples."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.core.management import BaseCommand, CommandError, call_command

from tracker.management.openapi.document import as_yaml, made
from tracker.management.openapi.making import make
from tracker.management.openapi.pages import page
from tracker.models import Edition
from tracker.public.api.documentation import DOCUMENT, LOADER, PAGE


class Command(BaseCommand):
    """Make the document and its page where they are served from."""

    help = "Makes the API's OpenAPI document and its page. A new tracker answers the examples."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the directory for what is made of this tracker itself."""
        parser.add_argument(
            "--from-here",
            type=Path,
            metavar="DIRECTORY",
            help="let this tracker answer, which must be new, and write both into DIRECTORY",
        )

    def handle(self, *, from_here: Path | None, **_: Any) -> None:
        """Make both in a tracker of its own, or in this one."""
        if from_here is None:
            make()
        else:
            write(from_here)


def write(directory: Path) -> None:
    """Write the document and its page, made in this tracker;
    raise CommandError if it holds something.
    """
    call_command("migrate", verbosity=0)
    if Edition.objects.exists():
        raise CommandError("This tracker is not new: its readers would see examples.")
    text = as_yaml(made())
    (directory / DOCUMENT.name).write_text(text, encoding="utf-8")
    document = yaml.load(text, LOADER)  # noqa: S506 (a safe one)
    (directory / PAGE.name).write_text(page(document), encoding="utf-8")
