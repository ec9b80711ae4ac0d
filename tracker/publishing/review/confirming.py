"""Confirming that a claim is current: the day of its last check moves on, which is a change like any other."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tracker.history import current
from tracker.models.nouns import records_of
from tracker.publishing.batch import Batch, Chosen, by_noun
from tracker.publishing.locking import all_or_nothing, lock_desk
from tracker.publishing.status import statuses
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun
from tracker.values.problems import Problem, RefusedError

NO_CLAIM = "only a stance or an alignment is confirmed"
NOT_IN_STEP = "readers don't see it as it is here; have it reviewed and published instead"


def confirm(*, records: Iterable[Chosen], on: date | None = None) -> list[Chosen]:
    """Set the day on which claims were last checked: today, or `on`; not of those that were checked then or later.

    Return the claims that this changed, at the versions that they have now: readers see them once they are published.

    Raises RefusedError if one is not in step, or is no claim, and OutsideChangeSet outside `history.changeset()`.
    """
    current()
    chosen = by_noun(records)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        problems += _against(batch)
        if problems:
            raise RefusedError(problems)
        return [*_confirmed(batch, on or timezone.localdate())]


def objections_to_confirming(*, records: Iterable[Chosen]) -> list[Problem]:
    """Return why records can't be confirmed, all at once; nothing is done, nobody is waited for."""
    batch, problems = lock_desk(by_noun(records), lock=False)
    return [*problems, *_against(batch)]


def _against(batch: Batch) -> Iterator[Problem]:
    for noun, versions in batch.items():
        for record, says in _objections(noun, versions).items():
            yield Problem("refused", says, record=(noun, record))


def _objections(noun: Noun, versions: Mapping[int, int]) -> dict[int, str]:
    if noun not in CLAIMS:
        return dict.fromkeys(versions, NO_CLAIM)
    return {
        record: NOT_IN_STEP for record, status in statuses(noun, versions).items() if status.version != versions[record]
    }


def _confirmed(batch: Batch, on: date) -> Iterator[Chosen]:
    for noun, versions in batch.items():
        claims: Any = records_of(noun).filter(pk__in=versions)
        claims.filter(Q(confirmed_on__lt=on) | Q(confirmed_on=None)).update(confirmed_on=on)
        for record, version in claims.order_by("pk").values_list("pk", "version"):
            if version != versions[record]:
                yield Chosen(noun, record, version)
