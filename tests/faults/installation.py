"""Trackers on a PostgreSQL of their own, migrated once in a run,
whose files a test copies and may spoil.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.postgres import binaries, embedded
from config.postgres.account import account_for
from config.postgres.cluster import Cluster
from tests.config.postgres.processes import SUBJECT_TO_TESTS, OwnServer

ROOT = Path(__file__).parents[2]
LOGIN = "postgres"
PASSWORD = "a-word-for-tests"
MADE = """
import django; django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from tracker.desk.access.tokens import make
call_command("migrate", database="owner", verbosity=0)
print(make(user=get_user_model().objects.create_superuser("erik").pk, name="A notebook").text)
"""


@dataclass(frozen=True)
class Installation:
    """A tracker whose PostgreSQL is stopped:
    the files of its cluster, and a token of its administrator.
    """

    home: Path
    token: str

    @contextmanager
    def copied(self, home: Path, *options: str) -> Iterator[OwnServer]:
        """Start a copy of it below `home` with further arguments of the server,
        and stop that in the end.
        """
        shutil.copytree(self.home / "postgres", home / "postgres", symlinks=True)
        server = OwnServer(Cluster(home, ["-c", "fsync=off", *options]))
        server.cluster.start()
        try:
            yield server
        finally:
            server.cluster.stop()


def install(home: Path) -> Installation:
    """Make a tracker in a directory, with what a new one has."""
    server = OwnServer(Cluster(home, ["-c", "fsync=off"]))
    server.cluster.create()
    server.cluster.start()
    try:
        embedded.prepare(server.cluster.running())
        server.execute(f"ALTER ROLE {LOGIN} PASSWORD '{PASSWORD}'")
        url = server.url(LOGIN, embedded.DATABASE)
        made = subprocess.run(
            [sys.executable, "-c", MADE],
            cwd=ROOT,
            env=environment(url),
            capture_output=True,
            text=True,
            check=True,
        )
        imported = run(url, "bootstrap", "first", "security-council")
        assert imported.returncode == 0, imported.stderr
    finally:
        server.cluster.stop()
    with (home / "postgres" / "pg_hba.conf").open("a") as access:
        access.write("host all,replication all all scram-sha-256\nlocal replication all trust\n")
    return Installation(home, made.stdout.split()[-1])


def environment(url: str) -> dict[str, str]:
    """Return the environment of a program of the tracker that uses the database at `url`,
    and nothing of the tests'.
    """
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(SUBJECT_TO_TESTS)
    }
    contact = "mailto:team@tracker.example"  # a command says nothing of it then
    return {
        **ours,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "TRACKER_CONTACT": contact,
    }


def run(url: str, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py command…` to its end, which comes in four minutes or never."""
    whole, ours = [sys.executable, "manage.py", *command], {**environment(url), **variables}
    return subprocess.run(whole, cwd=ROOT, env=ours, capture_output=True, text=True, timeout=240)


def program(home: Path, name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's as whom the server whose files are in `home` runs."""
    subprocess.run(
        [*account_for(home).prefix, binaries.find().program(name), *arguments],
        check=True,
        timeout=60,
    )


def many_sources(file: Path, count: int) -> Path:
    """Write a file to import, of so many sources, and return it."""
    file.write_text(
        "".join(
            [
                "title,type\n",
                *(f"Report {number} {'of words ' * 20},report\n" for number in range(count)),
            ]
        )
    )
    return file


def publication_of_drafts(database: OwnServer) -> bytes:
    """Return the body by which the desk's API publishes all drafts of sources."""
    records = "jsonb_agg(jsonb_build_object('resource', 'sources', 'id', id, 'version', version))"
    drafts = f"SELECT {records}::text FROM tracker_source WHERE title LIKE 'Report %'"
    [listed] = database.execute(drafts, database=embedded.DATABASE)
    return f'{{"records": {listed}, "note": "Reports"}}'.encode()
