"""Publishing and retracting: the only makers of editions.

An edition is made under one lock, in one READ COMMITTED transaction: the desk's rows are locked at the version that
was reviewed, then the publication is; what is read after that is the latest edition. Own data come from the desk for
the records that are published, and for no others; names come from documents of this edition. A document that names a
record whose name changes is rendered again from its own last version.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import transaction

from tracker.history import current
from tracker.models import Edition
from tracker.models.nouns import RECORDS
from tracker.publication.conflicts import Problem, conflicts
from tracker.publication.staging import Stage, Staged, take_lock
from tracker.publication.standing import naming, standing
from tracker.services.rendering import Batch, stage_published, stage_renamed
from tracker.values.chunks import chunks
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation


class Chosen(NamedTuple):
    """A record to publish or retract, at the version that was reviewed; None: as it is now."""

    noun: Noun
    id: int
    version: int | None = None


class Refused(Exception):
    """Something can't be published or retracted; `problems` says what and why, all at once. Nothing was done."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


@transaction.atomic
def publish(*, records: Iterable[Chosen], note: str = "") -> Edition | None:
    """Publish records as one edition; None if that would change nothing that readers see.

    Raises Refused with every problem, and OutsideChange outside `history.change()`.
    """
    context = current()
    batch = _lock_desk(records)
    take_lock()
    stage = Stage()
    problems = [*stage_published(stage, batch), *conflicts(stage)]
    if problems:
        raise Refused(problems)
    stage_renamed(stage, batch)
    return _make(stage, note, context.made_by)


@transaction.atomic
def retract(*, records: Iterable[Chosen], note: str = "") -> Edition:
    """Retract public records as one edition; their addresses say so for ever.

    Raises Refused if one is not public or is named by a record that stays, and OutsideChange outside a change.
    """
    context = current()
    batch = _lock_desk(records)
    take_lock()
    stage = Stage()
    problems = list(_named_by_others(batch))
    for noun, versions in batch.items():
        found = standing(noun, versions)
        problems += [
            Problem(noun, record, "", "it is not public, so there is nothing to retract")
            for record in versions
            if record not in found
        ]
        stage.add(
            noun,
            [
                Staged(noun, record, str(document.fields().get("slug", record)), Operation.RETRACTED, {}, document.id)
                for record, document in found.items()
            ],
        )
    if problems:
        raise Refused(problems)
    return _made(_make(stage, note, context.made_by))


def _lock_desk(records: Iterable[Chosen]) -> Batch:
    """Lock the chosen rows, in one order for all publishers, and return their versions by noun and id."""
    chosen: dict[Noun, dict[int, int | None]] = defaultdict(dict)
    for record in records:
        chosen[record.noun][record.id] = record.version
    batch: Batch = {}
    problems: list[Problem] = []
    for noun in (noun for noun in Noun if noun in chosen):
        batch[noun] = {}
        for ids in chunks(sorted(chosen[noun])):
            rows = RECORDS[noun]._default_manager.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
            batch[noun].update(rows.values_list("pk", "version"))
        problems += _unlike_reviewed(noun, chosen[noun], batch[noun])
    if problems:
        raise Refused(problems)
    return batch


def _unlike_reviewed(noun: Noun, chosen: dict[int, int | None], found: dict[int, int]) -> list[Problem]:
    return [
        Problem(noun, record, "", "there is no such record")
        if record not in found
        else Problem(
            noun,
            record,
            "version",
            f"it was changed since: reviewed was {version}, now it is {found[record]}; look again",
        )
        for record, version in chosen.items()
        if record not in found or version not in (None, found[record])
    ]


def _named_by_others(batch: Batch) -> Iterator[Problem]:
    named = [(noun, record) for noun, versions in batch.items() for record in versions]
    others: dict[tuple[Noun, int], list[str]] = defaultdict(list)
    for noun, record, to, to_record in naming(named):
        if record not in batch.get(noun, {}):
            others[to, to_record].append(f"{noun} {record}")
    for (noun, record), names in others.items():
        yield Problem(noun, record, "", f"it is named by {', '.join(names)}; retract or change these first")


def _make(stage: Stage, note: str, published_by: int | None) -> Edition | None:
    if not stage.rows:
        stage.drop()
        return None
    return Edition.objects.get(pk=stage.write(note=note, published_by=published_by))


def _made(edition: Edition | None) -> Edition:
    if edition is None:
        raise Refused([])
    return edition
