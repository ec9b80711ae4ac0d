"""Processes that use a tracker's data directory, started as a person would start them."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from config.postgres.account import AS_NOBODY, as_user
from config.postgres.cluster import Cluster

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PROJECT = Path(__file__).resolve().parent / "project"
QUERY = PROJECT / "query.py"
SUBJECT_TO_TESTS = ("TRACKER_", "DATABASE_", "DJANGO_ALLOW_", "PORT", "PG")
# As whom tests can start processes: whoever runs them is one;
# root can be others, by number and by namespace.
ACCOUNTS: dict[str, tuple[str, ...]] = {"self": ()}
if os.geteuid() == 0:
    ACCOUNTS |= {"another": as_user(65534, 65534), "masked": AS_NOBODY}


@dataclass
class Tracker:
    """The processes of one data directory; `prefix` goes before their commands."""

    home: Path
    prefix: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.home)

    @property
    def variables(self) -> dict[str, str]:
        """The environment of its processes: nothing of the tests' own database."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(SUBJECT_TO_TESTS)
        }
        ours = {"DJANGO_SETTINGS_MODULE": "small_settings", "TRACKER_DATA_DIR": str(self.home)}
        return {**kept, **ours, "PYTHONPATH": f"{ROOT}{os.pathsep}{PROJECT}", **self.environment}

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start `python command…`;
        what the tests themselves were told to ignore, as by nohup, is not ignored in it.
        """
        # Not by preexec_fn, which runs the hooks of forks:
        # one blocks signals, and what was started would hear none.
        handled = signal.signal(signal.SIGHUP, signal.SIG_DFL)
        try:
            process = subprocess.Popen(
                [*self.prefix, sys.executable, *command],
                cwd=ROOT,
                env=self.variables,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        finally:
            signal.signal(signal.SIGHUP, handled)
        self.started.append(process)
        return process

    def run(self, *command: str) -> tuple[int, str]:
        """Run `python command…` to its end; return its exit status and what it wrote."""
        process = self.start(*command)
        output, _ = process.communicate(timeout=50)
        return process.returncode, output

    def query(self, *statements: str, alias: str = "owner") -> str:
        """Run statements in a process of their own, as the owner,
        and return the last one's answer.
        """
        status, output = self.run(str(QUERY), alias, *statements)
        assert status == 0, output
        return output.strip()

    def hold(self, *statements: str, alias: str = "owner") -> subprocess.Popen[str]:
        """Start a process that has run statements and stays connected
        until its standard input is closed.
        """
        process = self.start(str(QUERY), alias, *statements)
        assert process.stdout is not None
        process.answer = process.stdout.readline().strip()
        return process

    def up(self, port: int) -> subprocess.Popen[str]:
        """Start `manage.py up` and return it once it says that it is up."""
        self.environment["PORT"] = str(port)
        process = self.start("manage.py", "up")
        process.output = said_until(process, "docs")
        return process

    def is_served(self) -> bool:
        return self.cluster.running() is not None


def said_until(process: subprocess.Popen[str], words: str) -> str:
    """Read what a process writes until a line has `words`;
    fails with what it wrote if it ends before.
    """
    lines: list[str] = []
    while not lines or words not in lines[-1]:
        lines.append(process.stdout.readline())
        assert lines[-1], "".join(lines)
    return "".join(lines)


@dataclass
class OwnServer:
    """A PostgreSQL server that a tracker reaches by DATABASE_URL."""

    cluster: Cluster

    def url(self, login: str, database: str) -> str:
        """Return the address of one of its databases for a login."""
        return f"postgres:///{database}?host={self.cluster.running().sockets}&user={login}"

    def execute(self, *statements: str, database: str = "postgres", login: str = "postgres") -> Any:
        """Run statements, as its superuser unless another login is named;
        return the first row of the last, if any.
        """
        place = self.cluster.running()
        with psycopg.connect(
            host=str(place.sockets), port=place.port, dbname=database, user=login, autocommit=True
        ) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None
