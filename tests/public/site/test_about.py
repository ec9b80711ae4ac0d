"""How to get the data, as the page about the tracker says it:
its lines are run by curl, Python and R.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client

from tests.public.api.publishing import publish_whole
from tests.public.site.pages import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MISSING = (
    "there is no {} here: `apt install curl r-base-core` to run the lines of the page about the "
    "tracker"
)


@pytest.fixture
def lines(live_server: object) -> dict[str, str]:
    """Return the lines of the page, by the program that they are for; two stances are public."""
    publish_whole(*make().values())
    host = str(live_server).removeprefix("http://")
    page = Client(headers={"Host": host}).get("/about/").content.decode()
    pairs = re.findall(r"<dt>(\w+)</dt>\s*<dd><pre[^>]*><code>(.*?)</code>", page, re.DOTALL)
    return {program: unescape(line) for program, line in pairs}


def run(program: str, *arguments: str, where: Path) -> str:
    if shutil.which(program) is None:
        pytest.fail(MISSING.format(program)) if os.environ.get("CI") == "true" else pytest.skip(
            MISSING.format(program)
        )
    return subprocess.run(
        [program, *arguments], cwd=where, capture_output=True, text=True, check=True
    ).stdout


def test_there_is_a_line_for_each(lines: dict[str, str]) -> None:
    assert lines.keys() == {"curl", "pandas", "R"}


def test_curl_fetches_the_table(lines: dict[str, str], tmp_path: Path) -> None:
    program, *arguments = lines["curl"].split()
    run(program, *arguments, where=tmp_path)

    table = (tmp_path / "stances.csv").read_text(encoding="utf-8")
    assert {row["actor"] for row in csv.DictReader(StringIO(table))} == {"china", "russia"}


def test_pandas_reads_the_table(lines: dict[str, str], tmp_path: Path) -> None:
    output = run(
        sys.executable,
        "-c",
        f"import pandas\n{lines['pandas']}\nprint(*sorted(stances.actor))",
        where=tmp_path,
    )

    assert output.split() == ["china", "russia"]


def test_r_reads_the_table(lines: dict[str, str], tmp_path: Path) -> None:
    output = run(
        "Rscript", "--vanilla", "-e", f"{lines['R']}; cat(sort(stances$actor))", where=tmp_path
    )

    assert output.split() == ["china", "russia"]


def test_it_says_who_makes_it_and_that_what_ships_was_not_reviewed_by_two() -> None:
    publish_whole(*make().values())
    page = unescape(Client().get("/about/").content.decode())
    makers = page.partition('<h2 id="makers">')[2].partition("<h2")[0]
    review = page.partition('<h2 id="review">')[2].partition("<h2")[0]
    assert "The authors of the software wrote the program and compiled the content" in makers
    assert "The content that comes with the software was not reviewed so." in review
    assert "a team of one publishes its own" in review
