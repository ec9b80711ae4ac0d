"""Files of any number of stances, made up, with the actors, issues and sources that they name.

`python -m tests.desk.imports.many DIRECTORY 100000` writes them,
for `manage.py import` to be measured with.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ACTORS = 200
CLAIM = {
    "position": "supports",
    "since": "2018",
    "basis": "statement",
    "confidence": "moderate",
    "standing": "accepted",
    "instruments": '["diplomatic"]',
    "summary": "It said so, in so many words, and more than once.",
}


def write_many(directory: Path, *, stances: int, series: str = "stance") -> None:
    """Write files of so many stances, no two of one actor on one issue, each cited once;
    `series` begins their refs.
    """
    issues = -(-stances // ACTORS)
    _write(
        directory,
        "actors",
        ({"slug": f"a-{n}", "kind": "state", "name": f"Actor {n}"} for n in range(ACTORS)),
    )
    _write(
        directory,
        "issues",
        (
            {"slug": f"i-{n}", "title": f"Issue {n}", "question": "Should it be?"}
            for n in range(issues)
        ),
    )
    _write(
        directory,
        "sources",
        (
            {"ref": f"s-{n}", "type": "webpage", "title": f"Source {n}", "issued": "2019-06"}
            for n in range(ACTORS)
        ),
    )
    _write(directory, "stances", (_stance(n, series) for n in range(stances)))


def _stance(n: int, series: str) -> dict[str, str]:
    citation = {
        "source": f"s-{n % ACTORS}",
        "relation": "supports",
        "locator_label": "paragraph",
        "locator": str(n),
    }
    return {
        "ref": f"{series}-{n}",
        "actor": f"a-{n % ACTORS}",
        "issue": f"i-{n // ACTORS}",
        **CLAIM,
        "confirmed_on": "",
        "citations": json.dumps([citation], separators=(",", ":")),
    }


def _write(directory: Path, name: str, rows: Iterator[dict[str, str]]) -> None:
    first = next(rows)
    with (directory / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


if __name__ == "__main__":
    write_many(Path(sys.argv[1]), stances=int(sys.argv[2]))
