"""`manage.py bootstrap`: what a new tracker needs before it can be used; nothing if it is there already."""

import secrets
from argparse import BooleanOptionalAction
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from tracker import history
from tracker.management.console import WritingCommand, every_second
from tracker.models import Edition, Vote
from tracker.models.nouns import RECORDS
from tracker.models.queries import run
from tracker.services import imports
from tracker.services.publishing import clock_ahead
from tracker.services.team import members
from tracker.values.vocabularies import Channel

# each is an edition of its own, with this note: folders of the dataset, in order
NOTES = {".": "The first dataset", "security-council": "Vetoes of China and Russia in the Security Council"}
# one that is many times as large, so it can be left out, or come later
ASSEMBLY, ASSEMBLY_NOTE = "general-assembly", "Recorded votes of the General Assembly, 1971 to 2020"


class Command(WritingCommand):
    help = "Import and publish the datasets if nothing is there, and make an administrator if there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether the largest dataset is wanted."""
        says = "whether to import the votes of the General Assembly, if they aren't there; usually: into a new tracker"
        parser.add_argument("--general-assembly", action=BooleanOptionalAction, help=says)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do both; three queries and no more if there is nothing to do. Warn of a last edition ahead of the clock."""
        for problem in clock_ahead():
            self.stderr.write(f"Warning: {problem}.")
        is_new, with_assembly = _is_empty(), options["general_assembly"]
        if is_new:
            for number, (folder, note) in enumerate(NOTES.items()):
                self._import(folder, note, partial(_has_editions, number))
        if is_new if with_assembly is None else with_assembly:
            self._import(ASSEMBLY, ASSEMBLY_NOTE, lambda: not Vote.objects.filter(ref__startswith="unga-").exists())
        if not _has_administrator():
            self._make_administrator()

    def _import(self, folder: str, note: str, is_wanted: Callable[[], bool]) -> None:
        """Import a folder of the dataset and publish it as an edition, if nobody did meanwhile."""
        dataset = Path(apps.get_app_config("tracker").path) / "dataset"
        tell = every_second(self.stderr)
        try:
            with history.changeset(made_by=None, reason=note, channel=Channel.IMPORT, clock_checked=True):
                _wait_for_others()
                if not is_wanted():
                    return
                tables, publish = imports.tables_in(paths=[dataset / folder]), imports.Publish.ALL_OR_NOTHING
                plan = imports.plan(tables=tables, publish=publish, progress=tell)
                done = imports.apply(plan=plan, note=note, progress=tell)
        except imports.Refused as refusal:
            raise CommandError(f"{note}: this can't be imported:\n{refusal}") from refusal
        count = done.counts.of(imports.Action.CREATED)
        self.stdout.write(f"{note}: imported {count:,} records, published as edition {done.edition}.")

    def _make_administrator(self) -> None:
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            _wait_for_others()
            if _has_administrator():
                return
            users = get_user_model().objects
            names_taken = set(users.filter(username__startswith="admin").values_list("username", flat=True))
            name = next(
                name for name in ("admin", *(f"admin-{n}" for n in range(2, 10_000))) if name not in names_taken
            )
            users.create_superuser(name, password=password).groups.set(Group.objects.filter(name="administrators"))
        self.stdout.write(f"Made the administrator “{name}” with the password {password} (shown only now).")


def _is_empty() -> bool:
    records = [model._default_manager.values_list("pk") for model in RECORDS.values()]
    return not Edition.objects.values_list("pk").union(*records, all=True).exists()


def _has_editions(number: int) -> bool:
    """Tell whether there are so many editions; before the first, whether there is nothing at all."""
    return Edition.objects.count() == number if number else _is_empty()


def _has_administrator() -> bool:
    """Tell whether somebody in the team can let others in."""
    return bool(members("auth.change_user").exists())


def _wait_for_others() -> None:
    """Let one at a time pass, until the end of the transaction."""
    run("SELECT pg_advisory_xact_lock(hashtext('tracker: bootstrap'))")
