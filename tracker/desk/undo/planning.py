"""What an undo would do, and what blocks it: only looked at, by whoever may read."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tracker.desk.undo import work_table
from tracker.desk.undo.blockers import blockers
from tracker.history.snapshots import rows_at
from tracker.models import ChangeSet, Event
from tracker.models.queries import may_take_long, rows_of
from tracker.models.tables import IN_ORDER
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem

MOST_EVENTS = 100
Fill = Callable[[], None]


class UndoAction(StrEnum):
    """What becomes of a row; and of a record, all of whose rows are one."""

    DELETE = "delete"
    RESTORE = "restore"
    CHANGE = "change"


RIGHTS = {UndoAction.DELETE: "delete", UndoAction.RESTORE: "add", UndoAction.CHANGE: "change"}


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What is to be done: how many records of each noun, and, row by row,
    the events that this would write.

    `events` are unsaved, numbered from 1 in the order of nouns, records, parts; at most as many as
    were asked for, of `rows` in all. `left_out` are the records that are left alone: those that
    were to be, and what hangs on them.
    """

    counts: Mapping[Noun, Mapping[UndoAction, int]]
    events: tuple[Event, ...]
    rows: int
    blockers: tuple[Problem, ...]
    left_out: frozenset[Key]

    def count(self, action: UndoAction | None = None) -> int:
        """Return how many records there is something to be done with."""
        return sum(
            number
            for by in self.counts.values()
            for done, number in by.items()
            if action in (None, done)
        )


def rights(plan: UndoPlan) -> set[str]:
    """Return the permissions that doing by hand what a plan does would take."""
    return {f"tracker.{RIGHTS[action]}_{noun}" for noun, by in plan.counts.items() for action in by}


class UnknownError(LookupError):
    """There is no such change set, version, or deletion."""


def plan(
    *,
    changeset: UUID,
    leaving_out: Iterable[Key] = (),
    only: Key | None = None,
    first: int = 1,
    most: int = MOST_EVENTS,
    by: int | None = None,
) -> UndoPlan:
    """Return what `undo` would do, with at most so many events from number `first` on.

    `by` is who would do it; None: somebody on the server, who may do all of it.
    """
    return _plan(fill_of_changeset(changeset, only), leaving_out, first, most, by=by)


def plan_put_back(*, noun: Noun, record: int, version: int) -> UndoPlan:
    return _plan(fill_of_version(noun, record, version))


def plan_restore(*, noun: Noun, record: int) -> UndoPlan:
    return _plan(fill_of_deletion(noun, record))


def fill_of_changeset(changeset: UUID, only: Key | None = None) -> Fill:
    if not ChangeSet.objects.filter(pk=changeset).exists():
        raise UnknownError(f"there is no change set {changeset}")
    return partial(work_table.of_changeset, changeset, only)


def fill_of_version(noun: Noun, record: int, version: int) -> Fill:
    rows = rows_at(noun, record, {version})
    if version not in rows:
        raise UnknownError(f"{noun} {record} has no version {version}")
    return partial(work_table.of_version, noun, record, rows[version])


def fill_of_deletion(noun: Noun, record: int) -> Fill:
    last = Event.objects.filter(noun=noun, record=record, part="").order_by("-pk").first()
    if last is None or last.after is not None:
        raise UnknownError(f"{noun} {record} was not deleted")
    return partial(work_table.of_changeset, last.changeset_id, (noun, record))


@transaction.atomic
def _plan(
    fill: Fill,
    leaving_out: Iterable[Key] = (),
    first: int = 1,
    most: int = MOST_EVENTS,
    *,
    by: int | None = None,
) -> UndoPlan:
    may_take_long()
    with work_table.work_table():
        fill()
        work_table.leave_out(leaving_out)
        return planned(first, most, by)


def planned(first: int, most: int, by: int | None) -> UndoPlan:
    counts: dict[Noun, dict[UndoAction, int]] = {}
    for noun, action, number in rows_of(
        "SELECT noun, coalesce(action, 'change'), count(*) FROM (SELECT noun, record, "
        "min(action) FILTER (WHERE part = '') AS action FROM undoing WHERE NOT left_out "
        "GROUP BY noun, record) r GROUP BY 1, 2"
    ):
        counts.setdefault(Noun(noun), {})[UndoAction(action)] = number
    (rows,) = rows_of("SELECT count(*) FROM undoing WHERE NOT left_out")[0]
    left = rows_of("SELECT DISTINCT noun, record FROM undoing WHERE left_out")
    return UndoPlan(
        {noun: counts[noun] for noun in IN_ORDER if noun in counts},
        _events(first, most),
        rows,
        blockers(by),
        frozenset((Noun(noun), record) for noun, record in left),
    )


def _events(first: int, most: int) -> tuple[Event, ...]:
    rows = rows_of(
        "SELECT noun, record, part, row, now, CASE WHEN action <> 'delete' THEN target END "
        "FROM undoing WHERE NOT left_out AND (now IS NOT NULL OR target IS NOT NULL) ORDER "
        "BY array_position(%s::text[], noun), record, part, row OFFSET %s LIMIT %s",
        [[noun.value for noun in IN_ORDER], first - 1, most],
    )
    moment = timezone.now()
    return tuple(
        Event(
            id=number,
            happened_at=moment,
            noun=noun,
            record=record,
            part=part,
            row=row,
            before=now and json.loads(now),
            after=target and json.loads(target),
        )
        for number, (noun, record, part, row, now, target) in enumerate(rows, first)
    )
