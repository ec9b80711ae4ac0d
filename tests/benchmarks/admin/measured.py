"""One desk: made, worked on, and its pages asked for;
prints what they cost as JSON, in a process of its own.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import place

TIMES = 7
SCANS = ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan", "Sample Scan", "Tid Scan")


def measured(stances: int, seed: int, directory: Path) -> dict[str, dict[str, float]]:
    """Return what each page costs:
    statements, milliseconds, and the most rows that one statement read.
    """
    from tests.benchmarks.admin.pages import pages

    with place.database(directory):
        if not place.noted(directory):
            place.note(directory, make(stances, seed))
        return {name: cost(address) for name, address in pages()}


def make(stances: int, seed: int) -> dict[str, Any]:
    """Fill the desk, work on it, and let PostgreSQL count what is there."""
    from tests.benchmarks.admin.working import work
    from tests.benchmarks.copying import fill

    fill(stances, seed, sources=max(300, stances * 3 // 10))
    place.analyze()
    team = work(seed)
    with place.superuser() as connection:
        connection.execute("VACUUM (ANALYZE)")
        events = connection.execute("SELECT count(*) FROM tracker_event").fetchone()
    return {"stances": stances, "events": events and events[0], **team}


def cost(address: str) -> dict[str, float]:
    """Ask for a page as an administrator, warm, and return what that takes."""
    from django.db import connection

    client = somebody()
    took = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        status = client.get(address).status_code
        took.append(time.perf_counter() - begin)
        if status != 200:
            raise RuntimeError(f"{address} answers {status}")
    with connection.execute_wrapper(reading := Reading()):
        client.get(address)
    return {
        "queries": reading.statements,
        "ms": median(took[1:]) * 1e3,
        "rows": max(reading.rows, default=0),
    }


def somebody() -> Any:
    """Return the browser of the administrator."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(username="administrators"))
    return client


class Reading:
    """Counts statements, and notes how many rows PostgreSQL takes
    from tables and indexes for each that reads.
    """

    def __init__(self) -> None:
        self.statements = 0
        self.rows: list[float] = []

    def __call__(
        self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Let a statement be explained where it runs, then run."""
        self.statements += 1
        if isinstance(sql, str) and sql.lstrip(" (\n").startswith(("SELECT", "WITH")):
            cursor = context["connection"].connection.cursor()
            (plan,) = cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params).fetchone()
            self.rows.append(_rows(plan[0]["Plan"]))
        return execute(sql, params, many, context)


def _rows(node: dict[str, Any]) -> float:
    own = 0.0
    if node["Node Type"] in SCANS:
        dropped = node.get("Rows Removed by Filter", 0) + node.get(
            "Rows Removed by Index Recheck", 0
        )
        own = (node["Actual Rows"] + dropped) * node["Actual Loops"]
    return own + sum(_rows(below) for below in node.get("Plans", []))


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
