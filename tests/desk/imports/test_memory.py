"""Memory: five times the rows take no more of it than their keys do,
by the command and at the desk.
"""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.desk.imports import roll_calls
from tests.desk.imports.importing import run
from tests.desk.imports.library import ASSEMBLY, of_vote
from tests.desk.imports.many import write_many
from tests.factories import ActorFactory, UserFactory
from tracker.models import Ballot
from tracker.values import countries

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ROOT = Path(__file__).parents[3]
BEGIN = """
import sys
import django
django.setup()
from django.core.management import call_command
from tools.bench.processes import peak_memory
from tracker import history
from tracker.desk import imports
from tracker.values.vocabularies import Channel
"""
END = "print('peak', peak_memory())"
IMPORT = 'call_command("import", sys.argv[1], *sys.argv[2:])'
UPLOAD = """
with open(sys.argv[1], "rb") as file:
    upload = imports.receive(name="stances.csv", file=file, made_by=int(sys.argv[2]))
# The longer file has what the shorter one had.
imports.choose_all(upload=upload, what=imports.Bulk.CREATE_ANYWAY)
with history.changeset(made_by=int(sys.argv[2]), reason="", channel=Channel.IMPORT):
    done = imports.apply_upload(upload=upload)
print("stances:", done.counts.of(imports.Action.CREATED), "created")
"""
MEGABYTES_FOR_8000_KEYS = 7  # of which a plan knows who has which; 3.0 to 5.0 were seen
MEMBERS, MEGABYTES_FOR_800_VOTES = 60, 12
# The library's file of all votes of the Assembly: held are the cells of each vote, two numbers a
# ballot, and a hundred votes with their ballots in pieces. 28 MB were seen; 93 with five hundred of
# them.
WHOLE_VOTES, WHOLE_MEMBERS, MEGABYTES_OF_THE_WHOLE = 4_664, 193, 40


def test_five_times_the_rows_take_hardly_more_memory(tmp_path: Path, database_url: str) -> None:
    few, many = (
        peak_of(tmp_path / f"of-{stances}", stances, database_url) for stances in (2_000, 10_000)
    )
    assert many - few < MEGABYTES_FOR_8000_KEYS


def test_so_it_is_where_somebody_looks_at_them_first(tmp_path: Path, database_url: str) -> None:
    made_by = UserFactory().pk
    few, many = (
        peak_of_upload(tmp_path / f"of-{n}", n, made_by, database_url) for n in (2_000, 10_000)
    )
    assert many - few < MEGABYTES_FOR_8000_KEYS


@pytest.mark.parametrize("form", ["wide", "long"])
def test_five_times_the_ballots_take_hardly_more_memory(
    form: str, tmp_path: Path, database_url: str
) -> None:
    (tmp_path / "named").mkdir()
    roll_calls.write_named(tmp_path / "named", MEMBERS)
    call_command("import", str(tmp_path / "named"), "--publish")

    few, many = (
        peak_of_votes(tmp_path / f"of-{votes}", votes, form, database_url) for votes in (200, 1_000)
    )

    assert Ballot.objects.count() == 1_200 * MEMBERS
    assert many - few < MEGABYTES_FOR_800_VOTES


def peak_of_votes(directory: Path, votes: int, form: str, database_url: str) -> float:
    """Return the most memory of an import of so many votes with all their ballots,
    which are published too.
    """
    directory.mkdir()
    roll_calls.write(directory, votes, MEMBERS, seed=1, wide=form == "wide", series=directory.name)
    says = f"votes: {votes:,} created"
    return peak(IMPORT, says, str(directory), "--publish", "--create-anyway", url=database_url)


def peak_of(directory: Path, stances: int, database_url: str) -> float:
    """Return the same of so many stances with what they name."""
    directory.mkdir()
    write_many(directory, stances=stances, series=directory.name)
    return peak(
        IMPORT, f"stances: {stances:,} created", str(directory), "--create-anyway", url=database_url
    )


def peak_of_upload(directory: Path, stances: int, made_by: int, database_url: str) -> float:
    """Return the same of so many stances that are received from somebody, and then imported."""
    directory.mkdir()
    write_many(directory, stances=stances, series=directory.name)
    run(*(directory / f"{noun}.csv" for noun in ("actors", "issues", "sources")))
    says = f"stances: {stances} created"
    return peak(UPLOAD, says, str(directory / "stances.csv"), str(made_by), url=database_url)


def peak(code: str, says: str, *arguments: str, url: str) -> float:
    """Return the most memory, in megabytes, that a process held which runs some code,
    and which says so.
    """
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([BEGIN, code, END]), *arguments],
        env={**os.environ, "DATABASE_URL": url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert says in done.stdout
    return float(done.stdout.split("peak ")[1])


def test_the_librarys_ballots_take_hardly_more_memory_than_two_numbers_each(
    tmp_path: Path, database_url: str
) -> None:
    """900,152 of them, against those of one vote:
    read, looked at, and told what would become of them.
    """
    ActorFactory(slug="united-nations-general-assembly", kind="organization")
    one, whole = (
        peak_of_library(tmp_path / f"of-{votes}.csv", votes, database_url)
        for votes in (1, WHOLE_VOTES)
    )
    assert whole - one < MEGABYTES_OF_THE_WHOLE


def peak_of_library(path: Path, votes: int, database_url: str) -> float:
    """Return the same of a look at a file as the digital library has them,
    with members that would be made.
    """
    codes = [*countries.countries()][:WHOLE_MEMBERS]
    assert len(codes) == WHOLE_MEMBERS
    cast = "; ".join(
        f"{code} {countries.name_of(code)} {'YNA'[place % 3]}" for place, code in enumerate(codes)
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ASSEMBLY, extrasaction="ignore")
        writer.writeheader()
        for number in range(votes):
            writer.writerows(
                of_vote(number, cast, agenda_title="AN ITEM " * 10, subjects="A SUBJECT|" * 10)
            )
    says = f"votes: {votes:,} would be created"
    return peak(
        IMPORT, says, str(path), "--add-missing", "--create-anyway", "--dry-run", url=database_url
    )
