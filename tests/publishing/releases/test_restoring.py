"""A release made again in another database, to which the first one was restored from a dump."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.postgres import binaries, embedded
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
)
from tests.publishing.acts import published
from tests.publishing.releases.acts import contents, released
from tracker.models import Edition
from tracker.models.nouns import RECORDS
from tracker.publishing.publish import Chosen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CONTENTS = """
    SELECT f.name, (SELECT string_agg(p.content, ''::bytea ORDER BY p.number)
        FROM tracker_releasepiece p
                    WHERE p.file_id = f.id)
    FROM tracker_releasefile f JOIN tracker_release r ON r.id = f.release_id WHERE r.version = %s
        ORDER BY f.id
"""


@pytest.fixture
def another() -> Iterator[str]:
    name = f"{connection.settings_dict['NAME']}_another"
    with embedded.connect(embedded.server(), "postgres", autocommit=True) as superuser:
        superuser.execute(f"CREATE DATABASE {name} OWNER {settings.OWNER}")
        yield name
        superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(program: str, *arguments: str) -> None:
    server = embedded.server()
    command = [
        binaries.find().program(program),
        "-h",
        str(server.sockets),
        "-p",
        str(server.port),
        "-U",
        "postgres",
    ]
    subprocess.run([*command, *arguments], check=True, capture_output=True)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    issue = IssueFactory(core_interests=[{"actor": ActorFactory(name="=Ruritania")}])
    for made in (StanceFactory, AlignmentFactory):
        made(issue=issue)
    MeetingFactory(participants=[{}], issues=[{"issue": issue}])
    published(
        *(
            Chosen(noun, key)
            for noun in RECORDS
            for key in RECORDS[noun].objects.values_list("pk", flat=True)
        )
    )
    return tmp_path / "tracker.dump"


def dumped(to: Path) -> None:
    run("pg_dump", "--format=custom", f"--file={to}", connection.settings_dict["NAME"])


def released_there(
    database: str, dump: Path, *arguments: str, **environment: str
) -> dict[str, dict[str, bytes]]:
    """Restore a dump, make a release of it, and return all files that are there then,
    by release and name.
    """
    # the schema of what the fixtures of tests keep is no part of a tracker
    run(
        "pg_restore",
        "--single-transaction",
        "--exclude-schema=kept",
        f"--dbname={database}",
        str(dump),
    )
    there = {**os.environ, "DATABASE_URL": f"postgres://postgres@/{database}", **environment}
    subprocess.run(
        [sys.executable, "manage.py", "release", *arguments],
        env=there,
        check=True,
        capture_output=True,
    )
    with embedded.connect(embedded.server(), database) as superuser:
        return {
            version: dict(superuser.execute(CONTENTS, [version]).fetchall())
            for version in ("2026.1", "2026.2")
        }


def test_after_a_dump_and_a_restore_the_same_bytes_come_of_the_same_edition(
    another: str, dump: Path
) -> None:
    before = contents(released("2026.1"))
    dumped(dump)

    there = released_there(another, dump, "2026.2")

    assert there["2026.1"] == before
    again = there["2026.2"]
    assert {name for name in before if before[name] != again[name]} == {
        *(
            "datapackage.json",
            "CITATION.cff",
            "LICENSE",
            "CHANGES.md",
            "CHANGES.json",
            "SHA256SUMS",
        ),
    }
    assert before["datapackage.json"].replace(b"2026.1", b"2026.2") == again["datapackage.json"]


def test_made_in_another_place_under_the_same_name_every_file_is_the_same(
    another: str, dump: Path
) -> None:
    """Whenever and wherever that is: it is dated as its edition, in UTC."""
    dumped(dump)
    before = contents(released("2026.1", notes="The first."))

    there = released_there(
        another, dump, "2026.1", "--notes", "The first.", TZ="Pacific/Kiritimati"
    )["2026.1"]

    assert there == before
    assert before["SHA256SUMS"].count(b"\n") == len(before) - 1
    day = Edition.objects.get().published_at.date()
    assert f"date-released: {day.isoformat()}\n".encode() in before["CITATION.cff"]
