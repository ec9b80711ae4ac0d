"""A version that is started on a database of a newer one refuses in a line, and changes nothing.

Databases of released versions, to be upgraded, there are from the first release on.
"""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from config.postgres import embedded
from tests.config.postgres.processes import OwnServer
from tests.faults.installation import LOGIN, ROOT, Installation, environment, run
from tests.faults.proof import Writer, writing
from tests.public.api.servers import serving

pytestmark = pytest.mark.slow

MIGRATED = "INSERT INTO django_migrations (app, name, applied) VALUES ('{}', '{}', now())"
NEWER = [
    MIGRATED.format("tracker", "9999_of_tomorrow"),
    MIGRATED.format("auth", "9999_of_tomorrow"),
]
LINE = (
    "The database is of a newer version of the tracker, with migrations that this one "
    "doesn't know (auth.9999_of_tomorrow, tracker.9999_of_tomorrow): run that version, or "
    "restore a backup of before them; nothing was changed."
)
WRITTEN = """
    SELECT (SELECT count(*) FROM django_migrations), (SELECT count(*) FROM tracker_changeset),
        (SELECT count(*) FROM tracker_release), (SELECT count(*) FROM auth_user)
"""


@pytest.fixture(scope="module")
def newer(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OwnServer]:
    """Return a database with migrations that nobody knows here;
    one is of an app that isn't installed any more.
    """
    with installation.copied(tmp_path_factory.mktemp("newer")) as database:
        database.execute(
            *NEWER, MIGRATED.format("gone", "0001_initial"), database=embedded.DATABASE
        )
        yield database


@pytest.mark.parametrize(
    "command",
    ["up", "migrate", "bootstrap", "import tracker/dataset", "release 2026.1 --notes first"],
)
def test_a_command_that_writes(newer: OwnServer, command: str) -> None:
    before = newer.execute(WRITTEN, database=embedded.DATABASE)

    done = run(
        newer.url(LOGIN, embedded.DATABASE),
        *command.split(" "),
        *(["--port=2"] if command == "up" else []),
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.removeprefix("CommandError: ") == f"{LINE}\n"
    assert newer.execute(WRITTEN, database=embedded.DATABASE) == before


def test_a_command_that_reads_only(newer: OwnServer) -> None:
    assert run(newer.url(LOGIN, embedded.DATABASE), "verify").returncode == 0


@pytest.mark.parametrize("options", [[], ["--preload"]], ids=["loaded by workers", "loaded before"])
def test_a_web_server_of_ones_own(newer: OwnServer, options: list[str]) -> None:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--bind=127.0.0.1:0",
        "--no-control-socket",
        *options,
    ]
    variables = environment(newer.url(LOGIN, embedded.DATABASE))

    done = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=60
    )

    assert done.returncode != 0
    assert done.stderr.count(LINE) == 1
    assert "Traceback" not in done.stderr


def test_whoever_runs_already_goes_on(installation, tmp_path, prove):
    """As it does while the newer version comes up, one machine after another."""
    with (
        installation.copied(tmp_path) as database,
        serving(database.url(LOGIN, embedded.DATABASE), tmp_path / "log") as server,
    ):
        writer = Writer(server, installation.token)
        with writing(writer):
            assert writer.goes_on()
            database.execute(*NEWER, database=embedded.DATABASE)
            assert writer.goes_on(3)
        assert not writer.refusals
        assert server.ask("GET", "/healthz/ready")[0] == 200
        assert server.ask("GET", "/api/v1/actors/")[0] == 200
        prove(writer, database)
