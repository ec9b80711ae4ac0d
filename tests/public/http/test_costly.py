"""Costly answers: one at a time, by a process of their own, counted as what they cost."""

import os
import subprocess
import sys
import time
from pathlib import Path
from resource import RLIMIT_CPU, getrlimit
from threading import Event, Thread

import pytest
from django.test import RequestFactory

from tests.waiting import eventually
from tracker.public.http import costly
from tracker.public.http.costly import BUSY, CPU_SECONDS, FAILED, SHARE, TURN, BusyError, run, turn
from tracker.public.http.throttling import BURST, Limit

REQUEST = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7")


def ending(status: int) -> None:
    os._exit(status)


def test_another_process_makes_it() -> None:
    assert run(os.getpid) != os.getpid()
    assert run(getrlimit, RLIMIT_CPU) == (CPU_SECONDS, CPU_SECONDS)
    assert run(sorted, [3, 1, 2]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("function", "argument"), [(ending, 1), (time.sleep, 60), (bytes, 2**40), (int, "x")]
)
def test_one_that_ends_gets_stuck_or_takes_all_memory_is_given_up(monkeypatch, function, argument):
    monkeypatch.setattr(
        costly, "PROGRAM", costly.PROGRAM.replace(f"alarm({costly.SECONDS})", "alarm(2)")
    )
    with pytest.raises(BusyError, match=FAILED):
        run(function, argument)
    assert run(sorted, [2, 1]) == [1, 2]


def test_whoever_comes_while_another_thread_has_the_turn_is_refused_at_once() -> None:
    """It has it until it is done, whatever comes of it."""
    has_it, is_over = Event(), Event()

    def take() -> None:
        with turn(REQUEST):
            has_it.set()
            is_over.wait(60)

    thread = Thread(target=take)
    thread.start()
    assert has_it.wait(60)
    with pytest.raises(BusyError, match=BUSY), turn(REQUEST):
        pass
    is_over.set()
    thread.join()
    with pytest.raises(ZeroDivisionError), turn(REQUEST):
        raise ZeroDivisionError
    with turn(REQUEST):
        pass


TAKING = """
import fcntl, sys, time
fcntl.lockf(int(sys.argv[1]), fcntl.LOCK_EX)
print("taken", flush=True)
time.sleep(float(sys.argv[2]))
"""


def test_processes_take_turns_and_one_that_is_killed_loses_its(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(costly, "RETRY_AFTER", 1)
    command = [sys.executable, "-c", TAKING, str(TURN), "60"]
    with subprocess.Popen(command, pass_fds=[TURN], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"taken\n"
        with pytest.raises(BusyError, match=BUSY), turn(REQUEST):
            pass
        other.kill()
        other.wait()
        with turn(REQUEST):
            pass


def test_one_address_has_a_third_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a moment more at once, however often it asks,
    and however many requests to read are answered.
    """
    monkeypatch.setattr(costly, "TURNS", turns := Limit())
    monkeypatch.setattr(costly, "SHARE", SHARE)
    turns.charge("198.51.100.7", BURST)
    with turn(REQUEST):
        time.sleep(0.7)
    with pytest.raises(BusyError, match=r"Try again in \d+ s\.") as caught, turn(REQUEST):
        pass
    assert caught.value.seconds >= 2  # twice as long as it took, in whole seconds
    with turn(RequestFactory().get("/", REMOTE_ADDR="198.51.100.8")):
        pass


def test_a_number_is_kept_until_it_says_nothing() -> None:
    limit = Limit(seconds=BURST + SHARE * costly.SECONDS)
    now, had = 1000.0, 0.0
    while now < 2000:
        if not limit.take("a", float("inf"), now):
            limit.charge("a", SHARE * 60.0, now)
            had += 60
        now += 1
    assert had <= 1000 / SHARE + 60 + BURST


STUCK = """
import os, time

def stay(path):
    with open(path + ".new", "w") as file:
        file.write(str(os.getpid()))
    os.rename(path + ".new", path)
    time.sleep(50)
"""
ASKING = """
import sys
from django.conf import settings
settings.configure(BASE_DIR=".")
from stuck import stay
from tracker.public.http.costly import run
run(stay, sys.argv[1])
"""


def test_it_dies_with_the_process_that_asked(tmp_path: Path) -> None:
    (tmp_path / "stuck.py").write_text(STUCK)
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:."}
    with subprocess.Popen(
        [sys.executable, "-c", ASKING, str(tmp_path / "pid")], env=environment
    ) as asking:
        assert eventually((tmp_path / "pid").exists)
        asking.kill()
    pid = int((tmp_path / "pid").read_text())
    assert eventually(lambda: not Path(f"/proc/{pid}").exists())


@pytest.mark.parametrize("fault", [b"\xff", None])
def test_what_cannot_be_told_or_started_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, fault: bytes | None
) -> None:
    """Whatever a process says before it ends, and where there is no room for one."""
    if fault is None:
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(BusyError, match=FAILED):
        run(saying, fault or b"")


def saying(last: bytes) -> None:
    os.write(2, last)
    os._exit(1)


def test_it_has_one_thread() -> None:
    assert run(os.getenv, "OPENBLAS_NUM_THREADS") == "1"
