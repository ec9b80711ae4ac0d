"""Running one statement."""

from typing import Any

from django.db import connection


def rows_of(sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def run(sql: str, parameters: Any = None) -> int:
    """Run a statement, and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
