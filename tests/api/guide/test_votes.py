"""What docs/api.md shows of agreement, over the second dataset as a new tracker gets it: by curl, pandas and R."""

import csv
import gzip
import re
import subprocess
from collections import defaultdict
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

import tracker
from tests.api.client import Reader
from tests.api.guide.curl import HOST, Curl
from tests.api.guide.pages import START, VOTES, agree, sections
from tests.api.test_csv_in_r import NO_R, RSCRIPT
from tracker.models import Vote
from tracker.values.agreement import MEASURES, Sums

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
_, PLOT = re.findall(r"```python\n(.*?)```", START.read_text(), re.DOTALL)
(IN_R,) = re.findall(r"```r\n(.*?)```", START.read_text(), re.DOTALL)
(COMMANDS,) = (commands for heading, commands in sections(START) if heading == VOTES)
DATASET = Path(tracker.__file__).parent / "dataset" / "general-assembly"
CODES = {"yes": 1, "abstain": 0, "no": -1}


def counted(first: str, other: str) -> dict[str, Sums]:
    """Return what the file of the dataset says of a pair, by year."""
    codes_by_year = defaultdict(list)
    with gzip.open(DATASET / "votes.csv.gz", "rt", encoding="utf-8") as file:
        for vote in csv.DictReader(file):
            divided = sum(vote[f"tally_{choice}"] != "0" for choice in CODES) > 1
            if vote["kind"] in ("resolution", "draft") and divided and {vote[first], vote[other]} <= CODES.keys():
                codes_by_year[str(1945 + int(vote["session"]))].append((CODES[vote[first]], CODES[vote[other]]))
    return {year: Sums.of(codes) for year, codes in codes_by_year.items()}


def test_the_second_dataset_is_read_as_shown(live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Imported once, whole; each figure is what its file says, and so is each plot's."""
    output = StringIO()
    for sets in (["first", "security-council"], ["general-assembly"], ["general-assembly"]):
        call_command("bootstrap", *sets, stdout=output)
    assert output.getvalue().count("published as edition") == 3
    assert Vote.objects.filter(ref__startswith="unga-").count() == 4973

    curl = Curl()
    for shown in COMMANDS:
        answer = curl.lines(shown.command)
        assert agree(shown.lines, answer), "\n".join([shown.command, *answer])

    of_russia, of_states = counted("china", "russia"), counted("china", "united-states")
    for row in Reader().read("agreement/?actors=CHN,RUS,USA&by=year")["results"][: 2 * len(of_russia)]:
        sums = (of_russia if row["second"]["slug"] == "russia" else of_states)[row["bucket"]]
        assert {name: row[name] for name in MEASURES} == pytest.approx(
            {name: of(sums) for name, of in MEASURES.items()}
        )

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    plot: dict[str, Any] = {}
    exec(PLOT.replace(HOST, str(live_server)), plot)
    assert (tmp_path / "agreement.png").read_bytes().startswith(b"\x89PNG")
    means = plot["agreement"].set_index(["second", "bucket"])["mean"]
    assert (means["russia", 1988], means["russia", 1993]) == pytest.approx((0.956, 0.621), abs=5e-4)

    assert RSCRIPT, NO_R
    done = subprocess.run([RSCRIPT, "--vanilla", "-e", IN_R.replace(HOST, str(live_server))], capture_output=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "agreement.pdf").read_bytes().startswith(b"%PDF")
