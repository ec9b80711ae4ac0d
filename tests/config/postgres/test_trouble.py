"""What is wrong with a machine is said in one line that says what to do, never in a traceback."""

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from config.postgres.account import AS_NOBODY
from tests.config.postgres.processes import QUERY, Tracker

pytestmark = pytest.mark.slow

REMEDY = "free some space on it, or set TRACKER_DATA_DIR to a directory on another disk."
# A namespace of its own, in which anybody may mount a disk that
# is as small as the first argument says.
SMALL_DISK = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")


def on_a_disk_of(tracker: Tracker, size: str) -> None:
    """Put the tracker's data directory on a small disk, anew for each of its processes."""
    tracker.home.mkdir()
    tracker.prefix = (
        *SMALL_DISK,
        f'mount -t tmpfs -o size={size} tmpfs "$0" && exec "$@"',
        str(tracker.home),
    )


def up(tracker: Tracker, port: int) -> tuple[int, str]:
    """Run `manage.py up`, which is expected to end;
    return its status and the last line of what it wrote.
    """
    status, output = tracker.run("manage.py", "up", "--port", str(port))
    assert "Traceback" not in output, output
    assert output.endswith("\n")
    return status, output.splitlines()[-1]


@pytest.mark.parametrize("size", ["4k", "8m", "36m", "39m"])
def test_a_disk_that_is_full_before_there_is_a_database(
    tracker: Tracker, free_port: int, size: str
) -> None:
    """Too small for the secret, for initdb early and late, for the first start."""
    on_a_disk_of(tracker, size)

    assert up(tracker, free_port) == (1, f"The disk that holds {tracker.home} is full: {REMEDY}")


def test_a_disk_that_becomes_full_while_the_database_is_filled(
    tracker: Tracker, free_port: int
) -> None:
    """PostgreSQL panics when it can't write its journal;
    the connection only says that it was lost.
    """
    on_a_disk_of(tracker, "56m")
    tracker.environment["SMALL_ROWS"] = "30000"

    assert up(tracker, free_port) == (1, f"The disk that holds {tracker.home} is full: {REMEDY}")


@pytest.mark.parametrize("left", ["0", "16K", "300K"])
def test_a_disk_that_became_full_since_the_last_time(
    tracker: Tracker, free_port: int, left: str
) -> None:
    """Nothing left for the start, for the migrations, for their journal."""
    tracker.home.mkdir()
    fill = f'head -c 80m /dev/zero >"$0/ballast" 2>/dev/null; truncate -s -{left} "$0/ballast"'
    create = f"'{sys.executable}' '{QUERY}' owner 'SELECT 1' </dev/null >/dev/null"
    steps = f'mount -t tmpfs -o size=80m tmpfs "$0" && {create} && {fill} && exec "$@"'
    tracker.prefix = (*SMALL_DISK, steps, str(tracker.home))

    assert up(tracker, free_port) == (1, f"The disk that holds {tracker.home} is full: {REMEDY}")


def test_a_data_directory_of_another_version(tracker: Tracker, free_port: int) -> None:
    tracker.cluster.directory.mkdir(parents=True)
    (tracker.cluster.directory / "PG_VERSION").write_text("17\n")

    status, line = up(tracker, free_port)

    assert status == 1
    assert line == (
        f"{tracker.cluster.directory} was made by PostgreSQL 17, and this is 18: with "
        f"TRACKER_POSTGRES_BIN set to"
        " the programs of 17 run `manage.py backup DIR`; then move it away and run "
        "`manage.py restore FILE`."
    )
    assert os.listdir(tracker.cluster.directory) == ["PG_VERSION"]


def test_a_data_directory_of_something_else(tracker: Tracker, free_port: int) -> None:
    tracker.cluster.directory.mkdir(parents=True)

    assert up(tracker, free_port) == (
        1,
        f"{tracker.cluster.directory} isn't a data directory of PostgreSQL: move it away.",
    )


@pytest.mark.parametrize("has_secret", [True, False])
def test_a_data_directory_that_may_not_be_written(
    tracker: Tracker, free_port: int, has_secret: bool
) -> None:
    tracker.home.mkdir()
    if has_secret:
        (tracker.home / "secret_key").write_text(
            "of a tracker that somebody else set up, long enough for Django"
        )
        (tracker.home / "secret_key").chmod(0o644)
    tracker.home.chmod(0o555)
    tracker.prefix = AS_NOBODY

    status, line = up(tracker, free_port)

    assert status == 1
    assert line.startswith(f"{tracker.home} can't be used (Permission denied: {tracker.home}/")
    assert line.endswith(
        "): make it a directory that you may write, or set TRACKER_DATA_DIR to another one."
    )


def test_binaries_that_are_not_there(tracker: Tracker, free_port: int) -> None:
    tracker.environment["TRACKER_POSTGRES_BIN"] = "/nowhere"

    assert up(tracker, free_port) == (
        1,
        "TRACKER_POSTGRES_BIN is /nowhere, without a PostgreSQL: name the directory of its "
        "programs.",
    )


def test_options_that_the_server_does_not_know(tracker: Tracker, free_port: int) -> None:
    tracker.environment["TRACKER_POSTGRES_OPTIONS"] = "-c no_such=1"

    status, line = up(tracker, free_port)

    assert status == 1
    assert line.startswith("PostgreSQL didn't start: ")
    assert 'unrecognized configuration parameter "no_such"' in line


def test_a_server_of_ones_own_that_cannot_be_reached(tracker: Tracker, free_port: int) -> None:
    tracker.environment["DATABASE_URL"] = (
        f"postgres://somebody:secret@127.0.0.1:{free_port}/tracker"
    )

    status, line = up(tracker, free_port + 1)

    assert status == 1
    assert line.startswith(
        f"The database server 127.0.0.1:{free_port} of DATABASE_URL doesn't let us in ("
    )
    assert line.endswith(
        "): start it, or correct DATABASE_URL, or unset it to use the embedded one."
    )
    assert "secret" not in line


def test_a_server_of_ones_own_without_the_database(
    tracker: Tracker, own_server, free_port: int
) -> None:
    tracker.environment["DATABASE_URL"] = own_server.url("postgres", "nosuch")

    status, line = up(tracker, free_port)

    assert status == 1
    assert 'database "nosuch" does not exist' in line


def test_a_server_of_ones_own_that_is_older(
    tracker: Tracker, free_port: int, old_server: int
) -> None:
    tracker.environment["DATABASE_URL"] = f"postgres://somebody@127.0.0.1:{old_server}/tracker"

    assert up(tracker, free_port) == (
        1,
        "The server of DATABASE_URL is PostgreSQL 17: use 18 or newer, or unset DATABASE_URL "
        "to use the embedded one.",
    )


def test_a_login_that_may_not_make_the_roles(tracker: Tracker, own_server, free_port: int) -> None:
    """The line names the command that prints what an administrator runs."""
    own_server.execute("CREATE ROLE guest LOGIN", "CREATE DATABASE mine")
    tracker.environment["DATABASE_URL"] = own_server.url("guest", "mine")

    status, line = up(tracker, free_port)

    assert status == 1
    assert line.startswith(
        "The tracker's roles aren't in the database mine, and the login guest may not make them ("
    )
    assert line.endswith(
        "): let an administrator run what `manage.py roles` prints, in that database."
    )


@pytest.fixture
def old_server() -> Iterator[int]:
    """The port of a server that lets anybody in and says that it is PostgreSQL 17.4."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=greet, args=[server])
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def greet(server: socket.socket) -> None:
    """Answer each start of a session as PostgreSQL's protocol has it:
    no encryption, welcome, a version, ready.
    """
    version = b"server_version\x0017.4\x00client_encoding\x00UTF8\x00".split(b"\x00")
    settings = b"".join(
        b"S" + (len(name) + len(value) + 6).to_bytes(4, "big") + name + b"\0" + value + b"\0"
        for name, value in zip(version[::2], version[1::2], strict=False)
        if name
    )
    with suppress(OSError):
        while True:
            session, _ = server.accept()
            with session:
                while int.from_bytes(session.recv(1024)[4:8], "big") != 3 << 16:
                    session.sendall(b"N")
                session.sendall(b"R\0\0\0\x08\0\0\0\0" + settings + b"Z\0\0\0\x05I")
                session.recv(1024)
