"""Costly answers: one at a time, by a process of their own, counted as what they cost."""

import os
import subprocess
import sys
import time
from resource import RLIMIT_CPU, getrlimit
from threading import Event, Thread
from typing import Any

import pytest
from django.test import RequestFactory, override_settings

from tracker.web import costly
from tracker.web.costly import BUSY, CPU_SECONDS, FAILED, Busy, run, turn
from tracker.web.throttling import BURST, READING, seconds_to_wait

REQUEST = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7")


def ending(status: int) -> None:
    """End the process."""
    os._exit(status)


def test_another_process_makes_it() -> None:
    """With the same result, within bounds."""
    assert run(os.getpid) != os.getpid()
    assert run(getrlimit, RLIMIT_CPU) == (CPU_SECONDS, CPU_SECONDS)
    assert run(sorted, [3, 1, 2]) == [1, 2, 3]


@pytest.mark.parametrize(("function", "argument"), [(ending, 1), (time.sleep, 60), (bytes, 2**40), (int, "x")])
def test_one_that_ends_gets_stuck_or_takes_all_memory_is_given_up(
    monkeypatch: pytest.MonkeyPatch, function: Any, argument: Any
) -> None:
    """Soon, and the next one is made as before."""
    monkeypatch.setattr(costly, "PROGRAM", costly.PROGRAM.replace(f"alarm({costly.SECONDS})", "alarm(2)"))
    with pytest.raises(Busy, match=FAILED):
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
    with pytest.raises(Busy, match=BUSY), turn(REQUEST):
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


def test_processes_take_turns_and_one_that_is_killed_loses_its(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits too long is refused."""
    monkeypatch.setattr(costly, "RETRY_AFTER", 1)
    command = [sys.executable, "-c", TAKING, str(costly.TURN), "60"]
    with subprocess.Popen(command, pass_fds=[costly.TURN], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"taken\n"
        with pytest.raises(Busy, match=BUSY), turn(REQUEST):
            pass
        other.kill()
        other.wait()
        with turn(REQUEST):
            pass


def test_its_seconds_are_counted_as_requests() -> None:
    """More than could have come meanwhile, so that who has it made again and again is to wait."""
    with override_settings(READS_PER_SECOND=100):
        assert seconds_to_wait(REQUEST) == 0
        READING.charge("198.51.100.7", BURST - 1)
        assert seconds_to_wait(REQUEST) == 0
        with turn(REQUEST):
            time.sleep(0.7)
        assert seconds_to_wait(REQUEST) == 1
        READING.charge("198.51.100.7", 1000)
        assert seconds_to_wait(REQUEST) == 1
        assert seconds_to_wait(RequestFactory().get("/", REMOTE_ADDR="198.51.100.8")) == 0
