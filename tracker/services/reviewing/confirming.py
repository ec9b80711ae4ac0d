"""“Still so”: a claim that readers see as it is at the desk was checked today, and holds."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tracker.models import Edition
from tracker.models.nouns import RECORDS
from tracker.publication.conflicts import Problem
from tracker.publication.status import statuses
from tracker.services.publishing import Chosen, Refused, all_or_nothing, by_noun, lock_desk, publish
from tracker.services.rendering import Batch
from tracker.values.nouns import Noun

CLAIMS = (Noun.STANCE, Noun.ALIGNMENT)
NO_CLAIM = "only a stance or an alignment is confirmed"
NOT_IN_STEP = "readers don't see it as it is here; have it reviewed and published instead"


def confirm(*, records: Iterable[Chosen], note: str = "") -> Edition | None:
    """Set the day on which claims were last checked to today and publish them, without a second pair of eyes.

    None if all of them were confirmed today. Raises Refused if one is not in step, or is no claim.
    """
    chosen = by_noun(records)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        problems += _against(batch)
        if problems:
            raise Refused(problems)
        _set_today(batch)
        confirmed = [Chosen(noun, record) for noun, versions in batch.items() for record in versions]
        return publish(records=confirmed, note=note, needs_four_eyes=False)


def objections_to_confirming(*, records: Iterable[Chosen]) -> list[Problem]:
    """Return why records can't be confirmed, all at once; nothing is done, nobody is waited for."""
    batch, problems = lock_desk(by_noun(records), lock=False)
    return [*problems, *_against(batch)]


def _against(batch: Batch) -> Iterator[Problem]:
    for noun, versions in batch.items():
        for record, says in _objections(noun, versions).items():
            yield Problem(noun, record, "", says)


def _objections(noun: Noun, versions: dict[int, int]) -> dict[int, str]:
    if noun not in CLAIMS:
        return dict.fromkeys(versions, NO_CLAIM)
    return {
        record: NOT_IN_STEP for record, status in statuses(noun, versions).items() if status.version != versions[record]
    }


def _set_today(batch: Batch) -> None:
    today = timezone.localdate()
    for noun, versions in batch.items():
        claims: Any = RECORDS[noun]._default_manager.filter(pk__in=versions)
        claims.filter(Q(confirmed_on__lt=today) | Q(confirmed_on=None)).update(confirmed_on=today)
