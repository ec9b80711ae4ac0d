"""Make the votes, take them in, undone and out, and print what that took."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks import place
from tests.benchmarks.document import rewrite
from tests.benchmarks.tables import aligned
from tests.benchmarks.votes import files
from tests.benchmarks.votes.phases import Measured, phase

SEED = 20181201


def main(arguments: list[str]) -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.votes", description=__doc__)
    parser.add_argument("--votes", type=int, default=6_000, help="how many votes (6000)")
    parser.add_argument("--members", type=int, default=193, help="how many members have a ballot in each (193)")
    parser.add_argument("--document", type=Path, help="rewrite the results in this document: docs/performance.md")
    given = parser.parse_args(arguments)
    with place.database(None):
        page = taken_in(given.votes, given.members)
    print(page)
    if given.document:
        rewrite(given.document, "votes", page)


def taken_in(votes: int, members: int) -> str:
    """Import the votes in both forms, undo the first, publish and verify the other: V5."""
    found: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as directory:
        files.write_named(Path(directory), members)
        phase("imported", directory)
    for form in ("wide", "long"):
        with tempfile.TemporaryDirectory() as directory:
            say(f"Writing and importing {votes:,} votes, {form} …")
            files.write(Path(directory), votes, members, SEED, wide=form == "wide")
            found[f"imported, {form}"] = phase("imported", directory)
        if form == "wide":
            say("Undoing that …")
            found["undone"] = phase("undone")
    for what in ("published", "verified"):
        place.analyze()
        say(f"{what} …")
        found[what] = phase(what)
    return _table(found)


def _table(found: dict[str, Measured]) -> str:
    rows: list[Any] = [("V5", "seconds", "CPU s", "MiB at most", "MiB before", "PostgreSQL's")]
    rows.append(("---",) * len(rows[0]))
    for name, one in found.items():
        numbers = (one[key] for key in ("mib_peak", "mib_before", "mib_database"))
        rows.append((name, f"{one['seconds']:.1f}", f"{one['cpu']:.1f}", *(f"{mib:.0f}" for mib in numbers)))
    return aligned(rows)


def say(text: str) -> None:
    """Say what is going on."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
