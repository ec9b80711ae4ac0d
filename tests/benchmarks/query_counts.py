"""How many SQL statements a request takes:
PostgreSQL logs them for a moment, and they are counted.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice

from config.postgres import embedded
from tests.benchmarks.contestants import Contestant
from tests.benchmarks.load import Address, asked
from tests.benchmarks.place import superuser
from tests.benchmarks.serving import Server

TIMES, WARM = 20, 40
STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*): ")
SECONDS_UNTIL_HEARD = 0.5


def counted(
    work: dict[str, dict[Contestant, list[Address]]], servers: list[Server]
) -> dict[str, dict[str, float]]:
    """Return, by work and contestant,
    how many statements one request takes once its connection is open.
    """
    ports = {server.contestant: server.port for server in servers}
    counts: dict[str, dict[str, float]] = {}
    for name, by_contestant in work.items():
        counts[name] = {
            contestant.name: _count(ports[contestant], addresses)
            for contestant, addresses in by_contestant.items()
        }
    return counts


def _count(port: int, addresses: list[Address]) -> float:
    turns = cycle(addresses)
    for address in islice(turns, WARM):
        asked(port, address)
    with _logging() as begin:
        for address in islice(turns, TIMES):
            asked(port, address)
        time.sleep(SECONDS_UNTIL_HEARD)
        logged = embedded.cluster().log_since(begin)
    return len(STATEMENT.findall(logged)) / TIMES


@contextmanager
def _logging() -> Iterator[int]:
    """Let all statements be logged; give where in the log they begin, in bytes."""
    with superuser() as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(SECONDS_UNTIL_HEARD)
    yield embedded.cluster().size_of_log()
    with superuser() as connection:
        connection.execute("ALTER SYSTEM RESET log_statement")
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(SECONDS_UNTIL_HEARD)
