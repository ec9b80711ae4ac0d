"""What fills an empty database here: a table of SMALL_ROWS rows of 1,000 bytes."""

import os

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections


class Command(BaseCommand):
    """Make the table unless it is there, or it is to be empty."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true")

    def handle(self, *, empty: bool, **options: object) -> None:
        if empty:
            self.stdout.write("Left empty.")
            return
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT to_regclass('filling')")
            if cursor.fetchone() == (None,):
                rows = int(os.environ.get("SMALL_ROWS", "1"))
                cursor.execute("CREATE TABLE filling (text text)")
                cursor.execute(
                    "INSERT INTO filling SELECT repeat('x', 1000) FROM generate_series(1, %s)",
                    [rows],
                )
                self.stdout.write("Filled.")
