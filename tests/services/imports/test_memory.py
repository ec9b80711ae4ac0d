"""Memory: five times the rows take no more of it than their keys do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.imports.many import write_many

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


@pytest.mark.django_db(transaction=True)
def test_five_times_the_rows_take_hardly_more_memory(tmp_path: Path, database_url: str) -> None:
    few, many = (peak_of(tmp_path / f"of-{stances}", stances, database_url) for stances in (2_000, 10_000))
    assert many - few < MEGABYTES_FOR_8000_KEYS


def peak_of(directory: Path, stances: int, database_url: str) -> float:
    """Return the most memory, in megabytes, that a process held which looked at files of so many stances."""
    directory.mkdir()
    write_many(directory, stances=stances, series=directory.name)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(directory), "--create-anyway"],
        env={**os.environ, "DATABASE_URL": database_url}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"stances: {stances:,} created" in done.stdout
    return float(done.stdout.split("peak ")[1])
