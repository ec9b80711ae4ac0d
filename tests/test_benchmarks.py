"""What `make bench` would ask for and show;
what it measures depends on the machine, and is no test.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from rest_framework.renderers import JSONRenderer

from tests.benchmarks import report, tables
from tests.benchmarks.contestants import FLOOR, LIMIT, OURS, PLAIN
from tests.benchmarks.contestants.limit_sql import record_sql
from tests.benchmarks.contestants.plain.serializers import StanceSerializer
from tests.benchmarks.document import rewrite
from tests.benchmarks.load import Outcome, asked
from tests.benchmarks.options import parsed
from tests.benchmarks.responses import alike
from tests.benchmarks.work import FROM_NOTHING, NAMES, NAMES_OF_FIRST, PAGE, Work, works_of_first
from tests.factories import StanceFactory
from tests.factories.resolutions import YES
from tests.public.api.publishing import publish_whole
from tests.test_conventions import ROOT
from tracker.management.openapi.document import publish_first_dataset
from tracker.models import Edition, Issue

PROGRAMS = ("python", "postgresql", "django", "djangorestframework", "psycopg", "gunicorn")
MACHINE = dict.fromkeys(("cores", "processor", "memory", "system", *PROGRAMS), "x")


def test_on_the_first_dataset_only_what_it_has_is_measured(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert parsed(["--first"]).only == set(NAMES_OF_FIRST) < set(NAMES) == parsed([]).only
    assert parsed(["--first", "--only", "R1,H1"]).only == {"R1", "H1"}
    for wrong, says in (
        ("--only H1,R4", "there is no work R4; there are R1, R7, H1"),
        ("--publish", "not allowed with"),
    ):
        with pytest.raises(SystemExit):
            parsed(["--first", *wrong.split()])
        assert says in capsys.readouterr().err


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
    forecast.refresh_from_db()
    with connection.cursor() as cursor:
        (limit,) = cursor.execute(record_sql(), {"id": forecast.pk}).fetchone()

    expected = alike(OURS, client.get(f"/api/v1/stances/{forecast.pk}/").json())
    assert alike(LIMIT, json.loads(limit)) == expected
    assert (
        alike(PLAIN, json.loads(JSONRenderer().render(StanceSerializer(forecast).data))) == expected
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_first_dataset_answers_what_is_asked_of_it(live_server: Any) -> None:
    """With full pages of the API, pages of all issues,
    and matrices and pages made that nobody has asked for.
    """
    publish_first_dataset()
    connection.ensure_connection()
    port = live_server.thread.port
    works = {
        work.name: work
        for work in works_of_first(connection.connection, port, Edition.objects.count())
    }
    assert works.pop("floor").addresses
    addresses = {name: work.addresses[OURS] for name, work in works.items()}

    assert {name.split()[0] for name in works} == set(NAMES_OF_FIRST)
    assert {work.own for name, work in works.items() if name != "R1"} == {"R1", "R7"}
    assert all(work.own is None or work.own in works for work in works.values())
    assert len(addresses["R1"]) > 1
    for address in addresses["R1"]:
        assert len(json.loads(asked(port, address)[2])["results"]) == PAGE
    assert len(addresses["H1 again"]) == len(addresses["H3"]) == Issue.objects.count()
    for name, of_work in addresses.items():
        statuses = {asked(port, address)[0] for address in (of_work[0], of_work[-1])}
        assert statuses == {304 if name in {"R7", "H3"} else 200}, name
    made = [
        address.path for name, work in works.items() if work.is_made for address in addresses[name]
    ]
    assert len({*made}) == len(made)
    assert not {*made} & {
        address.path for name in ("H1 again", "H2 again") for address in addresses[name]
    }


@pytest.mark.slow
@pytest.mark.gate
def test_it_runs_through(tmp_path: Path) -> None:
    """Small, and once: its contestants ask the same tables as the product,
    and stop working without a word.
    """
    size = ["--stances", "1000", "--editions", "4", "--rounds", "1", "--seconds", "0.2"]
    command = [sys.executable, "-m", "tests.benchmarks", *size, "--results", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=600)

    results = json.loads((tmp_path / "1000.json").read_text())
    works = {work.split()[0] for work in results["work"]}
    assert works == {*NAMES, FLOOR.name} - {"R6", "F1"}
    assert results.keys() >= {"exports", "following", "statements"}


def test_its_results_have_a_place_of_their_own_in_the_documentation(tmp_path: Path) -> None:
    document = Path(shutil.copy(ROOT / "docs" / "performance.md", tmp_path))
    before = document.read_text()
    page = tables.page(results_of_first())
    rewrite(document, "first", page)

    begin, end = "<!-- first -->", "<!-- end of first -->"
    replaced = before.partition(begin)[2].partition(end)[0].strip()
    assert document.read_text() == before.replace(f"{begin}\n\n{replaced}", f"{begin}\n\n{page}")
    assert page.startswith(
        "132 stances on 67 issues, 5,014 votes, 3 editions; 2 rounds of 1.5 s, gzip, "
        "2026-11-29, on x cores"
    )
    rows = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in page.splitlines()
        if line.startswith("|")
    ]
    assert rows[0] == ["work", "answers/s", "CPU ms", "CPU ÷ floor", "÷ own R1"]
    assert rows[3] == ["H1", "100", "8.00", "80.00", "0.10"]
    assert rows[4][0] == "work"
    assert rows[6] == ["floor", "", "5000, 0.10 (0.20), 20", "50000"]
    assert LIMIT.name not in page


def results_of_first() -> dict[str, Any]:
    """Return what a run on the first dataset would find:
    two rounds, in which H1 takes eight times as long as R1.
    """
    works = [
        FROM_NOTHING,
        Work("R1", "a page", {OURS: []}),
        Work("H1", "an issue, made", {OURS: []}, own="R1"),
    ]
    outcomes = {
        name: {contestant: [Outcome(rate, cpu, 0.2, 50_000, 5, 20)] * 2}
        for name, contestant, rate, cpu in (
            ("floor", FLOOR, 5_000, 0.1),
            ("R1", OURS, 1_000, 1.0),
            ("H1", OURS, 100, 8.0),
        )
    }
    made = {"first": True, "stances": 132, "issues": 67, "votes": 5014, "editions": 3}
    about = {"made": made, "machine": MACHINE, "rounds": 2, "seconds": 1.5, "encoding": "gzip"}
    about |= {"measured_at": "2026-11-29T12:00:00+00:00"}
    return {**about, "work": report.summary(works, outcomes, "gzip")}
