"""One server for all who use the same data directory: the first starts it, the last stops it."""

import pytest

from config.postgres import users
from config.postgres.postmaster import is_gone
from tests.config.postgres.processes import QUERY, Tracker
from tests.waiting import eventually

pytestmark = pytest.mark.slow


def test_a_lone_process_starts_the_server_and_stops_it(tracker: Tracker) -> None:
    assert tracker.query("SELECT 1") == "1"
    assert not tracker.is_served()


def test_four_processes_at_once_on_an_empty_directory_share_one_cluster(tracker: Tracker) -> None:
    """All ask the same server, and the last one stops it."""
    asked = "SELECT system_identifier::text FROM pg_control_system()"
    processes = [tracker.start(str(QUERY), "default", asked) for _ in range(4)]
    outputs = {process.communicate(timeout=50)[0] for process in processes}

    assert len(outputs) == 1
    assert outputs.pop().strip().isdigit()
    assert not tracker.is_served()


def test_the_server_stays_while_another_uses_it(tracker: Tracker) -> None:
    first, second = tracker.hold("SELECT 1"), tracker.hold("SELECT 1")
    server = tracker.cluster.running()

    first.communicate()
    assert tracker.cluster.running() == server

    second.communicate()
    assert not tracker.is_served()


def test_a_forked_child_does_not_stop_its_parents_server(tracker: Tracker) -> None:
    """It uses the server by itself, and its end is not its parent's."""
    script = (
        "import django, os; django.setup()\n"
        "from django.db import connections; from config.postgres import embedded\n"
        "before = embedded.server(); connections.close_all(); child = os.fork()\n"
        "with connections['owner'].cursor() as cursor: cursor.execute('SELECT 1')\n"
        "if child: os.waitpid(child, 0); print(embedded.server() == before)\n"
    )

    assert tracker.run("-c", script) == (0, "True\n")
    assert not tracker.is_served()


def test_the_server_stays_for_a_forked_child_that_outlives_its_parent(tracker: Tracker) -> None:
    script = (
        "import django, os, sys; django.setup()\n"
        "from django.db import connections; from config.postgres import embedded\n"
        "embedded.server(); ready, done = os.pipe(); parent = os.getpid(); child = os.fork()\n"
        "if child: os.read(ready, 1); sys.exit()\n"
        "cursor = connections['owner'].cursor(); cursor.execute('SELECT 1'); os.write(done, b'x')\n"
        "sys.stdin.read(); cursor.execute('SELECT 2'); print(cursor.fetchone())\n"
    )
    parent = tracker.start("-c", script)
    parent.wait(timeout=20)
    assert tracker.is_served()

    output, _ = parent.communicate()

    assert output == "(2,)\n"
    assert eventually(lambda: not tracker.is_served())


def test_a_data_directory_that_is_removed_takes_its_server_along(tracker: Tracker) -> None:
    tracker.hold("SELECT 1")
    server = tracker.cluster.running()
    tracker.home.rename(tracker.home.with_name("elsewhere"))

    assert eventually(lambda: is_gone(server.pid) and not server.sockets.exists())


def test_a_data_directory_that_is_gone_before_the_watcher_looks_takes_its_server_along(
    tracker: Tracker,
) -> None:
    tracker.home.mkdir()
    tracker.cluster.create()
    server = tracker.cluster.start()
    tracker.home.rename(tracker.home.with_name("elsewhere"))
    tracker.home.mkdir()

    users.start_watcher(tracker.cluster, server)

    assert eventually(lambda: is_gone(server.pid) and not server.sockets.exists())


def test_checks_and_static_files_need_no_server(tracker: Tracker) -> None:
    for command in (["check"], ["check", "--deploy"], ["makemigrations", "--help"], ["roles"]):
        status, output = tracker.run("manage.py", *command)
        assert status == 0, output

    assert not tracker.cluster.exists


def test_a_signal_that_comes_while_the_server_is_stopped_does_not_stop_the_stopping(
    tracker: Tracker,
) -> None:
    script = (
        "import django, os, signal, threading, time; django.setup()\nfrom config.postgres "
        "import embedded, users\nheard = []; embedded.server(); signal.signal(signal.SIGINT, "
        "lambda *_: heard.append('interrupted'))\nthreading.Timer(0.0, lambda: "
        "os.kill(os.getpid(), signal.SIGINT)).start()\nusers.leave(embedded.cluster()); "
        "print(embedded.cluster().running())\nwhile not heard: "
        "time.sleep(0.01)\nprint(*heard)\n"
    )
    status, output = tracker.run("-c", script)

    assert status == 0
    assert output.split() == ["None", "interrupted"]
