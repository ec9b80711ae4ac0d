"""Installations that are broken, each in a way of its own:
`manage.py doctor` names what it is, and nothing else.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from config.postgres import embedded
from tests.config.postgres.processes import OwnServer
from tests.faults.disk import disk, full
from tests.faults.installation import LOGIN, Installation, run

pytestmark = pytest.mark.slow

BROKEN = "broken"
AS_SUPERUSER = "and run, as the owner or an administrator:"
SHARED = (
    f"Advice: Readers and the desk share the login {LOGIN}: who steals it from one has the other."
)
NO_BACKUP = "Advice: No backup was checked yet. Run `manage.py backup DIR`,"
EXPECTED = ("Note: ", SHARED, NO_BACKUP, "Nothing is wrong")
NO_ROOM_SEEN = "Note: How much room the disk of the database's server has can't be seen from here."


class Fault(NamedTuple):
    """Statements that break a database, how its line begins, what it has of the remedy,
    and what mends the server.
    """

    breaks: list[str]
    line: str
    remedy: str
    mends: tuple[str, ...] = ()


FAULTS = {
    "a trigger is disabled": Fault(
        ["ALTER TABLE tracker_event DISABLE TRIGGER is_append_only"],
        "Fault: trigger is_append_only of tracker_event: it is disabled.",
        f'{AS_SUPERUSER} ALTER TABLE tracker_event ENABLE TRIGGER "is_append_only";',
    ),
    "a trigger is missing": Fault(
        ["DROP TRIGGER refuses_truncate ON tracker_change"],
        "Fault: trigger refuses_truncate of tracker_change: it is missing.",
        f"{AS_SUPERUSER} CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_change",
    ),
    "a function may be executed by others": Fault(
        ["GRANT EXECUTE ON FUNCTION public.add_link TO tracker_reader"],
        "Fault: function add_link(made integer): it is not as the tracker has it.",
        f"{AS_SUPERUSER} what makes it in tracker/models/sql/, again;",
    ),
    "readers may not read": Fault(
        ["REVOKE SELECT ON tracker_mention FROM tracker_reader"],
        "Fault: tracker_reader: it may not SELECT tracker_mention.",
        f"{AS_SUPERUSER} GRANT SELECT ON tracker_mention TO tracker_reader;",
    ),
    "the desk may write history": Fault(
        ["GRANT UPDATE ON tracker_event TO tracker_app"],
        "Fault: tracker_app: it may UPDATE tracker_event.",
        f"{AS_SUPERUSER} REVOKE UPDATE ON tracker_event FROM tracker_app;",
    ),
    "the desk's role may make roles": Fault(
        ["ALTER ROLE tracker_app CREATEROLE"],
        "Fault: tracker_app: it may do everything.",
        f"{AS_SUPERUSER} ALTER ROLE tracker_app NOSUPERUSER NOBYPASSRLS NOCREATEROLE "
        f"NOREPLICATION;",
        ("ALTER ROLE tracker_app NOCREATEROLE",),
    ),
    "the owner may make nothing": Fault(
        ["REVOKE CREATE ON SCHEMA public FROM tracker_owner"],
        f"Fault: The tracker's roles lack what they need in the database {BROKEN}:",
        "let an administrator run what `manage.py roles` prints, in that database.",
    ),
    "an extension is missing": Fault(
        ["DROP EXTENSION btree_gist CASCADE"],
        "Fault: The extension btree_gist isn't in the database.",
        "Run `CREATE EXTENSION btree_gist` in it, as the owner.",
    ),
    "migrations wait": Fault(
        ["DELETE FROM django_migrations WHERE (app, name) = ('sessions', '0001_initial')"],
        "Fault: The database isn't migrated: sessions.0001_initial is next, 1 in all.",
        "Run `manage.py migrate`.",
    ),
    "the database is of a newer version": Fault(
        [
            "INSERT INTO django_migrations (app, name, applied) VALUES ('tracker', "
            "'9999_of_tomorrow', now())"
        ],
        "Fault: The database is of a newer version of the tracker,",
        "run that version, or restore a backup",
    ),
    "the clock was ahead": Fault(
        [
            "SET session_replication_role = replica",
            "UPDATE tracker_edition SET published_at = now() + interval '2 days' WHERE number = 2",
        ],
        "Fault: edition 2 is of ",
        "set the clock right",
    ),
    "pages are torn by a power cut": Fault(
        ["ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()"],
        "Fault: A power cut can destroy the database: full_page_writes is off.",
        "Set it to on",
        ("ALTER SYSTEM RESET full_page_writes", "SELECT pg_reload_conf()"),
    ),
    "what is saved is lost by a crash": Fault(
        [f"ALTER DATABASE {BROKEN} SET synchronous_commit = off"],
        "Fault: A crash can lose what somebody was told is saved: synchronous_commit is off.",
        "Set it to on",
    ),
    "there are too few connections": Fault(
        [f"ALTER DATABASE {BROKEN} CONNECTION LIMIT 15"],
        "Fault: PostgreSQL lets in 15 connections, and the web server may need 16.",
        "lower WEB_CONCURRENCY",
    ),
    "nothing is counted": Fault(
        ["ALTER SYSTEM SET autovacuum = off", "SELECT pg_reload_conf()"],
        "Advice: Queries become slower and slower: autovacuum is off.",
        "Set it to on",
        ("ALTER SYSTEM RESET autovacuum", "SELECT pg_reload_conf()"),
    ),
}


@pytest.fixture(scope="module")
def server(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OwnServer]:
    with installation.copied(tmp_path_factory.mktemp("doctor"), "-c", "fsync=on") as server:
        server.execute("ANALYZE", database=embedded.DATABASE)
        yield server


@pytest.fixture
def broken(server: OwnServer) -> Iterator[str]:
    server.execute(f"CREATE DATABASE {BROKEN} TEMPLATE {embedded.DATABASE} STRATEGY file_copy")
    yield server.url(LOGIN, BROKEN)
    server.execute(f"DROP DATABASE {BROKEN} WITH (FORCE)")


def test_nothing_is_wrong(server: OwnServer) -> None:
    done = run(server.url(LOGIN, embedded.DATABASE), "doctor")

    advice, room, backup, nothing = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert (advice.startswith(SHARED), room) == (True, NO_ROOM_SEEN)
    assert backup.startswith(NO_BACKUP)
    assert nothing.startswith("Nothing is wrong. Looked at: settings, ")
    assert nothing.endswith(
        "the clock, the backup, the actors in focus, functions, triggers, roles and rights."
    )


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_is_named_with_its_remedy(
    server: OwnServer, broken: str, fault: Fault
) -> None:
    """Alone, whatever else can be looked at then; nothing is changed."""
    rights = [f"GRANT CREATE, TEMPORARY ON DATABASE {BROKEN} TO tracker_owner, tracker_app"]
    server.execute(
        f"REVOKE ALL ON DATABASE {BROKEN} FROM PUBLIC", *rights, *fault.breaks, database=BROKEN
    )
    try:
        done = run(broken, "doctor")
    finally:
        server.execute("SELECT 1", *fault.mends)

    [line] = [line for line in done.stdout.splitlines() if not line.startswith(EXPECTED)]
    assert line.startswith(fault.line)
    assert fault.remedy in line
    assert done.returncode == line.startswith("Fault")


def test_what_a_login_may_not_see_is_said_and_is_no_fault(server: OwnServer) -> None:
    hide, show = "{} SELECT ON pg_settings {} PUBLIC", ("GRANT", "TO")
    server.execute(hide.format("REVOKE", "FROM"), database=embedded.DATABASE)
    try:
        done = run(server.url(LOGIN, embedded.DATABASE), "doctor")
    finally:
        server.execute(hide.format(*show), database=embedded.DATABASE)

    assert (
        "Note: durability can't be looked at: permission denied for view pg_settings.\n"
        in done.stdout
    )
    assert done.returncode == 0


def test_a_login_without_its_role(server: OwnServer) -> None:
    server.execute(
        "CREATE ROLE page LOGIN", f"GRANT CONNECT ON DATABASE {embedded.DATABASE} TO page"
    )

    url = server.url(LOGIN, embedded.DATABASE)
    done = run(url, "doctor", DATABASE_READER_URL=server.url("page", embedded.DATABASE))

    assert done.stdout.startswith(
        "Fault: The login page may not take the role tracker_reader: let an administrator"
    )
    assert done.returncode == 1


def test_a_data_directory_that_may_not_be_written(tmp_path: Path) -> None:
    with disk(tmp_path / "data", 10) as data:
        (data / "postgres").mkdir()
        (data / "secret_key").write_text("a secret")
        subprocess.run(["mount", "-o", "remount,ro", data], check=True)
        done = run("", "doctor", TRACKER_DATA_DIR=str(data))

    assert done.stdout.startswith(f"Fault: {data} can't be used (Read-only file system")
    assert done.returncode == 1


def test_disks_without_room(tmp_path: Path) -> None:
    with (
        disk(tmp_path / "data", 250) as data,
        disk(tmp_path / "temporary", 1) as temporary,
        full(temporary),
    ):
        assert run("", "migrate", TRACKER_DATA_DIR=str(data)).returncode == 0
        with full(data, left=30 << 20):
            done = run("", "doctor", TRACKER_DATA_DIR=str(data), TMPDIR=str(temporary))
            in_data = run("", "doctor", TRACKER_DATA_DIR=str(data))

    assert done.stdout.startswith(
        f"Fault: The disk that holds {temporary} is full. Free some space on it,"
    )
    [line] = [
        line for line in in_data.stdout.splitlines() if "MiB are free for a database of" in line
    ]
    assert line.startswith("Fault: ")
    assert f"on the disk of {data}. Free some space on it" in line
