"""`manage.py roles`: print what an administrator runs on a PostgreSQL server of one's own."""

from typing import Any

from django.db import connections

from config.postgres import own_server, roles
from config.postgres.embedded import the_roles
from config.postgres.management.desk_command import DeskCommand


class Command(DeskCommand):
    """Print the SQL that makes the database's three roles and lets
    the logins of the settings take them.
    """

    help = (
        "Print the SQL that prepares a database on a server of your own, for its administrator "
        "to run in it."
    )
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        """Print one statement a line; connects to nothing."""
        database = str(connections["owner"].settings_dict["NAME"])
        for statement in roles.statements(the_roles(), database, own_server.logins()):
            self.stdout.write(f"{statement.as_string()};")
