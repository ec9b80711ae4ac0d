"""V1 to V4: how much actors agree, asked of the API and counted by pandas, by turns,
and a page of votes.

pandas has the votes in memory, as codes, from the file that was imported; reading that isn't
measured. It counts what an analyst would: the same six measures, and for V1b the same draws of
days. The API answers within this process, as over HTTP but for the server: its view, the
statements, the JSON; no answer is given again.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from math import isnan
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.benchmarks.place import use_django
from tests.benchmarks.votes.files import CODES, FIRST_YEAR, members

DRAWS, ENDS = 1_000, (2.5, 97.5)
MEASURES = ("identical", "mean", "s", "kappa", "pi", "alpha")
ROUNDS = 7
Counts = Any  # of pandas: for each bucket what is summed over its votes, or what the measures are
Counted = dict[tuple[str, str], Counts]


class Question(NamedTuple):
    """What is asked of the API, and what counts the same of a table of codes."""

    name: str
    asks: str
    path: str
    count: Callable[[Any], Counted]


def questions(slugs: list[str]) -> list[Question]:
    """Return what is asked."""
    one, other, twenty = slugs[0], slugs[1], slugs[:20]
    pair = f"/api/v1/agreement/?actors={one},{other}&by=year"

    def by_year(table: Any) -> Counted:
        return {(one, other): measures(summed(table, one, other, ["year"]))}

    def with_intervals(table: Any) -> Counted:
        intervals(summed(table, one, other, ["year", "day"]))
        return by_year(table)

    def of_each_pair(table: Any) -> Counted:
        return {of: measures(summed(table, *of, ["all"])) for of in combinations(twenty, 2)}

    def with_everybody(table: Any) -> Counted:
        return {
            (one, with_): measures(summed(table, one, with_, ["year"]))
            for with_ in slugs
            if with_ != one
        }

    return [
        Question("V1", "a pair by year", pair, by_year),
        Question("V1b", "a pair by year, with intervals", f"{pair}&interval=true", with_intervals),
        Question("V2", "20 × 20", f"/api/v1/agreement/?actors={','.join(twenty)}", of_each_pair),
        Question(
            "V3",
            f"one with {len(slugs)} by year",
            f"/api/v1/agreement/?actor={one}&by=year",
            with_everybody,
        ),
    ]


def summed(table: Any, first: str, other: str, by: list[str]) -> Counts:
    """Return what the measures are made of, by bucket:
    over votes that aren't unanimous and that both took part in.
    """
    both = table.loc[table.divided, [first, other]].dropna()
    x, y = both[first], both[other]
    sums = both.assign(
        n=1, same=x == y, d=(x - y).abs(), dd=(x - y) ** 2, x=x, y=y, xx=x * x, yy=y * y, xy=x * y
    )
    return (
        sums.drop(columns=[first, other])
        .groupby([table.loc[both.index, name] for name in by])
        .sum()
    )


def measures(sums: Counts) -> Counts:
    """Return the six measures; pandas has NaN where one is undefined."""
    n, squares = sums.n, sums.xx + sums.yy
    pi = 1 - sums.dd / (squares - (sums.x + sums.y) ** 2 / (2 * n))
    shares = {
        "identical": sums.same / n,
        "mean": 1 - sums.d / (2 * n),
        "s": 1 - sums.d / n,
        "kappa": 1 - sums.dd / (squares - 2 * sums.x * sums.y / n),
        "pi": pi,
        "alpha": 1 - (1 - pi) * (2 * n - 1) / (2 * n),
    }
    return sums.assign(**shares)[list(MEASURES)]


def intervals(by_day: Counts) -> dict[int, Any]:
    """Return percentiles of the measures, by year, over draws of its days."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(1)
    ends_by_year = {}
    for year, days in by_day.groupby(level=0):
        drawn = random.integers(len(days), size=(DRAWS, len(days)))
        sums = pd.DataFrame(days.to_numpy(dtype=float)[drawn].sum(axis=1), columns=days.columns)
        ends_by_year[year] = np.nanpercentile(measures(sums).to_numpy(), ENDS, axis=0)
    return ends_by_year


def coded(path: Path, slugs: list[str]) -> Any:
    """Return the votes of a file as codes, with their year and day."""
    import pandas as pd

    table = pd.read_csv(
        path, usecols=["session", "held", "tally_yes", "tally_no", "tally_abstain", *slugs]
    )
    codes = table[slugs].apply(lambda cast: cast.map(CODES))
    tally = table[["tally_yes", "tally_no", "tally_abstain"]]
    about = {
        "all": 0,
        "year": FIRST_YEAR + table.session,
        "day": table.held,
        "divided": (tally > 0).sum(axis=1) > 1,
    }
    return pd.concat([pd.DataFrame(about), codes], axis=1)


def asked(path: Path, count: int) -> list[dict[str, Any]]:
    """Ask and count everything by turns;
    return of each question what it took, and how far the figures are apart.
    """
    from django.db import connections
    from django.test import Client

    slugs, client = members(count), Client(HTTP_HOST="localhost")
    table, statements, rows = coded(path, slugs), Statements(), []
    with (
        connections["publication"].execute_wrapper(statements),
        connections["default"].execute_wrapper(statements),
    ):
        for question in questions(slugs):
            rounds = [_round(question, client, table, statements) for _ in range(ROUNDS + 1)][1:]
            last = rounds[-1]
            rows.append(
                {
                    "name": f"{question.name}, {question.asks}",
                    **{
                        key: median(times[key] for times in rounds)
                        for key in ("ours", "pandas", "statement")
                    },
                    "ratio": median(times["ours"] / times["pandas"] for times in rounds),
                    **{key: last[key] for key in ("statements", "rows", "apart", "bytes")},
                }
            )
        rows += _pages(client, statements)
    return rows


class Statements:
    """Counts the statements of a request, and notes how long the longest took, in milliseconds."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def __call__(
        self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Run a statement."""
        begin = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.taken.append((time.perf_counter() - begin) * 1e3)


def _round(question: Question, client: Any, table: Any, statements: Statements) -> dict[str, Any]:
    from tracker.public.http.caching import RESPONSES

    RESPONSES.clear()  # what is measured is what it takes to count, not to give again
    ours, answer, executed = _got(client, question.path, statements)
    begin = time.perf_counter()
    counted = question.count(table)
    pandas = (time.perf_counter() - begin) * 1e3
    rows = answer.json()["results"]
    return {
        "ours": ours,
        "pandas": pandas,
        "statement": max(executed),
        "statements": len(executed),
        "rows": len(rows),
        "bytes": len(answer.content),
        "apart": apart(rows, counted),
    }


def _got(client: Any, path: str, statements: Statements) -> tuple[float, Any, list[float]]:
    """Return how many milliseconds an answer took, the answer,
    and what each of its statements took.
    """
    statements.taken = []
    begin = time.perf_counter()
    answer = client.get(path)
    took = (time.perf_counter() - begin) * 1e3
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}: {answer.content.decode()[:500]}")
    return took, answer, statements.taken


def apart(rows: list[Mapping[str, Any]], counted: Counted) -> float:
    """Return how far the measures are apart at most:
    infinitely if one of the two has a row that the other lacks.
    """
    theirs = {
        (*pair, None if table.index.name == "all" else str(bucket)): values
        for pair, table in counted.items()
        for bucket, *values in table.itertuples()
    }
    ours = {
        (row["first"]["slug"], row["second"]["slug"], row["bucket"]): [
            row[name] for name in MEASURES
        ]
        for row in rows
    }
    if ours.keys() != theirs.keys():
        return float("inf")
    return max(
        _between(mine, other)
        for key in ours
        for mine, other in zip(ours[key], theirs[key], strict=True)
    )


def _between(ours: float | None, theirs: float) -> float:
    if ours is None or isnan(theirs):
        return 0.0 if ours is None and isnan(theirs) else float("inf")
    return abs(ours - theirs)


def _pages(client: Any, statements: Statements) -> Iterator[dict[str, Any]]:
    """Yield what pages take: the API's of 50 votes with all ballots;
    the list for readers, and a vote, made anew.
    """
    listed = "/api/v1/votes/?page_size=50"
    ids = [vote["id"] for vote in client.get(listed).json()["results"]]
    for name, paths in (
        ("V4, a page of 50 votes with all ballots", [listed] * len(ids)),
        ("the list for readers", [f"/votes/?on=2021-01-{day:02}" for day in range(1, 32)]),
        ("the page of a vote for readers", [f"/votes/{vote}/" for vote in ids]),
    ):
        rounds = [_got(client, path, statements) for path in paths[: ROUNDS + 1]][1:]
        _, answer, executed = rounds[-1]
        yield {
            "name": name,
            "ours": median(times[0] for times in rounds),
            "statement": median(max(times[2]) for times in rounds),
            "statements": len(executed),
            "bytes": len(answer.content),
        }


if __name__ == "__main__":
    use_django()
    print(json.dumps(asked(Path(sys.argv[1]), int(sys.argv[2]))))
