"""The publication's own connection."""

from collections.abc import Mapping
from typing import Any

from django.db import connections

ALIAS = "publication"
Row = tuple[Any, ...]


def rows(sql: str, parameters: Mapping[str, Any]) -> list[Row]:
    """Run one statement as the reader and return its rows."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[Row] = cursor.fetchall()
        return found


def number(sql: str, parameters: Mapping[str, Any]) -> int:
    """Run one statement as the reader and return the one whole number that it answers."""
    found: int = rows(sql, parameters)[0][0]
    return found


def stands(edition: int | None) -> "Standing":
    """Return the conditions for "stood in `edition`" (bound as %(edition)s); None: in the latest."""
    return Standing(edition is None)


class Standing(dict[str, str]):
    """For each alias of a table of documents, the condition that the document stood; for `str.format_map`."""

    def __init__(self, now: bool) -> None:
        super().__init__()
        self.now = now

    def __missing__(self, alias: str) -> str:
        return (
            f"{alias}.closed IS NULL" if self.now else f"{alias}.opened <= %(edition)s AND {alias}.gone > %(edition)s"
        )
