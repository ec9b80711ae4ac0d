"""The publication's own connection,
and reading over it what comes next while what came before is sent.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from psycopg import ClientCursor
from psycopg.errors import SerializationFailure

ALIAS = "publication"
Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
Row = tuple[Any, ...]


def rows(sql: str, parameters: Mapping[str, Any], *, prepared: bool = True) -> list[Row]:
    """Run one statement as the reader and return its rows.

    One that is `prepared` is planned once, and kept for the next time;
    another is planned for its values, which the driver writes into it.
    """
    return _read(lambda: _rows(sql, parameters, prepared))


def rows_of_each(statements: Sequence[tuple[str, Mapping[str, Any]]]) -> list[list[Row]]:
    """Run prepared statements as the reader and return the rows of each.

    They are sent one after another and answered likewise, without a wait for each:
    that takes half as long.
    """
    return _read(lambda: _rows_of_each(statements))


@contextmanager
def read_primary() -> Iterator[None]:
    """Let this thread read over the desk's connection, in its transaction,
    what is to be written or judged.

    Readers may be answered by a replica, which lags.
    """
    reader = connections[ALIAS]
    connections[ALIAS] = connections[DEFAULT_DB_ALIAS]
    try:
        yield
    finally:
        connections[ALIAS] = reader


def _read(read: Callable[[], Answer]) -> Answer:
    try:
        return read()
    except OperationalError as error:
        # A connection that was lost while nobody used it says so only now, and a standby cancels
        # what keeps it from replaying; reading again does no harm.
        here = connections[ALIAS]
        is_lost = here.connection is not None and here.connection.closed
        if here.in_atomic_block or not (
            is_lost or isinstance(error.__cause__, SerializationFailure)
        ):
            raise
        if is_lost:
            here.close()
        return read()


def _rows_of_each(statements: Sequence[tuple[str, Mapping[str, Any]]]) -> list[list[Row]]:
    here = connections[ALIAS]
    here.ensure_connection()
    with ExitStack() as cursors, here.wrap_database_errors:
        sent = []
        with here.connection.pipeline():
            for sql, parameters in statements:
                sent.append(cursors.enter_context(here.cursor()))
                sent[-1].execute(sql, parameters)
        return [cursor.fetchall() for cursor in sent]


def _rows(sql: str, parameters: Mapping[str, Any], prepared: bool) -> list[Row]:
    here = connections[ALIAS]
    if prepared and not (here.queries_logged or here.execute_wrappers):
        # Django's own cursor, which only counts and asks who may use it,
        # would take half as long again.
        here.ensure_connection()
        with here.wrap_database_errors, here.create_cursor() as plain:
            plain.execute(sql, parameters)
            answered: list[Row] = plain.fetchall()
            return answered
    with here.cursor() as cursor:
        if prepared:
            cursor.execute(sql, parameters)
        else:
            connection: Any = cursor.connection
            written, usual = (
                ClientCursor(connection).mogrify(sql, parameters),
                connection.prepare_threshold,
            )
            connection.prepare_threshold = None
            try:
                cursor.execute(written)
            finally:
                connection.prepare_threshold = usual
        fetched: list[Row] = cursor.fetchall()
        return fetched


def number(sql: str, parameters: Mapping[str, Any]) -> int:
    """Run one statement as the reader and return the one whole number that it answers."""
    value: int = rows(sql, parameters)[0][0]
    return value


def read_ahead(pieces: Iterator[Piece]) -> Generator[Piece]:
    """Yield pieces that are read over the publication's connection,
    each in a thread while the one before is taken.

    One piece ahead and no more, so memory stays bounded. A piece is read whole as soon as it can
    be: however slowly it is taken, the connection does nothing meanwhile. To be closed by whoever
    leaves early: collected as garbage, amid another statement, it would wait for itself.
    """
    connection = connections[ALIAS]

    def borrow() -> None:
        connections[ALIAS] = connection

    connection.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(max_workers=1, initializer=borrow) as reader:
            following = reader.submit(next, pieces, None)
            while (piece := following.result()) is not None:
                following = reader.submit(next, pieces, None)
                yield piece
    finally:
        connection.dec_thread_sharing()
