"""Memory: five times the rows take no more of it than their keys do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.benchmarks.votes import files
from tests.desk.imports.many import write_many
from tracker.models import Ballot

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
IMPORT = """
import sys
import django
django.setup()
from django.core.management import call_command
from tests.benchmarks.processes import peak_memory
call_command("import", sys.argv[1], *sys.argv[2:])
print("peak", peak_memory())
"""
MEGABYTES_FOR_8000_KEYS = 12
MEMBERS, MEGABYTES_FOR_800_VOTES = 60, 12


@pytest.mark.django_db(transaction=True)
def test_five_times_the_rows_take_hardly_more_memory(tmp_path: Path, database_url: str) -> None:
    few, many = (peak_of(tmp_path / f"of-{stances}", stances, database_url) for stances in (2_000, 10_000))
    assert many - few < MEGABYTES_FOR_8000_KEYS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["wide", "long"])
def test_five_times_the_ballots_take_hardly_more_memory(form: str, tmp_path: Path, database_url: str) -> None:
    (tmp_path / "named").mkdir()
    files.write_named(tmp_path / "named", MEMBERS)
    call_command("import", str(tmp_path / "named"), "--publish")

    few, many = (peak_of_votes(tmp_path / f"of-{votes}", votes, form, database_url) for votes in (200, 1_000))

    assert Ballot.objects.count() == 1_200 * MEMBERS
    assert many - few < MEGABYTES_FOR_800_VOTES


def peak_of_votes(directory: Path, votes: int, form: str, database_url: str) -> float:
    """Return the same of so many votes with all their ballots, which are published too."""
    directory.mkdir()
    files.write(directory, votes, MEMBERS, seed=1, wide=form == "wide", series=directory.name)
    return peak(directory, f"votes: {votes:,} created", "--publish", "--create-anyway", url=database_url)


def peak_of(directory: Path, stances: int, database_url: str) -> float:
    """Return the most memory, in megabytes, that a process held which looked at files of so many stances."""
    directory.mkdir()
    write_many(directory, stances=stances, series=directory.name)
    return peak(directory, f"stances: {stances:,} created", "--create-anyway", url=database_url)


def peak(directory: Path, says: str, *options: str, url: str) -> float:
    """Return the most memory, in megabytes, that a process held which imported files, and which says so."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(directory), *options],
        env={**os.environ, "DATABASE_URL": url}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert says in done.stdout
    return float(done.stdout.split("peak ")[1])
