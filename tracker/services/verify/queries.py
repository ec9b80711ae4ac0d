"""Queries that find what does not agree, streamed, and the sentence for each row that they find."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from psycopg.sql import Composable

from tracker.services.queries import chunks_of

Progress = Callable[[str, int, int], None]  # of what, how many are done, of how many (0: not known)


class Query(NamedTuple):
    """A query, and the sentence into which the columns of each of its rows go, by position."""

    sql: str | Composable
    says: str

    def complaints(self) -> Iterator[str]:
        """Yield a sentence for each row."""
        for rows in chunks_of(self.sql):
            for row in rows:
                yield self.says.format(*row)
