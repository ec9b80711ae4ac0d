"""Make the database, serve the contestants, compare their answers, measure, report."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks import place, report, tables
from tests.benchmarks.contestants import ALL, FLOOR, OURS
from tests.benchmarks.desk import ISSUES
from tests.benchmarks.document import rewrite
from tests.benchmarks.load import missing
from tests.benchmarks.options import Options, parsed
from tests.benchmarks.processes import machine
from tests.benchmarks.serving import Server
from tests.benchmarks.work import Work

IMPORTED_AT_ONCE = 100_000  # nobody imports more in one change set


def main(options: Options) -> int:
    """Run the benchmark, print its tables and where the results are; return the exit status."""
    if not options.publish and (problem := missing()):
        say(problem)
        return 1
    with place.database(options.data) as directory:
        if options.publish:
            print(tables.whole(published(options)))
            return 0
        made = place.noted(directory) or make(options, directory)
        if made.get("first", False) != options.first:
            raise SystemExit(
                f"{directory} holds another desk than is to be measured: name another directory."
            )
        results = {
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine(),
            "made": made,
        }
        results |= measured(options)
    options.results.mkdir(parents=True, exist_ok=True)
    issues = "" if made["issues"] == ISSUES else f"-{made['issues']}"
    path = options.results / ("first.json" if options.first else f"{made['stances']}{issues}.json")
    base = options.results / "100000.json"
    if made["stances"] > 100_000 and base.exists():
        results["growth"] = report.growth(results["work"], json.loads(base.read_text())["work"])
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False))
    page = tables.page(results)
    print(f"\n{page}\n\nAll figures: {path}")
    if options.document:
        rewrite(options.document, "first" if options.first else "results", page)
    return 0


def make(options: Options, directory: Path) -> dict[str, Any]:
    """Make the desk and its editions, and return what is in it and what that took."""
    unfinished = directory / "unfinished"
    if unfinished.exists():
        raise SystemExit(f"{directory} holds a database that was not finished: remove it.")
    unfinished.touch()
    made = bootstrapped() if options.first else generated(options)
    place.settle()
    made["sizes"] = place.sizes()
    place.note(directory, made)
    unfinished.unlink()
    return made


def bootstrapped() -> dict[str, Any]:
    """Load the first dataset as a new tracker does, and return how much that is."""
    from django.core.management import call_command

    from tracker.models import Edition, Issue, Stance, Vote

    say("Loading the first dataset …")
    call_command("bootstrap", stdout=sys.stderr)
    models = {"stances": Stance, "issues": Issue, "votes": Vote, "editions": Edition}
    return {
        "first": True,
        **{name: model._default_manager.count() for name, model in models.items()},
    }


def generated(options: Options) -> dict[str, Any]:
    """Generate the desk and its editions, and return what that took."""
    from tests.benchmarks.editions import phase

    made: dict[str, Any] = {
        "stances": options.stances,
        "issues": options.issues,
        "editions": options.editions,
        "seed": options.seed,
    }
    imported = min(options.stances, IMPORTED_AT_ONCE)
    say(f"Importing {imported} stances, and taking them back …")
    made["importing"] = phase("imported", imported)
    made["publishing"] = published(options)
    place.analyze()
    say(f"Publishing up to edition {options.editions // 2} …")
    made["editions_before"] = phase("on", options.editions // 2, options.seed)
    say("Renaming what a third of all documents name …")
    made["renaming"] = phase("rename")
    say(f"Publishing up to edition {options.editions} …")
    made["editions_after"] = phase("on", options.editions, options.seed)
    say("Releasing …")
    made["releasing"] = phase("release")
    place.index_for_the_others()
    return made


def published(options: Options) -> dict[str, float]:
    """Generate the desk, publish all of it as the first edition, and return what that took."""
    from tests.benchmarks.copying import fill
    from tests.benchmarks.editions import phase

    say(f"Generating {options.stances} stances …")
    fill(options.stances, options.seed, issues=options.issues)
    place.analyze()
    say("Publishing all of it as edition 1 …")
    return phase("first")


def measured(options: Options) -> dict[str, Any]:
    """Serve the contestants and measure all that is asked for; on the first dataset ours alone."""
    from config.postgres import embedded
    from tests.benchmarks import exports, following, query_counts, responses, writing
    from tests.benchmarks.serving import served
    from tests.benchmarks.work import asked, small, works, works_of_first

    database = embedded.server()
    dsn = f"host={database.sockets} port={database.port} user=postgres dbname={embedded.DATABASE}"
    results: dict[str, Any] = {
        "rounds": options.rounds,
        "seconds": options.seconds,
        "encoding": options.encoding,
    }
    with (
        place.superuser() as connection,
        served((OURS, FLOOR) if options.first else (*ALL, FLOOR), dsn) as servers,
    ):
        last = int(str(connection.execute("SELECT max(number) FROM tracker_edition").fetchone()[0]))
        if options.first:
            reads = chosen(works_of_first(connection, servers[0].port, last), options)
            return results | timed(reads, servers, options, database.pid)
        what = asked(connection)
        with writing.written(connection) as write:
            todo = chosen([*works(what, servers, last), write], options)
            alike = responses.compare([work for work in todo if not work.writes], servers) + sum(
                writing.compare(work, servers, connection) for work in todo if work.writes
            )
            say(f"Comparing answers … {alike} records are alike.")
            results["statements"] = query_counts.counted(
                {**small(what), "W1": write.addresses}, servers
            )
            results |= timed(todo, servers, options, database.pid)
        if "R6" in options.only:
            say("Reading everything …")
            results["exports"] = exports.measured(
                servers, connection, database.pid, options.rounds, options.seed
            )
        if "F1" in options.only:
            say(f"Following {last} editions …")
            results["following"] = following.measured(servers, connection, database.pid)
    return results


def timed(
    works: list[Work], servers: list[Server], options: Options, postmaster: int
) -> dict[str, Any]:
    """Measure this work, round by round, and return what that means and every outcome."""
    from tests.benchmarks.rounds import measure

    say("Measuring …")
    outcomes = measure(works, servers, options, postmaster)
    return {"work": report.summary(works, outcomes, options.encoding), "raw": report.raw(outcomes)}


def chosen(works: list[Work], options: Options) -> list[Work]:
    """Return the work to do: what was asked for, and what that is held against."""
    wanted = [work for work in works if work.name.split()[0] in options.only]
    for name in sorted({"R7", "H3"} & options.only - {work.name for work in wanted}):
        say(f"{name} is left out: not all of it is answered with 304.")
    needed = {FLOOR.name} | {work.own for work in wanted} | {work.name for work in wanted}
    return [work for work in works if work.name in needed]


def say(text: str) -> None:
    """Say what is going on."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(parsed(sys.argv[1:])))
