"""V5: votes with all their ballots imported from files, undone, published, verified.

Each phase is a process of its own (`python -m tests.benchmarks.votes.phases PHASE …`), so that its
peak of memory is its own; it prints what it measured as JSON, of PostgreSQL's process too.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.place import use_django

Measured = dict[str, float]


def phase(*arguments: str | Path) -> Measured:
    """Run a phase in a process of its own, and return what it measured."""
    command = [sys.executable, "-m", "tests.benchmarks.votes.phases", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def imported(directory: str) -> Measured:
    """Import files, as `manage.py import` does."""
    from django.core.management import call_command

    with _measured() as measured:
        call_command("import", directory, stdout=sys.stderr)
    return measured


def undone() -> Measured:
    """Undo what was done last."""
    from tracker import history
    from tracker.desk import undo
    from tracker.models import Event
    from tracker.values.vocabularies import Channel

    changeset = Event.objects.latest("pk").changeset_id
    with (
        _measured() as measured,
        history.changeset(made_by=None, reason="undone", channel=Channel.COMMAND),
    ):
        undo.undo(changeset=changeset)
    return measured


def published() -> Measured:
    """Publish everything as one edition."""
    from tracker import history
    from tracker.models.nouns import RECORDS
    from tracker.publishing.publish import Chosen, publish
    from tracker.values.vocabularies import Channel

    everything = (
        Chosen(noun, record)
        for noun, model in RECORDS.items()
        for record in model._default_manager.values_list("pk", flat=True).iterator()
    )
    with (
        _measured() as measured,
        history.changeset(made_by=None, reason="all", channel=Channel.COMMAND),
    ):
        publish(records=everything, note="All votes")
    return measured


def verified() -> Measured:
    """Verify all of it; it fails if there is anything to complain about."""
    from django.core.management import call_command

    with _measured() as measured:
        call_command("verify", stdout=sys.stderr, stderr=sys.stderr)
    return measured


@contextmanager
def _measured() -> Iterator[Measured]:
    """Measure seconds, processor time,
    and the most memory of this process and of PostgreSQL's for it, before too.
    """
    from django.db import connection

    from tests.benchmarks.processes import own_seconds, peak_memory, peak_of

    connection.ensure_connection()
    pid, measured = connection.connection.info.backend_pid, Measured()
    measured["mib_before"] = peak_memory()
    cpu, begin = own_seconds(os.getpid(), pid), time.perf_counter()
    yield measured
    measured["seconds"] = time.perf_counter() - begin
    measured["cpu"] = own_seconds(os.getpid(), pid) - cpu
    measured["mib_peak"], measured["mib_database"] = peak_memory(), peak_of(pid)


PHASES: dict[str, Callable[..., Measured]] = {
    "imported": imported, "undone": undone, "published": published, "verified": verified,
}  # fmt: skip

if __name__ == "__main__":
    use_django()
    print(json.dumps(PHASES[sys.argv[1]](*sys.argv[2:])))
