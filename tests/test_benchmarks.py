"""The benchmark runs through; what it measures depends on the machine, and is no test."""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.factories import StanceFactory
from tests.factories.resolutions import YES
from tests.node import leave_out
from tests.public.api.publishing import publish_whole
from tests.test_conventions import ROOT
from tools.bench import report
from tools.bench.__main__ import RESULTS, chosen, parsed
from tools.bench.limit import record_sql
from tools.bench.load import Outcome
from tools.bench.responses import alike
from tools.bench.serving import FLOOR, OURS, got
from tools.bench.work import FROM_NOTHING, NAMES, NAMES_OF_FIRST, PAGE, Work, works_of_first
from tracker.management.openapi.document import publish_first_dataset
from tracker.models import Issue

TINY = ["--editions", "4", "--rounds", "1", "--seconds", "0.2"]


def test_on_the_first_dataset_only_what_it_has_is_measured(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert parsed(["--first"]).only == set(NAMES_OF_FIRST)
    assert parsed(["--first", "--only", "R1,H1"]).only == {"R1", "H1"}
    for wrong, says in (
        ("--only H1,R4", "there is no work R4; there are R1, R7, H1"),
        ("--publish", "not allowed with"),
    ):
        with pytest.raises(SystemExit):
            parsed(["--first", *wrong.split()])
        assert says in capsys.readouterr().err


def test_what_is_chosen_comes_with_all_that_it_is_held_against() -> None:
    works = [
        FROM_NOTHING,
        Work("R1", {OURS: []}),
        Work("R7", {OURS: []}, own="R1"),
        Work("H1", {OURS: []}, own="R1"),
        Work("H3", {OURS: []}, own="R7"),
    ]

    assert [work.name for work in chosen(works, {"H3"})] == ["floor", "R1", "R7", "H3"]
    assert [work.name for work in chosen(works, {"R1"})] == ["floor", "R1"]


@pytest.mark.django_db
def test_contestants_answer_all_that_a_stance_has(client: Client) -> None:
    forecast = StanceFactory(
        basis="forecast",
        likelihood="likely",
        since="2018",
        citations=[{"locator": "p. 3"}, {"ends": True, "quote": "No longer."}],
        resolutions=[{**YES, "note": "It did.", "retrospective": True}],
    )
    publish_whole(forecast)
    with connection.cursor() as cursor:
        (limit,) = cursor.execute(record_sql(), {"id": forecast.pk}).fetchone()

    assert alike(json.loads(limit)) == alike(client.get(f"/api/v1/stances/{forecast.pk}/").json())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_first_dataset_answers_what_is_asked_of_it(live_server: Any) -> None:
    """With full pages of the API, pages of all issues,
    and matrices and pages made that nobody has asked for.
    """
    publish_first_dataset()
    connection.ensure_connection()
    port = live_server.thread.port
    works = {work.name: work for work in works_of_first(connection.connection, port)}
    assert works.pop("floor").addresses
    addresses = {name: work.addresses[OURS] for name, work in works.items()}

    assert {name.split()[0] for name in works} == set(NAMES_OF_FIRST)
    assert {work.own for name, work in works.items() if name != "R1"} == {"R1", "R7"}
    for address in addresses["R1"]:
        assert len(json.loads(got(port, address.path)[2])["results"]) == PAGE
    assert len(addresses["H1 again"]) == len(addresses["H3"]) == Issue.objects.count()
    for name, of_work in addresses.items():
        for address in (of_work[0], of_work[-1]):
            headers = {"If-None-Match": address.tag} if address.tag else {}
            expected = 304 if name in {"R7", "H3"} else 200
            assert got(port, address.path, headers)[0] == expected, name
    made = [
        address.path for name, work in works.items() if work.is_made for address in addresses[name]
    ]
    assert len({*made}) == len(made)
    assert not {*made} & {
        address.path for name in ("H1 again", "H2 again") for address in addresses[name]
    }


def test_a_page_of_results_has_each_work_with_its_ratios() -> None:
    works = [
        FROM_NOTHING,
        Work("R1", {OURS: []}),
        Work("H1", {OURS: []}, own="R1"),
    ]
    measured = {
        name: {contestant: [Outcome(rate, cpu, 0.2, 5, 20)] * 2}
        for name, contestant, rate, cpu in (
            ("floor", FLOOR, 5_000, 0.1),
            ("R1", OURS, 1_000, 1.0),
            ("H1", OURS, 100, 8.0),
        )
    }
    made = {"stances": 132, "issues": 67, "votes": 5014, "editions": 3}
    about = {"made": made, "machine": "2 cores", "rounds": 2, "seconds": 1.5}
    about |= {"measured_at": "2026-11-29T12:00:00+00:00"}

    page = report.page({**about, "work": report.summary(works, measured)})

    assert page.startswith(
        "132 stances on 67 issues, 5,014 votes, 3 editions; 2 rounds of 1.5 s, 2026-11-29, on"
    )
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith("|")
    ]
    assert rows[0] == [
        *("work", "answers/s", "CPU ms", "÷ limit", "CPU ÷ limit", "CPU ÷ floor", "÷ own", "aims")
    ]
    assert rows[3] == ["H1", "100", "8.00", "", "", "80.00", "0.10", ""]
    assert "limit" not in "".join(map("".join, rows[1:]))


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
