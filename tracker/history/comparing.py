"""Comparing two versions of a record, part by part and field by field; and telling all that is in one."""

import json
from collections.abc import Iterator

from django.utils import timezone

from tracker.history.past import rows_at
from tracker.history.timeline import Step, steps_of
from tracker.models import Event
from tracker.values.nouns import Noun

Rows = dict[str, list[str]]


def compare(noun: Noun, record: int, *, old: int | None, new: int) -> tuple[Step, ...] | None:
    """Return the steps from one version to another, or, without an old one, to all that is in the new one.

    Returns None if the record never had one of these versions. One query; the steps are numbered from 1.
    """
    found = rows_at(noun, record, {version for version in (old, new) if version is not None})
    if new not in found or (old is not None and old not in found):
        return None
    return tuple(steps_of(_events(noun, record, found[old] if old is not None else {}, found[new])))


def _events(noun: Noun, record: int, old: Rows, new: Rows) -> Iterator[Event]:
    moment, number = timezone.now(), 0
    for part in new:
        before, after = ({row["id"]: row for row in map(json.loads, rows.get(part, []))} for rows in (old, new))
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
