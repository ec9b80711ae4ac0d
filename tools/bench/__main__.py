"""Make the database, serve the contestants, compare their answers, measure, report."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.bench import place, report
from tools.bench.desk import ISSUES
from tools.bench.load import missing
from tools.bench.processes import machine
from tools.bench.serving import ALL, FLOOR, OURS
from tools.bench.work import NAMES, NAMES_OF_FIRST, Work

RESULTS = Path(__file__).resolve().parents[2] / "var" / "benchmarks"
SEED = 20181201


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Return the options of a command line; exit with a line that says what is wrong with it."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--stances", type=int, default=100_000, help="how many stances (100000)")
    parser.add_argument("--issues", type=int, default=ISSUES, help=f"how many issues ({ISSUES})")
    parser.add_argument("--editions", type=int, default=1_000, help="how many editions (1000)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each work is done (7)")
    parser.add_argument("--seconds", type=float, default=3, help="how long each time (3)")
    parser.add_argument("--only", help="which work: R1,R4 (all)")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--first", action="store_true", help="measure on the first dataset, not a generated desk"
    )
    instead.add_argument(
        "--publish", action="store_true", help="only publish the desk: in which time and memory"
    )
    options = parser.parse_args(arguments)
    names = NAMES_OF_FIRST if options.first else NAMES
    options.only = set(options.only.split(",") if options.only else names)
    unknown = options.only - set(names)
    if unknown:
        parser.error(f"there is no work {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return options


def main(options: argparse.Namespace) -> int:
    """Run the benchmark, print its tables and where the results are; return the exit status."""
    problem = "" if options.publish else missing()
    if problem:
        say(problem)
        return 1
    with place.database():
        if options.publish:
            print(report.whole(published(options)))
            return 0
        made = bootstrapped() if options.first else generated(options)
        place.settle()
        results = {
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine(),
            "made": made,
            "rounds": options.rounds,
            "seconds": options.seconds,
            **measured(options),
        }
    RESULTS.mkdir(parents=True, exist_ok=True)
    name = "first" if options.first else f"{made['stances']}-{made['issues']}"
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False))
    page = report.page(results)
    print(f"\n{page}\n\nAll figures: {path}")
    return 0


def bootstrapped() -> dict[str, Any]:
    """Load the first dataset as a new tracker does, and return how much that is."""
    from django.core.management import call_command

    from tracker.models import Edition, Issue, Stance, Vote

    say("Loading the first dataset …")
    call_command("bootstrap", stdout=sys.stderr)
    return {
        "stances": Stance.objects.count(),
        "issues": Issue.objects.count(),
        "votes": Vote.objects.count(),
        "editions": Edition.objects.count(),
    }


def generated(options: argparse.Namespace) -> dict[str, Any]:
    """Generate the desk and its editions, and return what that took."""
    from tools.bench.editions import phase

    made: dict[str, Any] = {
        "stances": options.stances,
        "issues": options.issues,
        "editions": options.editions,
        "publishing": published(options),
    }
    place.do("ANALYZE")
    say("Renaming what a third of all documents name …")
    made["renaming"] = phase("rename")
    say(f"Publishing up to edition {options.editions} …")
    made["small_editions"] = phase("on", options.editions, SEED)
    place.do(*place.INDEXES.split(";"))
    return made


def published(options: argparse.Namespace) -> dict[str, float]:
    """Generate the desk, publish all of it as the first edition, and return what that took."""
    from tools.bench.desk import fill
    from tools.bench.editions import phase

    say(f"Generating {options.stances} stances …")
    fill(options.stances, options.issues, SEED)
    place.do("ANALYZE")
    say("Publishing all of it as edition 1 …")
    return phase("first")


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """Serve the contestants and measure all that is asked for; on the first dataset ours alone."""
    from config.postgres import embedded
    from tools.bench import exports, responses, work, writing
    from tools.bench.serving import served

    database = embedded.server()
    dsn = f"host={database.sockets} port={database.port} user=postgres dbname={embedded.DATABASE}"
    results: dict[str, Any] = {}
    contestants = (OURS, FLOOR) if options.first else ALL
    with place.superuser() as connection, served(contestants, dsn) as servers:
        ours = servers[0]
        if options.first:
            works = chosen(work.works_of_first(connection, ours.port), options.only)
            return {"work": timed(works, servers, options, database.pid)}
        with writing.written(connection) as write:
            works = chosen([*work.works(connection, servers), write], options.only)
            say(f"Comparing answers … {responses.compare(works, servers)} records are alike.")
            results["work"] = timed(works, servers, options, database.pid)
        if "R6" in options.only:
            say("Reading everything …")
            results["exports"] = exports.measured(ours, connection, options.rounds)
    return results


def timed(
    works: list[Work], servers: list[Any], options: argparse.Namespace, postmaster: int
) -> dict[str, Any]:
    """Measure this work, round by round, and return what that means."""
    from tools.bench.rounds import measure

    say("Measuring …")
    outcomes = measure(works, servers, options.rounds, options.seconds, postmaster)
    return report.summary(works, outcomes)


def chosen(works: list[Work], names: set[str]) -> list[Work]:
    """Return the work to do: what was asked for, and what that is held against, up to the last."""
    needed: set[str | None] = {FLOOR.name}
    for work in reversed(works):  # what a work is held against stands before it
        if work.name.split()[0] in names or work.name in needed:
            needed |= {work.name, work.own}
    return [work for work in works if work.name in needed]


def say(text: str) -> None:
    """Say what is going on."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(parsed(sys.argv[1:])))
