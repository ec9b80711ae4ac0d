"""Importing files; then publishing the desk, as the admin does: whole, and in many small editions.

Each phase is a process of its own (`python -m tests.benchmarks.editions PHASE …`), so that its peak
of memory is its own; it prints what it measured as JSON. The phases are `imported` (so many
stances, taken back afterwards), `first`, `rename`, `on` (the number of the last edition), and
`release`, which names the latest edition and makes its files.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from tests.benchmarks.desk import CHINA
from tests.benchmarks.place import use_django

HOT, OTHERS = 25, 3
LARGE_EVERY, LARGE_PART = 50, 50
Measured = dict[str, float]


def phase(*arguments: str | int) -> Measured:
    """Run a phase in a process of its own, and return what it measured."""
    command = [sys.executable, "-m", "tests.benchmarks.editions", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def imported(stances: int) -> Measured:
    """Import files of so many stances into an empty desk, as `manage.py import` does,
    and take them back.
    """
    from django.db import connection, transaction

    from tests.benchmarks.processes import own_seconds
    from tests.desk.imports.many import write_many
    from tracker.desk import imports
    from tracker.history import changeset
    from tracker.values.vocabularies import Channel

    connection.ensure_connection()
    busy = (os.getpid(), connection.connection.info.backend_pid)
    with tempfile.TemporaryDirectory() as directory:
        write_many(Path(directory), stances=stances)
        before, cpu, begin = _peak(), own_seconds(*busy), time.perf_counter()
        files = imports.csv_files(paths=[Path(directory)])
        with changeset(made_by=None, reason="imported", channel=Channel.IMPORT):
            imports.apply(plan=imports.plan(tables=imports.stage(files=files)))
            seconds, cpu = time.perf_counter() - begin, own_seconds(*busy) - cpu
            transaction.set_rollback(True)
    return {
        "seconds": seconds,
        "cpu": cpu,
        "mib_before": before,
        "mib_peak": _peak(),
        "stances": stances,
    }


def first() -> Measured:
    """Publish everything as one edition."""
    from tracker.models.nouns import RECORDS
    from tracker.publishing.publish import Chosen

    def everything() -> Iterable[Chosen]:
        for noun, model in RECORDS.items():
            for record in model._default_manager.values_list("pk", flat=True).iterator():
                yield Chosen(noun, record)

    before = _peak()
    return {**_published(everything(), "everything"), "mib_before": before, "mib_peak": _peak()}


def rename() -> Measured:
    """Publish China under another name, which a third of all documents carry."""
    from django.db import connection

    from tracker.models import Change
    from tracker.publishing.publish import Chosen
    from tracker.values.nouns import Noun

    _edit("UPDATE tracker_actor SET name = name || ' (PRC)' WHERE id = %s", [CHINA])
    before = _peak()
    measured = {
        **_published([Chosen(Noun.ACTOR, CHINA)], "renamed"),
        "mib_before": before,
        "mib_peak": _peak(),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM tracker_edition")
        number = cursor.fetchone()[0]
    return {**measured, "documents": Change.objects.filter(edition=number).count()}


def on(last: int, seed: int) -> Measured:
    """Publish small editions up to number `last`:
    one of the hottest stances and three others, all edited before.

    Every fiftieth is large: a fiftieth of all stances. Only the small ones are timed.
    """
    from tracker.models import Edition, Stance
    from tracker.publishing.publish import Chosen
    from tracker.values.nouns import Noun

    begin = Edition.objects.count()
    random, total, hot = Random(seed + begin), Stance.objects.count(), _hottest()
    small, seconds, cpu, records = 0, 0.0, 0.0, 0
    for number in range(begin + 1, last + 1):
        large = number % LARGE_EVERY == 0
        ids = {
            hot[number % len(hot)],
            *random.sample(range(1, total + 1), total // LARGE_PART if large else OTHERS),
        }
        _edit(
            "UPDATE tracker_stance SET summary = regexp_replace(summary, ' Read again .*', "
            "'') || %s, confidence = CASE confidence WHEN 'high' THEN 'moderate' ELSE 'high' "
            "END WHERE id = ANY(%s)",
            [f" Read again for edition {number}.", sorted(ids)],
        )
        took = _published([Chosen(Noun.STANCE, record) for record in ids], f"edition {number}")
        if not large:
            small, records = small + 1, records + len(ids)
            seconds, cpu = seconds + took["seconds"], cpu + took["cpu"]
    return {"editions": small, "seconds": seconds, "cpu": cpu, "records": records}


def release() -> Measured:
    """Make a release of the latest edition."""
    from django.db import connections
    from django.db.models import Sum

    from tests.benchmarks.processes import own_seconds
    from tracker.history import changeset
    from tracker.models import ReleaseFile
    from tracker.publishing.releases import release as made
    from tracker.publishing.releases import suggested
    from tracker.values.vocabularies import Channel

    for alias in ("default", "publication"):
        connections[alias].ensure_connection()
    busy = (
        os.getpid(),
        *(connections[alias].connection.info.backend_pid for alias in ("default", "publication")),
    )
    before, cpu, begin = _peak(), own_seconds(*busy), time.perf_counter()
    with changeset(made_by=None, reason="released", channel=Channel.COMMAND):
        files = ReleaseFile.objects.filter(release=made(version=suggested()))
    seconds, cpu = time.perf_counter() - begin, own_seconds(*busy) - cpu
    size = files.aggregate(size=Sum("size"))["size"] / 2**20
    return {
        "seconds": seconds,
        "cpu": cpu,
        "mib_before": before,
        "mib_peak": _peak(),
        "mib_made": size,
    }


def _hottest() -> list[int]:
    """Return the stances that lists begin with."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record FROM tracker_stancedocument WHERE closed IS NULL AND standing = "
            "'accepted' ORDER BY sort DESC, record DESC LIMIT %s",
            [HOT],
        )
        return [record for (record,) in cursor.fetchall()]


def _edit(sql: str, parameters: Sequence[object]) -> None:
    from django.db import connection

    from tracker.history import changeset
    from tracker.values.vocabularies import Channel

    with (
        changeset(made_by=None, reason="edited", channel=Channel.COMMAND),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)


def _published(records: Iterable[object], note: str) -> Measured:
    """Publish records, and return how many seconds that took, the commit with its checks included.

    `cpu` is what this process and its connection to PostgreSQL used meanwhile.
    """
    from django.db import connection

    from tests.benchmarks.processes import own_seconds
    from tracker.history import changeset
    from tracker.publishing.publish import publish
    from tracker.values.vocabularies import Channel

    connection.ensure_connection()
    busy = (os.getpid(), connection.connection.info.backend_pid)
    cpu, begin = own_seconds(*busy), time.perf_counter()
    with changeset(made_by=None, reason=note, channel=Channel.COMMAND):
        edition = publish(records=records, note=note)
    if edition is None:
        raise RuntimeError(f"{note}: there was nothing to publish")
    return {"seconds": time.perf_counter() - begin, "cpu": own_seconds(*busy) - cpu}


def _peak() -> float:
    """Return the most memory that this process has used, in MiB."""
    from tests.benchmarks.processes import peak_memory

    return peak_memory()


PHASES: dict[str, Callable[..., Measured]] = {
    "imported": imported, "first": first, "rename": rename, "on": on, "release": release,
}  # fmt: skip

if __name__ == "__main__":
    use_django()
    print(json.dumps(PHASES[sys.argv[1]](*map(int, sys.argv[2:]))))
