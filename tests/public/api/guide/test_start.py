"""README.md and docs/api.md go as told on what a new tracker publishes:
requests, a copy in step, plots, figures.
"""

import csv
import gzip
import re
import shlex
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

import tracker
from tests.desk.api.working import Worker
from tests.public.api.client import Reader
from tests.public.api.guide.curl import HOST, Curl
from tests.public.api.guide.pages import README, START, agree, sections
from tests.public.api.test_csv_in_r import NO_R, RSCRIPT
from tracker.values.agreement import MEASURES, Sums

MANAGE = ".venv/bin/python manage.py "
PLOT_OF_POSITIONS, PLOT_OF_VOTES, _ = re.findall(
    r"```python\n(.*?)```", START.read_text(), re.DOTALL
)
(IN_R,) = re.findall(r"```r\n(.*?)```", START.read_text(), re.DOTALL)
DATASET = Path(tracker.__file__).parent / "dataset"
FILES = {
    "united-nations-general-assembly": (
        "general-assembly/votes.csv.gz",
        "general-assembly-2020-2021/votes.csv",
    ),
    "united-nations-security-council": ("security-council-votes/votes.csv.gz",),
}
CODES = {"yes": 1, "abstain": 0, "no": -1}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_new_tracker_answers_as_told(
    live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All in one, as its content takes a minute to publish."""
    call_command("bootstrap", stdout=StringIO(), stderr=StringIO())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    server = str(live_server)

    ask_what_is_shown(server)
    compare_with_files()
    draw_positions(server)
    draw_votes(server)
    assert {path.name for path in tmp_path.iterdir()} >= {
        "positions.png",
        "agreement.png",
        "agreement.pdf",
    }


def ask_what_is_shown(server: str) -> None:
    """Ask each command of both pages, in order, with an editor's token;
    those of the tracker's own ask a server.
    """
    curl = Curl(TOKEN=Worker("editors").token)
    for shown in (
        shown for page in (README, START) for _, commands in sections(page) for shown in commands
    ):
        is_own = shown.command.startswith(MANAGE)
        answer = managed(shown.command, server) if is_own else curl.lines(shown.command)
        assert agree(shown.lines, answer), "\n".join([shown.command, *answer])


def managed(command: str, server: str) -> list[str]:
    output = StringIO()
    arguments = shlex.split(command.removeprefix(MANAGE).replace(HOST, server))
    call_command(*arguments, stdout=output, no_color=True)
    return output.getvalue().replace(server, HOST).splitlines()


def compare_with_files() -> None:
    """Compare what the API counts in two bodies with their files, year by year:
    all votes, and the contested ones.
    """
    for body, unanimous in ((body, unanimous) for body in FILES for unanimous in ("keep", "drop")):
        asked = f"agreement/?actors=CHN,RUS,USA&body={body}&by=year&unanimous={unanimous}"
        by_pair = {
            other: counted(body, other, unanimous=unanimous == "keep")
            for other in ("russia", "united-states")
        }
        compared = 0
        for row in Reader().read(asked)["results"]:
            if row["first"]["slug"] == "china":
                sums = by_pair[row["second"]["slug"]][row["bucket"]]
                measured = {
                    name: of(sums) for name, of in MEASURES.items() if isinstance(of(sums), float)
                }
                assert {name: row[name] for name in measured} == pytest.approx(measured)
                assert row["compared"] == sums.n
                compared += 1
        assert compared == sum(map(len, by_pair.values()))


def counted(body: str, other: str, *, unanimous: bool) -> Mapping[str, Sums]:
    """Return what the files of a body say of China and another member, by year."""
    codes_by_year = defaultdict(list)
    for vote in votes(body):
        divided = sum(vote[f"tally_{choice}"] not in ("", "0") for choice in CODES) > 1
        if vote["kind"] in ("resolution", "draft") and (divided or unanimous):
            year = str(1945 + int(vote["session"])) if vote.get("session") else vote["held"][:4]
            codes_by_year[year] += (
                [(vote["china"], vote[other])]
                if {vote["china"], vote[other]} <= CODES.keys()
                else []
            )
    return {
        year: Sums.of((CODES[x], CODES[y]) for x, y in codes)
        for year, codes in codes_by_year.items()
        if codes
    }


def votes(body: str) -> Iterator[dict[str, str]]:
    for name in FILES[body]:
        path = DATASET / name
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as file
        ):
            yield from csv.DictReader(file)


def draw_positions(server: str) -> None:
    """Both went from strong support to support at some time from March to May 2019,
    until Maduro fell.
    """
    plot: dict[str, Any] = {}
    exec(PLOT_OF_POSITIONS.replace(HOST, server), plot)

    for actor in plot["actors"]:
        by_month = plot["scores"].loc["Maduro’s government", actor]
        bands = [(row.min, row.max) for row in by_month.rename(columns=str).itertuples(index=False)]
        assert bands == [(2, 2)] * 3 + [(1, 2)] * 3 + [(1, 1)] * (7 + 6 * 12 + 1)
    assert len(plot["figure"].axes) == len(plot["issues"]) * len(plot["actors"])


def draw_votes(server: str) -> None:
    """By pandas, of which the page tells figures, and by R."""
    plot: dict[str, Any] = {}
    exec(PLOT_OF_VOTES.replace(HOST, server), plot)
    means = {
        name: table.set_index(["second", "bucket"])["mean"]
        for name, table in plot["agreement"].items()
    }
    assembly, council = means["General Assembly"], means["Security Council"]
    assert (assembly["russia", 1988], assembly["russia", 1993]) == pytest.approx(
        (0.956, 0.621), abs=5e-4
    )
    assert (assembly["united-states", 1971], assembly["united-states", 2005]) == pytest.approx(
        (0.562, 0.144), abs=5e-4
    )
    assert (council["russia", 2020], council["russia", 2024]) == (0.875, 0.75)

    assert RSCRIPT, NO_R
    done = subprocess.run(
        [RSCRIPT, "--vanilla", "-e", IN_R.replace(HOST, server)], capture_output=True
    )
    assert done.returncode == 0, done.stderr
