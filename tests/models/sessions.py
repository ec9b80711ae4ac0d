"""Several connections at once, each in a thread of its own,
so that one can wait for another in sight of the test.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from time import monotonic, sleep
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection


class Session:
    """A connection of its own that works as the application;
    every statement commits unless it began with BEGIN.
    """

    def __init__(self) -> None:
        parameters = connection.get_connection_params()
        self._connection = psycopg.connect(
            **{**parameters, "cursor_factory": None}, autocommit=True
        )
        self._connection.execute(f"SET ROLE {settings.APPLICATION}")
        self._thread = ThreadPoolExecutor(1)
        self.pid = self._connection.info.backend_pid

    def start(self, sql: str, *parameters: object) -> "Future[list[tuple[Any, ...]]]":
        """Start a statement and return at once; the result raises psycopg's error."""
        return self._thread.submit(self._run, sql, parameters)

    def do(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Run a statement to its end and return its rows."""
        return self.start(sql, *parameters).result(timeout=20)

    def meet(self, barrier: Barrier) -> None:
        """Let what is started next begin when all others have come to the barrier."""
        self._thread.submit(barrier.wait, 20)

    def waits(self, statement: "Future[Any]") -> bool:
        """Tell whether a statement of this session waits for a lock; False once it is done."""
        return waits_for_a_lock(statement, f"pid = {self.pid}")

    def close(self) -> None:
        """Roll back what is under way, and disconnect."""
        self._connection.cancel_safe()
        self._thread.shutdown()
        self._connection.close()

    def _run(self, sql: str, parameters: tuple[object, ...]) -> list[tuple[Any, ...]]:
        cursor = self._connection.execute(sql, parameters or None)
        return cursor.fetchall() if cursor.description else []


def waits_for_a_lock(work: "Future[Any]", where: str = "datname = current_database()") -> bool:
    """Tell whether what works in the backends `where` says waits for a lock;
    False once it is done.
    """
    until = monotonic() + 20
    with connection.cursor() as cursor:
        while not work.done() and monotonic() < until:
            cursor.execute(
                f"SELECT FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0 "
                f"AND {where}"
            )
            if cursor.rowcount:
                return True
            sleep(0.005)
    return False
