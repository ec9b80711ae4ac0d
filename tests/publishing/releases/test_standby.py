"""Releases and metrics where readers are answered by a standby, which may lag:
a real one, whose replay is paused.
"""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.postgres import binaries, embedded, roles
from config.postgres.cluster import Cluster
from tests.config.postgres.processes import OwnServer
from tests.desk.imports.importing import CHINA, RUSSIA, write
from tests.plugins.database import MIGRATED
from tests.waiting import eventually

pytestmark = pytest.mark.slow
DATABASE = "tracker"
AGREE = "Publication, desk and history agree.\n"


@dataclass
class Trackers:
    """A primary and its standby, and commands that work on the one and read the other."""

    primary: OwnServer
    standby: OwnServer
    files: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a command; return what it wrote, with its exit status in front unless that is 0."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
        )
        status = f"{done.returncode}: {done.stderr}" if done.returncode else ""
        return status + done.stdout

    def publish(self, *actors: dict[str, str]) -> None:
        write(self.files, actors=list(actors))
        assert "ublished" in self.manage("import", "--publish", str(self.files))

    def editions(self, server: OwnServer) -> int:
        return int(asked(server, "SELECT count(*) FROM tracker_edition"))

    def slugs(self) -> list[str]:
        content = asked(
            self.primary,
            "SELECT content FROM tracker_releasepiece "
            "WHERE file_id = (SELECT id FROM tracker_releasefile WHERE name = 'actors.csv')",
        )
        return [row["slug"] for row in csv.DictReader(bytes(content).decode().splitlines())]


def asked(server: OwnServer, question: str) -> Any:
    place = server.cluster.running()
    with psycopg.connect(
        host=str(place.sockets), port=place.port, dbname=DATABASE, user="postgres"
    ) as connection:
        return connection.execute(question).fetchone()[0]


def program(name: str, server: Any, *arguments: str) -> bytes:
    command = [
        binaries.find().program(name),
        "-h",
        str(server.sockets),
        "-p",
        str(server.port),
        "-U",
        "postgres",
    ]
    return subprocess.run([*command, *arguments], check=True, capture_output=True).stdout


@pytest.fixture
def trackers(own_server: OwnServer, tmp_path: Path, django_db_setup: None) -> Iterator[Trackers]:
    """An empty tracker and its standby, which is in step."""
    dump = tmp_path / "dump"
    program("pg_dump", embedded.server(), "--format=custom", f"--file={dump}", MIGRATED)
    names = embedded.the_roles()
    own_server.execute(
        *map(roles.creation, names.names), f"CREATE DATABASE {DATABASE} OWNER {names.owner}"
    )
    own_server.execute(*roles.rights(names, DATABASE, set()), database=DATABASE)
    primary = own_server.cluster.running()
    program("pg_restore", primary, "--single-transaction", f"--dbname={DATABASE}", str(dump))
    copy = Cluster(tmp_path / "standby", ["-c", "fsync=off"])
    program(
        "pg_basebackup",
        primary,
        "--write-recovery-conf",
        "--checkpoint=fast",
        f"--pgdata={copy.directory}",
    )
    copy.start()
    standby, files = OwnServer(copy), tmp_path / "files"
    files.mkdir()
    urls = {
        "DATABASE_URL": own_server.url("postgres", DATABASE),
        "DATABASE_READER_URL": standby.url("postgres", DATABASE),
    }
    yield Trackers(own_server, standby, files, urls)
    copy.stop()


def test_a_release_has_what_its_edition_published_though_the_readers_standby_lags(
    trackers: Trackers,
) -> None:
    trackers.publish(CHINA)
    assert eventually(lambda: trackers.editions(trackers.standby) == 1)
    trackers.standby.execute("SELECT pg_wal_replay_pause()")
    trackers.publish(RUSSIA)

    output = trackers.manage("release", "2026.1")

    assert output.endswith("Released edition 2 as 2026.1.\n")
    assert trackers.editions(trackers.standby) == 1
    assert (trackers.slugs(), trackers.manage("verify")) == (["china", "russia"], AGREE)


def test_metrics_tell_how_far_a_standby_lags_to_who_may_see_it(trackers: Trackers) -> None:
    """Which the application's role may once it is granted, and which edition readers have,
    in any case.
    """
    trackers.publish(CHINA)
    assert eventually(lambda: trackers.editions(trackers.standby) == 1)
    trackers.standby.execute("SELECT pg_wal_replay_pause()")
    trackers.publish(RUSSIA)
    token = "0123456789abcdef0123456789abcdef"
    trackers.environment["TRACKER_METRICS_TOKEN"] = token
    program = (
        "import config.wsgi; from django.test import Client;"
        f"print(Client(headers={{'authorization': 'Bearer "
        f"{token}'}}).get('/metrics').content.decode())"
    )

    def scraped() -> str:
        environment = {**os.environ, **trackers.environment}
        command = [sys.executable, "-c", program]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        ).stdout

    before = scraped()
    assert "tracker_standby_lag_bytes{" not in before
    assert 'tracker_edition_number{connection="desk"} 2.0\n' in before
    assert 'tracker_edition_number{connection="publication"} 1.0\n' in before
    trackers.primary.execute("GRANT pg_monitor TO tracker_app")
    [lag] = re.findall(
        r'^tracker_standby_lag_bytes\{standby="walreceiver"\} (\S+)$', scraped(), re.MULTILINE
    )
    assert float(lag) > 0


def test_what_writes_needs_no_server_of_readers(trackers: Trackers) -> None:
    trackers.standby.cluster.stop()
    trackers.publish(CHINA)

    assert trackers.manage("release", "2026.1").endswith("Released edition 1 as 2026.1.\n")
    assert trackers.manage("verify") == AGREE


def test_verify_says_that_a_standby_is_not_where_it_is_to_run(trackers: Trackers) -> None:
    trackers.environment["DATABASE_URL"] = trackers.environment["DATABASE_READER_URL"]

    assert trackers.manage("verify").endswith(
        "CommandError: one thing does not agree\n"
        "function of any name: it can't be compared on a standby: verify where the desk writes\n"
    )
