"""Publishing the desk, as the admin does: whole, renamed, and in many small editions.

Each phase is a process of its own (`python -m tools.bench.editions PHASE …`), so that its peak of
memory is its own; it prints what it measured as JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from tools.bench.desk import CHINA
from tools.bench.place import use_django
from tools.bench.processes import own_seconds, peak_memory

OTHERS = 3  # records of a small edition beside one that lists begin with
NEWEST = """
    SELECT record FROM tracker_stancedocument WHERE closed IS NULL AND standing = 'accepted'
    ORDER BY sort DESC, record DESC LIMIT 25
"""
READ_AGAIN = """
    UPDATE tracker_stance SET summary = regexp_replace(summary, ' Read again .*', '') || %s
    WHERE id = ANY(%s)
"""
Measured = dict[str, float]


def phase(*arguments: str | int) -> Measured:
    """Run a phase in a process of its own, and return what it measured."""
    command = [sys.executable, "-m", "tools.bench.editions", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def first() -> Measured:
    """Publish everything as one edition."""
    from tracker.models.nouns import RECORDS
    from tracker.publishing.publish import Chosen

    def everything() -> Iterable[Chosen]:
        for noun, model in RECORDS.items():
            for record in model._default_manager.values_list("pk", flat=True).iterator():
                yield Chosen(noun, record)

    before = peak_memory()
    return {**published(everything()), "mib_before": before, "mib_peak": peak_memory()}


def rename() -> Measured:
    """Publish China under another name, which a third of all documents carry."""
    from tracker.models import Change, Edition
    from tracker.publishing.publish import Chosen
    from tracker.values.nouns import Noun

    edit("UPDATE tracker_actor SET name = name || ' (PRC)' WHERE id = %s", [CHINA])
    before = peak_memory()
    costs = published([Chosen(Noun.ACTOR, CHINA)])
    documents = Change.objects.filter(edition=Edition.objects.latest("number").number).count()
    return {**costs, "mib_before": before, "mib_peak": peak_memory(), "documents": documents}


def on(last: int, seed: int) -> Measured:
    """Publish small editions up to number `last`, each of a few stances that were edited before."""
    from django.db import connection

    from tracker.models import Edition, Stance
    from tracker.publishing.publish import Chosen
    from tracker.values.nouns import Noun

    random, total, begin = Random(seed), Stance.objects.count(), Edition.objects.count()
    with connection.cursor() as cursor:
        newest = [record for (record,) in cursor.execute(NEWEST).fetchall()]
    costs = {"editions": last - begin, "seconds": 0.0, "cpu": 0.0}
    for number in range(begin + 1, last + 1):
        others = random.sample(range(1, total + 1), OTHERS)
        records = sorted({newest[number % len(newest)], *others})
        edit(READ_AGAIN, [f" Read again for edition {number}.", records])
        took = published([Chosen(Noun.STANCE, record) for record in records])
        costs["seconds"] += took["seconds"]
        costs["cpu"] += took["cpu"]
    return costs


def edit(statement: str, parameters: list[Any]) -> None:
    from django.db import connection

    from tracker.history import changeset
    from tracker.values.vocabularies import Channel

    with (
        changeset(made_by=None, reason="read again", channel=Channel.COMMAND),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)


def published(records: Iterable[Any]) -> Measured:
    """Publish records, and return the seconds and the processor time of it, PostgreSQL's too."""
    from django.db import connection

    from tracker.history import changeset
    from tracker.publishing.publish import publish
    from tracker.values.vocabularies import Channel

    connection.ensure_connection()
    busy = (os.getpid(), connection.connection.info.backend_pid)
    cpu, begin = own_seconds(*busy), time.perf_counter()
    with changeset(made_by=None, reason="measured", channel=Channel.COMMAND):
        edition = publish(records=records, note="measured")
    if edition is None:
        raise RuntimeError("there was nothing to publish")
    return {"seconds": time.perf_counter() - begin, "cpu": own_seconds(*busy) - cpu}


PHASES: dict[str, Callable[..., Measured]] = {"first": first, "rename": rename, "on": on}

if __name__ == "__main__":
    use_django()
    print(json.dumps(PHASES[sys.argv[1]](*map(int, sys.argv[2:]))))
