"""Make the votes, take them in, undone and out, ask how much actors agree,
and print what that took: V1 to V5.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks import place
from tests.benchmarks.document import rewrite
from tests.benchmarks.tables import aligned
from tests.benchmarks.votes import files
from tests.benchmarks.votes.phases import Measured, phase

SEED = 20181201
HEADS = {
    "ours": "ms", "pandas": "pandas, ms", "ratio": "÷ pandas", "statement": "longest statement, ms",
    "statements": "statements", "rows": "rows", "bytes": "bytes", "apart": "figures apart",
}  # fmt: skip
PHASE_HEADS = {
    "seconds": "seconds", "cpu": "CPU s", "mib_peak": "MiB at most", "mib_before": "MiB before",
    "mib_database": "MiB of PostgreSQL's process",
}  # fmt: skip


def main(arguments: list[str]) -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.votes", description=__doc__)
    parser.add_argument("--votes", type=int, default=6_000, help="how many votes (6000)")
    parser.add_argument(
        "--members", type=int, default=193, help="how many members have a ballot in each (193)"
    )
    parser.add_argument(
        "--data", type=Path, help="keep the database there, or use the one that is there"
    )
    parser.add_argument(
        "--document", type=Path, help="rewrite the results in this document: docs/performance.md"
    )
    given = parser.parse_args(arguments)
    with place.database(given.data and given.data.absolute()) as directory:
        made = place.noted(directory) or taken_in(given.votes, given.members, directory)
        page = written(made, asked(made))
    print(page)
    if given.document:
        rewrite(given.document, "votes", page)


def taken_in(votes: int, members: int, directory: Path) -> dict[str, Any]:
    """Import the votes in both forms, undo the first, publish and verify the other: V5."""
    measured_by_phase: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as named:
        files.write_named(Path(named), members)
        phase("imported", named)
    for form in ("wide", "long"):
        with tempfile.TemporaryDirectory() as written:
            say(f"Importing {votes:,} votes, {form} …")
            files.write(Path(written), votes, members, SEED, wide=form == "wide")
            measured_by_phase[f"imported, {form}"] = phase("imported", written)
        if form == "wide":
            say("Undoing that …")
            measured_by_phase["undone"] = phase("undone")
    for what in ("published", "verified"):
        say(f"To be {what} …")
        place.analyze()
        measured_by_phase[what] = phase(what)
    with place.superuser() as connection:
        connection.execute("VACUUM (ANALYZE)")
    made = {
        "votes": votes,
        "members": members,
        "phases": measured_by_phase,
        "on": datetime.now(UTC).date().isoformat(),
    }
    place.note(directory, made)
    return made


def asked(made: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ask the questions in a process of its own, which has the votes as codes, too: V1 to V4."""
    say("Asking, and counting by pandas …")
    with tempfile.TemporaryDirectory() as written:
        files.write(Path(written), made["votes"], made["members"], SEED, wide=True)
        file, members = str(Path(written) / "votes.csv"), str(made["members"])
        command = [sys.executable, "-m", "tests.benchmarks.votes.questions", file, members]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def written(made: Mapping[str, Any], questions: Iterable[Mapping[str, Any]]) -> str:
    """Return everything that was found."""
    votes, members = made["votes"], made["members"]
    phases = [{"name": f"V5, {name}", **figures} for name, figures in made["phases"].items()]
    says = (
        f"{votes:,} votes of {members:,} members, {votes * members:,} ballots; taken in on "
        f"{made['on']}."
    )
    return "\n\n".join([says, _table(HEADS, questions), _table(PHASE_HEADS, phases)])


def _table(heads: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> str:
    head = ("", *heads.values())
    body = [(row["name"], *(_cell(row.get(key)) for key in heads)) for row in rows]
    return aligned([head, tuple("---" for _ in head), *body])


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value}"
    return f"{value:.0e}" if 0 < value < 1e-6 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def say(text: str) -> None:
    """Say what is going on."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
