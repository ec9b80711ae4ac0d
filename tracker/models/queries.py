"""Queries that the ORM doesn't have:
composed of parts, never of texts, and run on the desk's connection.

A template has parts as `{name}`, written by psycopg, and values as `%(name)s` or `%s`,
which are bound when it is run.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from tracker.values.nouns import Noun

CHUNK = 1000
LONGEST_STATEMENT = "1h"  # of what takes longer than a page may


def compose(template: str, noun: Noun, **parts: Composable) -> Composed:
    """Return a query about a noun:
    as `{noun}`, its table at the desk as `{table}`, that of its `{documents}`.
    """
    of_noun = {
        "noun": Literal(noun.value),
        "table": Identifier(f"tracker_{noun}"),
        "documents": Identifier(f"tracker_{noun}document"),
    }
    return SQL(template).format(**{**of_noun, **parts})


def ids_query(ids: Iterable[int]) -> RawSQL:
    """Return the query for these ids, for the ORM: one parameter, where a list has one for each."""
    return RawSQL("SELECT unnest(%s::int[])", [list(ids)])


def rows_of(query: str | Composable, parameters: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_text(query), parameters)
        return list(cursor.fetchall())


def chunks_of(
    query: str | Composable, parameters: Any = None, *, size: int = CHUNK
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a query in lists of at most `size`; PostgreSQL keeps the rest."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_text(query), parameters)
        while rows := cursor.fetchmany(size):
            yield rows


def run(statement: str | Composable, parameters: Any = None) -> int:
    """Run a statement, and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(_text(statement), parameters)
        return int(cursor.rowcount)


def may_take_long() -> None:
    """Let the statements of this transaction run for an hour each,
    where the web's are ended early.
    """
    run("SELECT set_config('statement_timeout', %s, true)", [LONGEST_STATEMENT])


def _text(query: str | Composable) -> str:
    return query if isinstance(query, str) else query.as_string(None)
