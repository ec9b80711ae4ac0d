"""Votes of a body of many members, from a seed: as files that are imported."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

BODY, SOURCE = "assembly", "roll-calls"
CHOICES, ABSTAIN, ABSENT = ("yes", "no", "abstain", "absent"), 18, 8
SESSIONS = range(26, 75)
FIRST_YEAR = 1945
HEAD = (
    "ref",
    "body",
    "symbol",
    "title",
    "held",
    "session",
    "kind",
    "outcome",
    "tally_yes",
    "tally_no",
    "tally_abstain",
    "tally_absent",
)


def members(count: int) -> list[str]:
    """Return the slugs of so many members."""
    return [f"member-{number:03}" for number in range(count)]


def cast(votes: int, count: int, seed: int) -> Iterator[list[str]]:
    """Yield for each vote what each of so many members cast, each after its own leaning."""
    random = Random(seed)
    leanings = [random.random() for _ in range(count)]
    weights = [
        (20 + 62 * leaning, 12 + 30 * (1 - leaning), ABSTAIN, ABSENT) for leaning in leanings
    ]
    for _ in range(votes):
        yield [random.choices(CHOICES, of)[0] for of in weights]


def session(number: int, votes: int) -> int:
    """Return the session of a vote."""
    return SESSIONS[number * len(SESSIONS) // votes]


def write_named(directory: Path, count: int) -> None:
    """Write the files of what votes name: the body, its members, the source."""
    frames = json.dumps([{"kinds": ["resolution"], "since": "1971-01-01", "until": "2020-12-31"}])
    states = [(slug, "state", slug.capitalize(), "") for slug in members(count)]
    body = (BODY, "organization", "Assembly", frames)
    _write(directory / "actors.csv", ("slug", "kind", "name", "frames"), [body, *states])
    _write(directory / "sources.csv", ("ref", "type", "title"), [(SOURCE, "dataset", "Roll calls")])


def write(
    directory: Path, votes: int, count: int, seed: int, *, wide: bool, series: str = "v"
) -> None:
    """Write the votes: what members cast in columns of votes.csv, or in ballots.csv;
    `series` begins their refs.
    """
    slugs = members(count)
    votes_head = (*HEAD, *(slugs if wide else ()), "citations")
    _write(directory / "votes.csv", votes_head, _votes(votes, count, seed, series, wide=wide))
    if not wide:
        _write(
            directory / "ballots.csv",
            ("vote", "actor", "choice"),
            _ballots(votes, slugs, seed, series),
        )


def _votes(
    votes: int, count: int, seed: int, series: str, *, wide: bool
) -> Iterator[Iterable[object]]:
    random = Random(seed)
    for number, choices in enumerate(cast(votes, count, seed)):
        year = FIRST_YEAR + session(number, votes)
        day = f"{year}-{random.randint(9, 12):02}-{random.randint(1, 28):02}"
        tally = [choices.count(choice) for choice in CHOICES]
        outcome = "adopted" if tally[0] > tally[1] else "rejected"
        columns = (
            f"{series}-{number}",
            BODY,
            f"A/{number}",
            f"On {number}",
            day,
            session(number, votes),
            "resolution",
            outcome,
        )
        yield (*columns, *tally, *(choices if wide else ()), f"{SOURCE} no. {number}")


def _ballots(votes: int, slugs: list[str], seed: int, series: str) -> Iterator[Iterable[object]]:
    for number, choices in enumerate(cast(votes, len(slugs), seed)):
        yield from (
            (f"{series}-{number}", slug, choice)
            for slug, choice in zip(slugs, choices, strict=True)
        )


def _write(path: Path, head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
