"""The publication's own connection."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connections

ALIAS = "publication"
BYTES = "convert_to({}, 'UTF8')"  # what is passed on as it is needn't be made a str in between
Row = tuple[Any, ...]


def rows(sql: str, parameters: Mapping[str, Any], *, prepared: bool = True) -> list[Row]:
    """Run one statement as the reader and return its rows; one that is `prepared` is kept for the next time."""
    try:
        return _rows(sql, parameters, prepared)
    except OperationalError:
        # A connection that was lost while nobody used it says so only now; reading again does no harm.
        lost = connections[ALIAS]
        if lost.in_atomic_block or lost.connection is None or not lost.connection.closed:
            raise
        lost.close()
        return _rows(sql, parameters, prepared)


def _rows(sql: str, parameters: Mapping[str, Any], prepared: bool) -> list[Row]:
    with connections[ALIAS].cursor() as cursor, _preparing(cursor.connection, prepared):
        cursor.execute(sql, parameters)
        found: list[Row] = cursor.fetchall()
        return found


@contextmanager
def _preparing(connection: Any, prepares: bool) -> Iterator[None]:
    """Let a connection prepare no statement, unless it `prepares`."""
    usual = connection.prepare_threshold
    connection.prepare_threshold = usual if prepares else None
    try:
        yield
    finally:
        connection.prepare_threshold = usual


def number(sql: str, parameters: Mapping[str, Any]) -> int:
    """Run one statement as the reader and return the one whole number that it answers."""
    found: int = rows(sql, parameters)[0][0]
    return found


def one_line(sql: str) -> str:
    """Return a statement in one line: short enough for psycopg to keep it parsed."""
    return " ".join(sql.split())


class Standing(dict[str, str]):
    """For each alias of a table of documents, the condition that the document stood; for `str.format_map`.

    `number` is SQL for the number of the edition in which it stood, which other SQL may name as `{number}` too; if
    that is the latest one, `now`, documents that stand are known by themselves.
    """

    def __init__(self, number: str, *, now: bool) -> None:
        super().__init__(number=number)
        self.now = now

    def __missing__(self, alias: str) -> str:
        if self.now:
            return f"{alias}.closed IS NULL"
        return f"{alias}.opened <= {self['number']} AND {alias}.gone > {self['number']}"
