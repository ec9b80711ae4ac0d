"""Publishing and retracting: the only makers of editions.

An edition is made under one lock, in one READ COMMITTED transaction: the desk's rows are locked at the version that
was reviewed, then the publication is; what is read after that is the latest edition. Own data come from the desk for
the records that are published, and for no others; names come from documents of this edition. A document that names a
record whose name changes is rendered again from its own last version. What is published was seen by four eyes
(`tracker.services.four_eyes`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import DeadlockDetected, LockNotAvailable

from tracker.history import current
from tracker.models import Edition
from tracker.models.merging import MERGEABLE
from tracker.models.nouns import RECORDS
from tracker.publication.publish.conflicts import conflicts
from tracker.publication.publish.live import naming, standing
from tracker.publication.publish.stage import Stage, Staged, take_lock
from tracker.publication.publish.staging import Batch, Renaming, renaming, stage_published, stage_renamed
from tracker.publication.publish.unmerging import stage_unmerged
from tracker.services.four_eyes import asked_of, unseen
from tracker.services.long_work import LONGEST
from tracker.values.chunks import chunks
from tracker.values.nouns import Noun
from tracker.values.problems import Problem, Refused
from tracker.values.vocabularies import Operation

PATIENCE = "60s"
BUSY = "it, or the publication, is being changed by somebody else at this moment; try again"
NOT_PUBLIC = "it is not public, so there is nothing to retract"
NAMED = "it is named by {others}; retract or change these first"


class Chosen(NamedTuple):
    """A record to publish or retract, at the version that was reviewed; None: as it is now."""

    noun: Noun
    id: int
    version: int | None = None


def publish(*, records: Iterable[Chosen], note: str = "") -> Edition | None:
    """Publish records as one edition; None if that would change nothing that readers see.

    Records that come out as they stand are in step from then on.

    Raises Refused with every problem, and OutsideChange outside `history.change()`.
    """
    context = current()
    chosen = by_noun(records)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        take_lock()
        stage, renamed = Stage(), renaming(batch)
        problems += _problems(stage, batch, renamed, asked_of(context))
        if problems:
            raise Refused(problems)
        stage.note_unchanged()
        stage_renamed(stage, batch, renamed)
        return make(stage, note, context.made_by)


def obstacles(*, records: Iterable[Chosen], by: int | None) -> list[Problem]:
    """Return why somebody can't publish records as they are, all at once; nothing is done, nobody is waited for.

    None: whoever publishes them, four eyes apart.
    """
    chosen = by_noun(records)
    with transaction.atomic():
        batch, problems = lock_desk(chosen, lock=False)
        problems += _problems(Stage(), batch, renaming(batch), by)
        transaction.set_rollback(True)
    return problems


def retract(*, records: Iterable[Chosen], note: str = "") -> Edition:
    """Retract public records as one edition; their addresses say so for ever.

    Raises Refused if one is not public or is named by a record that stays, ValueError without records, and
    OutsideChange outside `history.change()`.
    """
    context = current()
    chosen = by_noun(records)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        take_lock()
        stage = Stage()
        problems += [*_stage_retracted(stage, batch), *_named_by_others(batch)]
        if problems:
            raise Refused(problems)
        edition = make(stage, note, context.made_by)
        if edition is None:
            raise ValueError("there is nothing to retract")
        return edition


@contextmanager
def all_or_nothing(chosen: Mapping[Noun, Mapping[int, int | None]]) -> Iterator[None]:
    """Undo all that was done if anything is refused, and refuse what would wait too long for somebody else."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                limits = "set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)"
                cursor.execute(f"SELECT {limits}", [PATIENCE, LONGEST])
            yield
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise
        busy = [
            Problem("refused", BUSY, record=(noun, record)) for noun, versions in chosen.items() for record in versions
        ]
        raise Refused(busy[:1]) from error


def by_noun(records: Iterable[Chosen]) -> dict[Noun, dict[int, int | None]]:
    """Return the versions at which records are chosen, by noun and id."""
    chosen: dict[Noun, dict[int, int | None]] = defaultdict(dict)
    for record in records:
        chosen[record.noun][record.id] = record.version
    return chosen


def lock_desk(
    chosen: Mapping[Noun, Mapping[int, int | None]], *, lock: bool = True, wholly: bool = False
) -> tuple[Batch, list[Problem]]:
    """Lock the chosen rows, in one order for all publishers; return their versions, and which were not so reviewed.

    With `wholly` nobody can so much as name them until this transaction ends.
    """
    batch: Batch = {}
    problems: list[Problem] = []
    for noun in (noun for noun in Noun if noun in chosen):
        batch[noun] = {}
        for ids in chunks(sorted(chosen[noun])):
            rows = RECORDS[noun]._default_manager.filter(pk__in=ids).order_by("pk")
            rows = rows.select_for_update(no_key=not wholly) if lock else rows
            batch[noun].update(rows.values_list("pk", "version"))
        problems += _unlike_reviewed(noun, chosen[noun], batch[noun])
    return batch, problems


def _problems(stage: Stage, batch: Batch, renamed: Renaming, by: int | None) -> Iterator[Problem]:
    """Stage what is published, and yield what stands in the way; four eyes are asked of the person `by`."""
    yield from merged(batch)
    yield from stage_published(stage, batch, renamed)
    if by is not None:
        staged = stage.records()
        yield from unseen({noun: {record: batch[noun][record] for record in staged[noun]} for noun in staged}, by)
    stage_unmerged(stage, batch, renamed)
    yield from conflicts(stage)


def _unlike_reviewed(noun: Noun, chosen: Mapping[int, int | None], found: Mapping[int, int]) -> list[Problem]:
    return [
        Problem("refused", "there is no such record", record=(noun, record))
        if record not in found
        else Problem(
            "outdated",
            "it was changed since: reviewed was {reviewed}, now it is {now}; look again",
            ("version",),
            {"reviewed": version, "now": found[record]},
            (noun, record),
        )
        for record, version in chosen.items()
        if record not in found or version not in (None, found[record])
    ]


def merged(batch: Batch) -> Iterator[Problem]:
    """Yield which records are part of others."""
    for noun in (noun for noun in MERGEABLE if noun in batch):
        for ids in chunks(batch[noun]):
            rows: QuerySet[Any] = RECORDS[noun]._default_manager.filter(pk__in=ids).order_by("pk")
            gone = rows.filter(merged_into__isnull=False)
            for record, survivor in gone.values_list("pk", "merged_into"):
                says, others = "it was merged into {0}; publish that one", ((noun, survivor),)
                yield Problem("refused", says, ("merged_into",), record=(noun, record), others=others)


def _stage_retracted(stage: Stage, batch: Batch) -> Iterator[Problem]:
    for noun, versions in batch.items():
        for ids in chunks(versions):
            stood = standing(noun, ids)
            for record in ids:
                if record not in stood:
                    yield Problem("refused", NOT_PUBLIC, record=(noun, record))
            stage.add(
                noun,
                [Staged(noun, record, one.key(), Operation.RETRACTED, {}, one.id) for record, one in stood.items()],
            )


def _named_by_others(batch: Batch) -> Iterator[Problem]:
    retracted = [(noun, record) for noun, versions in batch.items() for record in versions]
    others: dict[tuple[Noun, int], list[tuple[Noun, int]]] = defaultdict(list)
    for noun in Noun:
        for record, named in naming(noun, retracted):
            if record not in batch.get(noun, {}):
                for name in named:
                    others[name].append((noun, record))
    for key, by in others.items():
        yield Problem("refused", NAMED, record=key, others=tuple(by))


def make(stage: Stage, note: str, published_by: int | None) -> Edition | None:
    """Make the edition of what is staged; None if that is nothing."""
    if not stage.rows:
        stage.drop()
        return None
    return Edition.objects.get(pk=stage.write(note=note.replace("\x00", "").strip(), published_by=published_by))
