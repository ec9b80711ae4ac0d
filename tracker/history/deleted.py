"""Records that were deleted and did not come back, newest first:
what they were, and who deleted them, when and why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tracker.history.snapshots import record_of
from tracker.models import ChangeSet, Event, Record
from tracker.values.nouns import Noun
from tracker.values.problems import Key


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deleted record as it was last, unsaved; `event` numbers its deletion."""

    noun: Noun
    record: Record
    changeset: ChangeSet
    event: int


@dataclass(frozen=True, slots=True)
class DeletedPage:
    """Some deleted records; `older` is where the next page begins, None if this is the last."""

    records: tuple[Deleted, ...]
    older: int | None


def deleted(*, noun: Noun | None = None, before: int | None = None, most: int) -> DeletedPage:
    """Return so many deleted records, of a noun if one is given, those before an event;
    one query.
    """
    came_back = Event.objects.filter(
        noun=OuterRef("noun"), record=OuterRef("record"), part="", id__gt=OuterRef("id")
    )
    wanted: dict[str, Any] = {"noun": noun} if noun else {}
    wanted |= {"id__lt": before} if before else {}
    events = list(
        Event.objects.filter(~Exists(came_back), part="", after__isnull=True, **wanted)
        .select_related("changeset__made_by")
        .order_by("-id")[: most + 1]
    )
    records = tuple(
        Deleted(
            Noun(event.noun),
            record_of(Noun(event.noun), event.before or {}),
            event.changeset,
            event.pk,
        )
        for event in events[:most]
    )
    return DeletedPage(records, events[most - 1].pk if len(events) > most else None)


def last_rows(keys: Iterable[Key]) -> dict[Key, Record]:
    """Return what these records were last, as far as they were ever deleted; one query."""
    wanted = [Q(noun=noun, record=record) for noun, record in keys]
    events = (
        Event.objects.filter(Q(*wanted, _connector=Q.OR), part="", after__isnull=True)
        if wanted
        else []
    )
    latest = {
        (Noun(event.noun), event.record): event.before or {}
        for event in sorted(events, key=lambda event: event.pk)
    }
    return {(noun, record): record_of(noun, row) for (noun, record), row in latest.items()}
