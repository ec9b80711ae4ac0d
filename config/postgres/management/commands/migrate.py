"""`manage.py migrate`, as the owner of the tables."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from config.postgres.management.desk_command import DeskCommand
from config.postgres.own_server import refuse_other_version
from config.postgres.trouble import TroubleError


class Command(DeskCommand, migrate.Command):
    """Django's migrate, whose `--database` is the owner's connection unless another is named."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Add Django's arguments, with that default."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; refuse in one line a database that can't be brought to this version."""
        try:
            refuse_other_version(connections[options["database"]])
        except TroubleError as trouble:
            raise CommandError(str(trouble)) from None
        super().handle(*args, **options)
