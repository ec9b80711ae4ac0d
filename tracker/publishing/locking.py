"""What publishing locks:
the chosen records, at the versions that were reviewed, and the publication itself.

An edition is made in one READ COMMITTED transaction: first the desk's rows are locked, in one order
for all publishers, then the publication is; what is read after that is the latest edition, until
this transaction commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from tracker.models.editions import LOCK
from tracker.models.nouns import RECORDS
from tracker.models.queries import LONGEST_STATEMENT, ids_query, run
from tracker.publishing.batch import AS_IT_IS, Batch, Chosen, by_noun, in_chunks
from tracker.values.problems import Problem, RefusedError

PATIENCE = "60s"  # for a lock
LIMITS = "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)"
BUSY = "it, or the publication, is being changed by somebody else at this moment; try again"


@contextmanager
def all_or_nothing(chosen: Batch) -> Iterator[None]:
    """Undo all that was done if anything is refused,
    and refuse what would wait too long for somebody else.
    """
    try:
        with transaction.atomic():
            run(LIMITS, [PATIENCE, LONGEST_STATEMENT])
            yield
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise
        busy = [
            Problem("busy", BUSY, record=(noun, record))
            for noun, versions in chosen.items()
            for record in versions
        ]
        raise RefusedError(busy[:1]) from error


def lock_desk(
    chosen: Batch, *, lock: bool = True, wholly: bool = False
) -> tuple[Batch, list[Problem]]:
    """Lock the chosen rows, in one order for all publishers;
    return their versions, and which were not so reviewed.

    With `wholly` nobody can so much as name them until this transaction ends.
    """
    problems: list[Problem] = []
    return by_noun(_locked(chosen, lock, wholly, problems)), problems


def _locked(chosen: Batch, lock: bool, wholly: bool, problems: list[Problem]) -> Iterator[Chosen]:
    for noun, ids in in_chunks(chosen):
        rows = RECORDS[noun]._default_manager.filter(pk__in=ids_query(ids)).order_by("pk")
        rows = rows.select_for_update(no_key=not wholly) if lock else rows
        version_of = dict(rows.values_list("pk", "version"))
        for record in ids:
            version, reviewed = version_of.get(record), chosen[noun][record]
            if version is None:
                problems.append(
                    Problem("refused", "there is no such record", record=(noun, record))
                )
                continue
            yield Chosen(noun, record, version)
            if reviewed not in (AS_IT_IS, version):
                says = "it was changed since: reviewed was {reviewed}, now it is {now}; look again"
                params = {"reviewed": reviewed, "now": version}
                problems.append(Problem("outdated", says, ("version",), params, (noun, record)))


def take_lock() -> None:
    """Wait for the lock that publishing transactions hold until they commit;
    a statement of its own.
    """
    run(LOCK)
