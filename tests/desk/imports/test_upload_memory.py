"""Memory: an upload is held by the chunk, whatever its rows are and however many."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.imports.importing import run
from tests.desk.imports.many import write_many
from tests.factories import UserFactory

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
UPLOAD = """
import sys, time
import django
django.setup()
from tests.benchmarks.processes import peak_memory
from tracker import history
from tracker.desk import imports
from tracker.values.vocabularies import Channel
begin = time.monotonic()
with open(sys.argv[1], "rb") as file:
    upload = imports.receive(name="stances.csv", file=file, made_by=int(sys.argv[2]))
imports.choose_all(upload=upload, what=imports.Bulk.CREATE_ANYWAY)  # the longer file has what the shorter one had
seen = time.monotonic()
with history.changeset(made_by=int(sys.argv[2]), reason="", channel=Channel.IMPORT):
    done = imports.apply_upload(upload=upload)
print("counts", *(done.counts.by_noun["stance"].values()), file=sys.stderr)
print("seconds", seen - begin, time.monotonic() - seen, file=sys.stderr)
print("peak", peak_memory())
"""
MEGABYTES_FOR_8000_KEYS = 12


@pytest.mark.django_db(transaction=True)
def test_five_times_the_rows_take_hardly_more_memory(tmp_path: Path, database_url: str) -> None:
    made_by = UserFactory().pk
    few, many = (peak_of(tmp_path / f"of-{stances}", stances, made_by, database_url) for stances in (2_000, 10_000))
    assert many - few < MEGABYTES_FOR_8000_KEYS


def peak_of(directory: Path, stances: int, made_by: int, database_url: str) -> float:
    """Return the most memory, in megabytes, of a process that received and imported a file of so many stances."""
    directory.mkdir()
    write_many(directory, stances=stances, series=directory.name)
    run(*(directory / f"{noun}.csv" for noun in ("actors", "issues", "sources")))
    done = subprocess.run(
        [sys.executable, "-c", UPLOAD, str(directory / "stances.csv"), str(made_by)],
        env={**os.environ, "DATABASE_URL": database_url}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"counts {stances} 0 0" in done.stderr, done.stderr
    return float(done.stdout.split("peak ")[1])
