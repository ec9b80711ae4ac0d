"""Serve, publish, read, compare; the exit status is 1 if anything disagrees."""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from tests.consuming import ending
from tests.consuming.connection import Reader, Tags
from tests.consuming.followers import Follower
from tests.consuming.readers import Exporter, FeedReader, Pager, Revisitor
from tools.bench import place
from tools.bench.serving import OURS, served

READERS: Sequence[type[Reader]] = (
    Pager,
    Pager,
    Pager,
    FeedReader,
    FeedReader,
    Exporter,
    Exporter,
    Revisitor,
)
FOLLOWERS = 2


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.consuming", description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=180, help="how long editions are published (180)"
    )
    parser.add_argument("--rate", type=float, default=4, help="how many a second, at most (4)")
    parser.add_argument(
        "--stances", type=int, default=2_000, help="of the desk that is published first (2000)"
    )
    parser.add_argument(
        "--seed", type=int, default=20181201, help="of the desk, and of what everybody does"
    )
    return parser.parse_args(arguments)


def main(options: argparse.Namespace) -> int:
    """Play, and say what was done and what disagrees."""
    with place.database(), TemporaryDirectory() as directory:
        from tools.bench.desk import ISSUES, fill
        from tools.bench.editions import phase

        say(f"Publishing {options.stances} stances and all that they name …")
        fill(options.stances, ISSUES, options.seed)
        place.number_on()
        phase("first")
        with served([OURS], "") as (server,):
            return played(options, server.port, Path(directory))


def played(options: argparse.Namespace, port: int, directory: Path) -> int:
    """Let the editor publish and all others read, until time is over; then compare.
    Return the exit status.
    """
    over, tags = Event(), Tags()
    readers = [kind(port, tags, over, place) for place, kind in enumerate(READERS, start=1)]
    followers = [
        Follower(port, directory / f"copy-{place}", over, place) for place in range(FOLLOWERS)
    ]
    say(f"{len(readers) + len(followers)} readers read for {options.seconds:g} s …")
    begin = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "tests.consuming.editor",
        options.seed,
        options.seconds,
        options.rate,
    ]
    editor = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    for process in (*readers, *followers):
        process.start()
    made: dict[str, int] = json.loads(editor.communicate()[0] or "{}")
    over.set()
    for process in (*readers, *followers):
        process.join()
    say("Catching up …")
    for follower in followers:
        follower.catch_up()
    asker = Reader(port, tags, over, 0)
    feeds = [reader for reader in readers if isinstance(reader, FeedReader)]
    complaints = [*ending.complaints(asker, feeds, followers)]
    complaints += [says for checker in (*readers, *followers, asker) for says in checker.complaints]
    complaints += ["the editor ended with an error"] if editor.returncode else []
    print(
        "\n".join(summary(time.monotonic() - begin, made, [*readers, asker], followers, len(tags)))
    )
    print("\n".join(complaints) or "All that was compared agrees.")
    return 1 if complaints else 0


def summary(
    seconds: float,
    made: dict[str, int],
    readers: Sequence[Any],
    followers: Sequence[Follower],
    tags: int,
) -> list[str]:
    done: Counter[str] = sum((reader.done for reader in readers), Counter())
    editions = sum(count for what, count in made.items() if what not in ("refused", "nothing new"))
    return [
        f"In {seconds:.0f} s the editor made {editions} editions: "
        + ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in sorted(made.items())),
        f"{len(readers) - 1} readers: "
        + ", ".join(f"{count:,} {what}" for what, count in sorted(done.items())),
        f"{len(followers)} followers were killed "
        f"{sum(follower.kills for follower in followers)} times and took "
        f"{sum(follower.editions for follower in followers)} editions; at the end they held "
        + ", ".join(
            f"edition {follower.copy[0]} of {follower.copy[1]:,} records"
            for follower in followers
            if follower.copy
        ),
        f"{tags:,} answers by tag were the same bytes whenever they came.",
    ]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(parsed(sys.argv[1:])))
