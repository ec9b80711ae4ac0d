"""Whatever is killed, and wherever the files are:
the server starts again, and what was committed is there.
"""

import os
import signal
import threading
from pathlib import Path

import pytest

from tests.config.postgres.processes import ACCOUNTS, OwnServer, Tracker
from tests.waiting import eventually

pytestmark = pytest.mark.slow

WRITE = ("CREATE TABLE note (text text)", "INSERT INTO note VALUES ('committed')")
READ = "SELECT text FROM note"
PLACES = {
    "spaces": "a path with $HOME, 'quotes' and spaces",
    "long": "/".join(["a-long-name" * 10] * 3),
}


@pytest.mark.parametrize(
    ("place", "account"), [("spaces", "self"), *(("long", account) for account in ACCOUNTS)]
)
def test_data_survive_a_restart_in_any_path_as_anybody(
    tracker: Tracker, place: str, account: str
) -> None:
    """A socket's path has 107 bytes at most, PostgreSQL refuses root,
    and shells split at spaces.
    """
    tracker.home = tracker.home / PLACES[place]
    tracker.home.mkdir(parents=True)
    tracker.prefix = ACCOUNTS[account]
    if account == "another":
        os.chown(tracker.home, 65534, 65534)

    tracker.query(*WRITE)

    assert tracker.query(READ) == "committed"
    assert not tracker.is_served()


def test_data_survive_a_kill_of_the_application(tracker: Tracker) -> None:
    """The watcher stops the server that the application no longer can."""
    application = tracker.hold(*WRITE, "BEGIN", "INSERT INTO note VALUES ('not committed')", READ)
    os.kill(application.pid, signal.SIGKILL)

    assert eventually(lambda: not tracker.is_served())
    assert tracker.query("SELECT string_agg(text, ' ') FROM note") == "committed"


def test_data_survive_a_kill_of_the_server(tracker: Tracker) -> None:
    """Its children live on for a moment, and PostgreSQL refuses to start beside them."""
    tracker.hold(*WRITE, READ)
    os.kill(tracker.cluster.running().pid, signal.SIGKILL)

    assert tracker.query(READ) == "committed"


def test_a_server_that_is_being_killed_is_not_taken_for_one_that_serves(
    own_server: OwnServer,
) -> None:
    """For some milliseconds it is there, and its file says that it is ready."""
    killed = own_server.cluster.running().pid
    os.kill(killed, signal.SIGSTOP)
    killing = threading.Timer(0.5, os.kill, (killed, signal.SIGKILL))
    killing.start()

    assert own_server.cluster.start().pid != killed
    assert own_server.execute("SELECT 1") == (1,)
    killing.join()


def test_data_survive_a_kill_of_both(tracker: Tracker) -> None:
    application = tracker.hold(*WRITE, READ)
    server = tracker.cluster.running().pid
    os.kill(application.pid, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)

    assert tracker.query(READ) == "committed"


def test_a_living_application_gets_a_new_server_when_its_own_was_killed(tracker: Tracker) -> None:
    script = (
        "import django, os, signal; django.setup()\nfrom django.db import connections; from "
        "config.postgres import embedded, "
        "postmaster\nconnections['owner'].cursor().execute('CREATE TABLE note (text text)'); "
        "pid = embedded.server().pid\nos.kill(pid, signal.SIGKILL); "
        "connections['owner'].close()\nwhile not postmaster.is_gone(pid): pass\ncursor = "
        "connections['owner'].cursor(); cursor.execute('SELECT count(*) FROM note'); "
        "print(cursor.fetchone())"
    )

    assert tracker.run("-c", script) == (0, "(0,)\n")
    assert not tracker.is_served()


def test_a_stale_pid_file_of_another_living_process_is_seen_through(tracker: Tracker) -> None:
    """The number of a server that was killed may be somebody else's by now:
    here it is this test's.
    """
    tracker.query(*WRITE)
    stale = [
        str(os.getpid()),
        str(tracker.cluster.directory),
        "1700000000",
        "5432",
        "/nowhere",
        "",
        "1 1",
        "ready",
        "",
    ]
    (tracker.cluster.directory / "postmaster.pid").write_text("\n".join(stale))

    assert not tracker.is_served()
    assert tracker.query(READ) == "committed"


def test_an_interrupted_creation_leaves_nothing_that_hinders_the_next(tracker: Tracker) -> None:
    """The draft of a cluster that never was finished is begun anew."""
    draft = tracker.home / "postgres.init" / "base"
    draft.mkdir(parents=True)
    (draft / "half").write_text("written")

    assert tracker.query("SELECT 1") == "1"
    assert not draft.parent.exists()


def test_a_creation_killed_before_its_database_existed_is_completed(tracker: Tracker) -> None:
    """Between initdb and the roles lies a moment in which everything can end."""
    tracker.home.mkdir()
    tracker.cluster.create()
    tracker.cluster.start()

    assert tracker.query("SELECT current_user") == "tracker_owner"
    assert not tracker.is_served()


def test_the_socket_and_its_directory_go_with_the_server(tracker: Tracker) -> None:
    holder = tracker.hold("SELECT 1")
    sockets = tracker.cluster.running().sockets
    assert sockets.stat().st_mode & 0o777 == 0o700

    holder.communicate()

    assert not Path(sockets).exists()
