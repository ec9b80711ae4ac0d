"""`manage.py migrate`, as the owner of the tables."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from config.postgres.outdated import refuse_outdated
from config.postgres.trouble import Trouble


class Command(migrate.Command):
    """Django's migrate, whose `--database` is the owner's connection unless another is named."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Add Django's arguments, with that default."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; refuse in one line a database that can't be brought up to date."""
        try:
            refuse_outdated(connections[options["database"]])
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None
        super().handle(*args, **options)
