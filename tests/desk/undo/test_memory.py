"""Memory: undoing five times as many rows takes hardly more of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.imports.many import write_many
from tracker.models import Event, Stance
from tracker.verify import verify

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
UNDO = """
import sys
import django
django.setup()
from tools.bench.processes import peak_memory
from tracker import history
from tracker.desk import undo
from tracker.values.vocabularies import Channel
with history.changeset(made_by=None, reason="", channel=Channel.COMMAND):
    done = undo.undo(changeset=sys.argv[1])
print(done.count(), peak_memory())
"""
MEGABYTES_FOR_4000_ROWS = 4


@pytest.mark.django_db(transaction=True)
def test_five_times_the_rows_take_hardly_more_memory(tmp_path: Path, database_url: str) -> None:
    (_, few), (count, many) = (
        undo_of(tmp_path / f"of-{rows}", rows, database_url) for rows in (1_000, 5_000)
    )

    assert count > 5_000
    assert many - few < MEGABYTES_FOR_4000_ROWS
    assert not Stance.objects.exists()
    assert list(verify()) == []


def undo_of(directory: Path, stances: int, database_url: str) -> tuple[int, float]:
    """Import files of so many stances and undo that;
    return how many records were deleted, and megabytes held.
    """
    directory.mkdir()
    write_many(directory, stances=stances, series=directory.name)
    run("manage.py", "import", str(directory), url=database_url)
    count, megabytes = run(
        "-c", UNDO, str(Event.objects.latest("pk").changeset_id), url=database_url
    ).split()
    return int(count), float(megabytes)


def run(*arguments: str, url: str) -> str:
    environment = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
