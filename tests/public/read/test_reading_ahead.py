"""Pieces read ahead: one and no more, in a thread that borrows the connection,
and gives it back.
"""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connections

from tracker.public.read.connection import ALIAS, read_ahead, rows

pytestmark = pytest.mark.django_db


class Pieces:
    """Five pieces, which know how many of them were read, and by which threads."""

    def __init__(self) -> None:
        self.read = 0
        self.threads: set[int] = set()

    def __iter__(self) -> Iterator[int]:
        for number in range(5):
            self.read += 1
            self.threads.add(threading.get_ident())
            yield rows(f"SELECT {number}", {})[0][0]


def settled(pieces: Pieces) -> int:
    before = -1
    while pieces.read != before:
        before = pieces.read
        time.sleep(0.1)
    return before


def test_all_pieces_come_in_their_order_over_the_same_connection():
    pieces = Pieces()

    assert list(read_ahead(iter(pieces))) == [0, 1, 2, 3, 4]
    assert len(pieces.threads) == 1
    assert threading.get_ident() not in pieces.threads


def test_one_is_read_ahead_and_no_more():
    pieces = Pieces()
    ahead = read_ahead(iter(pieces))

    assert settled(pieces) == 0
    for number in range(3):
        assert next(ahead) == number
        assert settled(pieces) == number + 2
    ahead.close()


def test_whoever_leaves_early_leaves_no_thread_and_no_shared_connection():
    threads = threading.active_count()
    ahead = read_ahead(iter(Pieces()))
    next(ahead)
    assert connections[ALIAS].allow_thread_sharing

    ahead.close()

    assert threading.active_count() == threads
    assert connections[ALIAS].allow_thread_sharing is False


def test_what_goes_wrong_in_reading_reaches_who_takes():
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    ahead = read_ahead(broken())

    assert next(ahead) == 1
    with pytest.raises(ValueError, match="no more"):
        next(ahead)
