"""What comes next is read while what came before is sent; one piece ahead and no more, so memory stays bounded."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

from tracker.publication.read.connection import ALIAS

Piece = TypeVar("Piece")


def read_ahead(pieces: Iterator[Piece]) -> Generator[Piece]:
    """Yield pieces that are read over the publication's connection, each in a thread while the one before is taken.

    A piece is read whole as soon as it can be: however slowly it is taken, the connection does nothing meanwhile.
    To be closed by whoever leaves early: collected as garbage, amid another statement, it would wait for itself.
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
