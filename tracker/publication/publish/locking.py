"""What publishing holds on to: the chosen records, at the versions that were reviewed, and the publication itself.

An edition is made in one READ COMMITTED transaction: first the desk's rows are locked, in one order for all publishers,
then the publication is; what is read after that is the latest edition, until this transaction commits.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from heapq import merge
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from psycopg.errors import DeadlockDetected, LockNotAvailable

from tracker.models.merging import MERGEABLE
from tracker.models.nouns import RECORDS
from tracker.models.queries import LONGEST_STATEMENT, run
from tracker.publication.publish.desk import ids_query
from tracker.schema.filters import LARGEST_ID
from tracker.values.chunks import chunks
from tracker.values.nouns import Noun
from tracker.values.problems import Problem, Refused

LOCK = "tracker: publication"
PATIENCE = "60s"  # for a lock
LIMITS = "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)"
BUSY = "it, or the publication, is being changed by somebody else at this moment; try again"

Batch = dict[Noun, Mapping[int, int]]  # by noun and id, the version that is published
AS_IT_IS = 0  # no version: whichever it has
BITS, RUN = 32, 131_072  # of a version in a number; how many numbers are sorted at once
VERSION = (1 << BITS) - 1  # as a version: one that no row has


class Chosen(NamedTuple):
    """A record to publish or retract, at the version that was reviewed; None: as it is now."""

    noun: Noun
    id: int
    version: int | None = None


class Versions(Mapping[int, int]):
    """Versions of records by id, ascending, in eight bytes each: as a dict a million of them takes a hundred megabytes.

    Each is a number, the id before the version. Of an id that is given more than once the highest version holds.
    """

    def __init__(self, numbers: "array[int]") -> None:
        if any(after <= before for before, after in pairwise(numbers)):
            runs = [array("q", sorted(numbers[at : at + RUN])) for at in range(0, len(numbers), RUN)]
            numbers = array("q", (max(each) for _, each in groupby(merge(*runs), key=lambda number: number >> BITS)))
        self._numbers = numbers

    def __getitem__(self, record: int) -> int:
        place = bisect_left(self._numbers, record << BITS)
        if place == len(self._numbers) or self._numbers[place] >> BITS != record:
            raise KeyError(record)
        return self._numbers[place] & VERSION

    def __iter__(self) -> Iterator[int]:
        return (number >> BITS for number in self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def by_noun(records: Iterable[Chosen]) -> Batch:
    """Return the versions at which records are chosen, by noun and id.

    What no row can have as its id or version, as a page sends it that was tampered with, is one that none has.
    """
    numbers: dict[Noun, array[int]] = defaultdict(lambda: array("q"))
    for noun, record, version in records:
        reviewed = AS_IT_IS if version is None else version if 0 < version < VERSION else VERSION
        numbers[noun].append(min(max(record, 0), LARGEST_ID) << BITS | reviewed)
    return {noun: Versions(each) for noun, each in numbers.items()}


def in_chunks(
    records: Mapping[Noun, Iterable[int]], nouns: Iterable[Noun] = tuple(Noun)
) -> Iterator[tuple[Noun, list[int]]]:
    """Yield the ids of these nouns' records in chunks, ascending: one order for all publishers."""
    for noun in nouns:
        for ids in chunks(records.get(noun, ()), noun.at_once):
            yield noun, ids


@contextmanager
def all_or_nothing(chosen: Batch) -> Iterator[None]:
    """Undo all that was done if anything is refused, and refuse what would wait too long for somebody else."""
    try:
        with transaction.atomic():
            run(LIMITS, [PATIENCE, LONGEST_STATEMENT])
            yield
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise
        busy = [
            Problem("refused", BUSY, record=(noun, record)) for noun, versions in chosen.items() for record in versions
        ]
        raise Refused(busy[:1]) from error


def lock_desk(chosen: Batch, *, lock: bool = True, wholly: bool = False) -> tuple[Batch, list[Problem]]:
    """Lock the chosen rows, in one order for all publishers; return their versions, and which were not so reviewed.

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
                problems.append(Problem("refused", "there is no such record", record=(noun, record)))
                continue
            yield Chosen(noun, record, version)
            if reviewed not in (AS_IT_IS, version):
                says = "it was changed since: reviewed was {reviewed}, now it is {now}; look again"
                params = {"reviewed": reviewed, "now": version}
                problems.append(Problem("outdated", says, ("version",), params, (noun, record)))


def take_lock() -> None:
    """Wait for the lock that publishing transactions hold until they commit; a statement of its own."""
    run("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])


def merged(batch: Batch) -> Iterator[Problem]:
    """Yield which records are part of others."""
    for noun, ids in in_chunks(batch, MERGEABLE):
        rows: QuerySet[Any] = RECORDS[noun]._default_manager.filter(pk__in=ids_query(ids)).order_by("pk")
        for record, survivor in rows.filter(merged_into__isnull=False).values_list("pk", "merged_into"):
            says, others = "it was merged into {0}; publish that one", ((noun, survivor),)
            yield Problem("refused", says, ("merged_into",), record=(noun, record), others=others)
