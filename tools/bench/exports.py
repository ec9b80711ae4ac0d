"""R6: all stances as NDJSON and as CSV over HTTP, against `COPY` of the same documents."""

import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from tools.bench.responses import DifferentError
from tools.bench.serving import Server, got
from tools.bench.work import Connection

ADDRESS = "/api/v1/stances/?standing=any&format={}"
FORMS = ("ndjson", "csv")
COPY = "COPY (SELECT body FROM tracker_stancedocument WHERE closed IS NULL) TO STDOUT"


def measured(server: Server, connection: Connection, rounds: int) -> dict[str, Any]:
    """Return the median rows a second of each form and of COPY; they take turns."""
    rows = len(got(server.port, ADDRESS.format("ndjson"))[2].splitlines())
    if rows != copied(connection):
        raise DifferentError("R6: NDJSON holds other records than COPY gives")
    rates: dict[str, list[float]] = {"copy": [], **{form: [] for form in FORMS}}
    for _ in range(rounds):
        rates["copy"].append(rows / seconds_of(partial(copied, connection)))
        for form in FORMS:
            read = partial(got, server.port, ADDRESS.format(form))
            rates[form].append(rows / seconds_of(read))
    return {"rows": rows, "per_second": {name: median(each) for name, each in rates.items()}}


def copied(connection: Connection) -> int:
    """Read all documents by COPY, drop them, and return how many there were."""
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        return sum(1 for _ in copy)


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin
