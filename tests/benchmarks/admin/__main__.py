"""Measure the admin's pages at each size, and print them beside each other."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.document import rewrite
from tests.benchmarks.tables import aligned

SIZES = (1_000, 100_000)
SEED = 20181201
CostsBySize = dict[int, dict[str, dict[str, float]]]


def main(arguments: list[str]) -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.admin", description=__doc__)
    parser.add_argument(
        "--stances", default=",".join(map(str, SIZES)), help="how many, for each desk (1000,100000)"
    )
    parser.add_argument(
        "--data", type=Path, help="keep the desks below this directory, or use those that are there"
    )
    parser.add_argument(
        "--document", type=Path, help="rewrite the results in this document: docs/performance.md"
    )
    given = parser.parse_args(arguments)
    sizes = [int(size) for size in given.stances.split(",")]
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as temporary:
        root = given.data.absolute() if given.data else Path(temporary)
        page = table({size: measured(size, root / str(size)) for size in sizes})
    print(page)
    if given.document:
        rewrite(given.document, "admin", page)


def measured(stances: int, directory: Path) -> dict[str, dict[str, float]]:
    """Measure one desk in a process of its own, which may use settings and a server of its own."""
    print(f"The admin's pages with {stances} stances …", file=sys.stderr, flush=True)
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.admin.measured",
        str(stances),
        str(SEED),
        str(directory),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    costs: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return costs


def table(costs_by_size: CostsBySize) -> str:
    """Return the pages, one a line, with what each costs at each size."""
    heads = [
        f"{what}, {size:,} stances"
        for what in ("queries", "ms", "rows read")
        for size in costs_by_size
    ]
    rows: list[Any] = [("page", *heads), tuple("---" for _ in ["", *heads])]
    for name in next(iter(costs_by_size.values())):
        costs = [by_page[name] for by_page in costs_by_size.values()]
        rows.append(
            (name, *(_cell(cost, what) for what in ("queries", "ms", "rows") for cost in costs))
        )
    return aligned(rows)


def _cell(cost: dict[str, float], what: str) -> str:
    return (
        f"{cost[what]:.0f}"
        if what == "rows"
        else f"{cost[what]:g}"
        if what == "queries"
        else f"{cost[what]:.1f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
