"""`manage.py migrate`, as the owner of the tables."""

from typing import Any

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from config.postgres.management.desk_command import DeskCommand
from config.postgres.trouble import Trouble


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
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None
        super().handle(*args, **options)


def refuse_other_version(connection: BaseDatabaseWrapper) -> None:
    """Raise Trouble if an app says (`why_not_write`) that the database is of a version to which no way leads."""
    applied = MigrationRecorder(connection).applied_migrations()
    for app in apps.get_app_configs():
        if hasattr(app, "why_not_write") and (why := app.why_not_write(applied)):
            raise Trouble(why)
