"""`manage.py migrate`, as the owner of the tables."""

from django.core.management.base import CommandParser
from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's migrate, whose `--database` is the owner's connection unless another is named."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Add Django's arguments, with that default."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")
