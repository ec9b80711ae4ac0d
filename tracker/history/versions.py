"""The versions of a record: which it had, by which change set each, and how two of them differ."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import IntegerField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from tracker.history.snapshots import rows_at
from tracker.history.timeline import TimelineStep, steps_of
from tracker.models import ChangeSet, Event
from tracker.values.nouns import Noun

Rows = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class VersionHistory:
    """Each version by the change set that made it;
    `ends` are those to which the change sets brought it, in order.
    """

    made_in: Mapping[int, UUID]
    ends: tuple[int, ...]

    def before(self, version: int) -> int | None:
        """Return the version to which the change before one had brought the record;
        None if it began there.
        """
        place = bisect_left(self.ends, version)
        return self.ends[place - 1] if place else None

    def after(self, version: int) -> int | None:
        """Return the version to which the next change brought the record; None if there is none."""
        place = bisect_right(self.ends, version)
        return self.ends[place] if place < len(self.ends) else None

    def changes(self, old: int, new: int) -> int:
        """Return how many changes lead from one version to another."""
        return bisect_left(self.ends, new) - bisect_left(self.ends, old)

    def makers(self, versions: Iterable[int]) -> dict[int, ChangeSet]:
        """Return the change sets that made some versions, with who made them; one query."""
        wanted = {version: self.made_in[version] for version in versions}
        changesets = ChangeSet.objects.select_related("made_by").in_bulk(set(wanted.values()))
        return {version: changesets[changeset] for version, changeset in wanted.items()}


def versions_of(noun: Noun, record: int) -> VersionHistory:
    """Return the versions of a record; one query."""
    own = Event.objects.filter(noun=noun, record=record, part="", after__isnull=False)
    rows = own.order_by("id").values_list(
        Cast(KT("after__version"), IntegerField()), "changeset_id"
    )
    made_in = dict(rows)
    return VersionHistory(
        made_in,
        tuple(sorted({changeset: version for version, changeset in made_in.items()}.values())),
    )


def compare(
    noun: Noun, record: int, *, old: int | None, new: int
) -> tuple[TimelineStep, ...] | None:
    """Return the steps from one version to another, or, without an old one,
    to all that is in the new one.

    Returns None if the record never had one of these versions. One query;
    the steps are numbered from 1.
    """
    rows = rows_at(noun, record, {version for version in (old, new) if version is not None})
    if new not in rows or (old is not None and old not in rows):
        return None
    return tuple(steps_of(_events(noun, record, rows[old] if old is not None else {}, rows[new])))


def _events(noun: Noun, record: int, old: Rows, new: Rows) -> Iterator[Event]:
    moment, number = timezone.now(), 0
    for part in new:
        before, after = (
            {row["id"]: row for row in map(json.loads, rows.get(part, []))} for rows in (old, new)
        )
        for row in sorted({*before, *after}):
            number += 1
            yield Event(
                id=number,
                happened_at=moment,
                noun=noun,
                record=record,
                part=part,
                row=row,
                before=before.get(row),
                after=after.get(row),
            )
