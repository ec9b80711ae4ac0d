"""What to measure, from the command line."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.desk import ISSUES
from tests.benchmarks.work import NAMES, NAMES_OF_FIRST

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "var" / "benchmarks"
MIN_ISSUES = 40


@dataclass(frozen=True, slots=True)
class Options:
    """How much of what to measure; `data` is where the database is kept, None:
    in a directory that is removed.
    """

    stances: int
    issues: int
    editions: int
    rounds: int
    seconds: float
    encoding: str
    only: frozenset[str]
    first: bool
    publish: bool
    data: Path | None
    results: Path
    document: Path | None
    seed: int


def parsed(arguments: list[str]) -> Options:
    """Return the options that a command line gives;
    exits with a line that says what is wrong with it.
    """
    parser = argparse.ArgumentParser(prog="make bench BENCH=…", description=__doc__)
    parser.add_argument(
        "--stances", type=int, default=100_000, help="how many stances there are (100000)"
    )
    parser.add_argument(
        "--issues",
        type=int,
        default=ISSUES,
        help=f"how many issues, {MIN_ISSUES} or more ({ISSUES})",
    )
    parser.add_argument("--editions", type=int, default=1_000, help="how many editions (1000)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each work is done (7)")
    parser.add_argument("--seconds", type=float, default=3, help="how long each time (3)")
    parser.add_argument(
        "--encoding", choices=("gzip", "identity"), default="gzip", help="of all answers (gzip)"
    )
    parser.add_argument("--only", help="which work: R1,R4 (all)")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--first",
        action="store_true",
        help="measure on the first dataset, as a new tracker has it, instead of a generated desk",
    )
    instead.add_argument(
        "--publish", action="store_true", help="only publish all of it: in which time and memory"
    )
    parser.add_argument(
        "--data", type=Path, help="keep the database there, or use the one that is there"
    )
    parser.add_argument(
        "--results", type=Path, default=RESULTS, help="where results are written (var/benchmarks)"
    )
    parser.add_argument(
        "--document", type=Path, help="rewrite the results in this document: docs/performance.md"
    )
    parser.add_argument("--seed", type=int, default=20181201, help="of the generated desk")
    given = parser.parse_args(arguments)
    names = NAMES_OF_FIRST if given.first else NAMES
    only = frozenset(given.only.split(",") if given.only else names)
    if unknown := only - set(names):
        parser.error(f"there is no work {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return Options(
        stances=given.stances,
        issues=max(given.issues, MIN_ISSUES),
        editions=given.editions,
        rounds=given.rounds,
        seconds=given.seconds,
        encoding=given.encoding,
        only=only,
        first=given.first,
        publish=given.publish,
        data=given.data.absolute() if given.data else None,
        results=given.results,
        document=given.document,
        seed=given.seed,
    )
