"""Queries that find what does not agree, streamed, and the sentence for each row that they find."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Self

from psycopg.sql import Composable

from tracker.models.queries import chunks_of, compose
from tracker.values.nouns import Noun

Progress = Callable[[str, int, int], None]  # of what, how many are done, of how many (0: not known)


class Check(NamedTuple):
    """A query for what does not agree, and the sentence into which the columns of each of its rows go, by position."""

    sql: str | Composable
    says: str

    @classmethod
    def of(cls, noun: Noun, template: str, says: str, **parts: Composable) -> Self:
        """Return a query about a noun, as `tracker.models.queries.compose` makes it."""
        return cls(compose(template, noun, **parts), says)

    def complaints(self) -> Iterator[str]:
        """Yield a sentence for each row."""
        for rows in chunks_of(self.sql):
            for row in rows:
                yield self.says.format(*row)


def complaints_of(checks: Mapping[str, Check], progress: Progress) -> Iterator[str]:
    """Yield a sentence for each row that checks find, telling before each what is looked at."""
    for of, check in checks.items():
        progress(of, 0, 0)
        yield from check.complaints()
