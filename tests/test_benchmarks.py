"""The benchmark runs through; what it measures depends on the machine, and is no test."""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

from tests.node import leave_out
from tests.test_conventions import ROOT
from tools.bench.__main__ import RESULTS, parsed
from tools.bench.work import NAMES, NAMES_OF_FIRST

TINY = ["--editions", "4", "--rounds", "1", "--seconds", "0.2"]


def test_on_the_first_dataset_only_what_it_has_is_measured(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert parsed(["--first"]).only == set(NAMES_OF_FIRST)
    assert parsed(["--only", "R1,H1"]).only == {"R1", "H1"}
    with pytest.raises(SystemExit):
        parsed(["--first", "--only", "H1,R4"])
    assert "there is no work R4; there are R1, R7, H1" in capsys.readouterr().err


def measured(name: str, *arguments: str) -> dict[str, Any]:
    """Run the benchmark, small and once, and return what it wrote."""
    if shutil.which("wrk") is None:
        leave_out("there is no wrk here: `apt install wrk`")
    command = [sys.executable, "-m", "tools.bench", *TINY, *arguments]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=900)
    results: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text())
    return results


@pytest.mark.slow
@pytest.mark.gate
def test_it_runs_through() -> None:
    """The limit asks the same tables as the product: both are compared before they are timed."""
    results = measured("1000-201", "--stances", "1000", "--issues", "201")

    works = {work.split()[0] for work in results["work"]}
    assert works == {*NAMES, "floor"} - {"R6"}
    assert results["exports"]["rows"] == 1000


@pytest.mark.slow
def test_it_runs_through_on_the_first_dataset() -> None:
    results = measured("first", "--first")

    assert {work.split()[0] for work in results["work"]} == {*NAMES_OF_FIRST, "floor"}
