"""Statements that find what does not agree, streamed, and the sentence for each row that they find."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

Progress = Callable[[str, int, int], None]  # of what, how many are done, of how many (0: not known)
ROWS = 1000


class Statement(NamedTuple):
    """A statement, and the sentence into which the columns of each of its rows go, by position."""

    sql: str
    says: str

    def complaints(self) -> Iterator[str]:
        """Yield a sentence for each row."""
        for rows in chunks_of(self.sql):
            for row in rows:
                yield self.says.format(*row)


def chunks_of(sql: str, parameters: Sequence[Any] | None = None) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a statement in lists of at most ROWS; PostgreSQL keeps the rest."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(ROWS):
            yield rows
