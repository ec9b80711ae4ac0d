"""`manage.py up`: from an empty directory to a tracker that answers, and back without a trace."""

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from config.postgres import port
from config.postgres.locks import open_lock, try_alone
from config.postgres.progress import Progress
from config.postgres.trouble import TroubleError
from tests.config.postgres.processes import ACCOUNTS, Tracker, said_until
from tests.waiting import eventually

pytestmark = pytest.mark.slow

SECONDS_TO_BE_HEARD = 0.5


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_empty_directory_becomes_a_tracker_that_answers(
    tracker: Tracker, account: str, free_port: int
) -> None:
    """It says each step, then the addresses; requests are the application's."""
    tracker.prefix = ACCOUNTS[account]
    if account == "another":
        tracker.home.mkdir()
        os.chown(tracker.home, 65534, 65534)

    output = tracker.up(free_port).output

    assert re.search(
        r"Creating the database … \d+\.\d s\nMaking the tables, in \d+ migrations … \d+\.\d "
        r"s\nFilled.\n",
        output,
    )
    for path in ("/", "/admin/", "/api/v1/", "/api/v1/docs/"):
        assert f"http://127.0.0.1:{free_port}{path}\n" in output
    assert urlopen(f"http://127.0.0.1:{free_port}/").read() == b"tracker_app postgres"


def test_for_readers_alone_no_table_is_made_and_no_login_is_named(
    tracker: Tracker, free_port: int
) -> None:
    tracker.environment["TRACKER_DESK"] = "off"

    output = tracker.up(free_port).output

    assert "Making the tables" not in output
    assert f"http://127.0.0.1:{free_port}/api/v1/\n" in output
    assert "/admin/" not in output


@pytest.mark.parametrize(
    ("option", "variables"), [(["--empty"], {}), ([], {"TRACKER_EMPTY": "on"})]
)
def test_it_begins_empty_if_asked_to(
    tracker: Tracker, free_port: int, option: list[str], variables
) -> None:
    tracker.environment |= {"PORT": str(free_port), **variables}

    output = said_until(tracker.start("manage.py", "up", *option), "docs")

    assert "Left empty." in output
    assert "Filled." not in output


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_the_server_and_the_database_when_asked(tracker, free_port, request_to_stop):
    """Ctrl-C, a service manager's TERM, and the end of its terminal."""
    process = tracker.up(free_port)
    urlopen(f"http://127.0.0.1:{free_port}/").read()

    process.send_signal(request_to_stop)
    output, _ = process.communicate(timeout=20)

    assert process.returncode == 0
    assert re.fullmatch(r"\s*Stopping the database … \d+\.\d s\n", output)
    assert not tracker.is_served()


def test_ctrl_c_of_a_terminal_reaches_the_workers_too_and_stops_everything(
    tracker: Tracker, free_port: int
) -> None:
    """A terminal signals the whole group at once; the database is not of it."""
    process = tracker.up(free_port)
    urlopen(f"http://127.0.0.1:{free_port}/").read()

    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=20)

    assert (process.returncode, "Traceback" in output) == (0, False)
    assert not tracker.is_served()


@pytest.mark.parametrize("step", ["Creating the database", "Making the tables"])
def test_ctrl_c_during_a_step_ends_quietly(tracker: Tracker, free_port: int, step: str) -> None:
    """However far it came, nothing is left running and the next start goes well."""
    process = tracker.start("manage.py", "up", "--port", str(free_port))
    begun = ""
    while step not in begun:
        begun += process.stdout.read(1)

    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=20)

    assert (process.returncode, "Traceback" in output) == (0, False)
    assert not tracker.is_served()
    assert tracker.query("SELECT current_user") == "tracker_owner"


def test_the_second_start_keeps_everything_and_takes_under_three_seconds(
    tracker: Tracker, free_port: int
) -> None:
    first = tracker.up(free_port)
    tracker.query("CREATE TABLE note (text text)", "INSERT INTO note VALUES ('kept')")
    stop(first)

    def seconds_to_start() -> float:
        began = time.monotonic()
        again = tracker.up(free_port)
        took = time.monotonic() - began
        assert again.output.startswith("Starting the database …")
        assert not re.search("migrations|Filled", again.output)
        assert tracker.query("SELECT text FROM note") == "kept"
        stop(again)
        return took

    # Other tests may be busy beside this one; one start that they leave alone is enough.
    assert any(seconds_to_start() < 3 for _ in range(3))


def test_a_kill_of_it_leaves_no_server_behind_and_the_port_free(
    tracker: Tracker, free_port: int
) -> None:
    process = tracker.up(free_port)
    process.kill()

    assert eventually(lambda: not tracker.is_served())
    again = tracker.up(free_port)
    assert "The tracker is up" in again.output
    assert "Set TRACKER_CONTACT" in said_until(again, "Set TRACKER_CONTACT")


def test_workers_whose_master_was_killed_are_waited_for(tracker: Tracker, free_port: int) -> None:
    """They hold the directory and the port until they notice and have finished;
    it says so, and begins after them.
    """
    process = tracker.up(free_port)
    with socket.create_connection(("127.0.0.1", free_port)) as half:
        half.sendall(b"GET / HTTP/1.1\r\n")
        time.sleep(SECONDS_TO_BE_HEARD)
        process.kill()
        again = tracker.start("manage.py", "up")
        begun = ""
        while not begun.endswith("…"):
            begun += again.stdout.read(1)

    assert begun == (
        f"Waiting for the workers of a tracker that was killed (process {process.pid}, port "
        f"{free_port}) …"
    )
    assert re.match(r" \d+\.\d s\nStarting the database …", said_until(again, "docs"))
    assert urlopen(f"http://127.0.0.1:{free_port}/").read() == b"tracker_app postgres"


def test_workers_that_never_end_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so long that they would have;
    here a process that has ended left the lock to one that hasn't.
    """
    monkeypatch.setattr(port, "SECONDS_TO_END", 0.2)
    messages = list[str]()
    ended = subprocess.Popen(["true"])
    ended.wait()
    worker = open_lock(tmp_path / "up.lock")
    assert try_alone(worker)
    os.pwrite(worker, f"{ended.pid} 8000".encode(), 0)

    with (
        pytest.raises(TroubleError) as trouble,
        port.only_one(tmp_path, 8000, Progress(messages.append)),
    ):
        raise AssertionError("the lock was had")

    os.close(worker)
    waiting = (
        f"Waiting for the workers of a tracker that was killed (process {ended.pid}, port 8000)"
    )
    assert messages == [f"{waiting} …", "\n"]
    assert (
        str(trouble.value)
        == f"{waiting}: they don't end. End them, or set another TRACKER_DATA_DIR and PORT."
    )


def test_a_second_one_on_the_same_directory_says_where_the_first_is(
    tracker: Tracker, free_port: int
) -> None:
    process = tracker.up(free_port)

    status, output = tracker.run("manage.py", "up", "--port", str(free_port + 1))

    assert status == 1
    assert output == (
        f"The tracker of {tracker.home} is already up at http://127.0.0.1:{free_port}/ "
        f"(process {process.pid}):"
        " use that, or stop it, or set another TRACKER_DATA_DIR and PORT.\n"
    )


def test_a_taken_port_is_refused_before_anything_is_created(
    tracker: Tracker, listener: int
) -> None:
    status, output = tracker.run("manage.py", "up", "--port", str(listener))

    assert status == 1
    assert output == (
        f"Port {listener} is taken by another program: stop that, or choose another: "
        f"PORT={listener + 1} make up\n"
    )
    assert not tracker.cluster.exists


@pytest.mark.parametrize("port", ["eight thousand", "65536"])
def test_a_port_that_is_none_is_refused(tracker: Tracker, port: str) -> None:
    tracker.environment["PORT"] = port

    assert tracker.run("manage.py", "up") == (
        1,
        f"PORT is {port!r}: give a number from 1 to 65535.\n",
    )


def test_a_server_of_ones_own_is_used_and_left_running(
    tracker: Tracker, own_server, free_port: int
) -> None:
    """Its login makes the roles if it may; no embedded server is created."""
    own_server.execute("CREATE ROLE boss LOGIN CREATEROLE", "CREATE DATABASE mine OWNER boss")
    tracker.environment["DATABASE_URL"] = own_server.url("boss", "mine")

    process = tracker.up(free_port)
    assert urlopen(f"http://127.0.0.1:{free_port}/").read() == b"tracker_app boss"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)

    assert process.returncode == 0
    assert not tracker.cluster.exists
    assert own_server.cluster.running()


def test_lines_after_a_terminal_is_gone_go_nowhere_and_stop_nothing(
    tracker: Tracker, free_port: int
) -> None:
    """`up | head` and a closed window are not reasons to leave a database running."""
    process = tracker.start("manage.py", "up", "--port", str(free_port))
    said_until(process, "docs")
    process.stdout.close()

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=20) in (0, 120)
    assert not tracker.is_served()


def stop(process: subprocess.Popen[str]) -> None:
    """Stop a tracker as Ctrl-C does, and wait until it has."""
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
