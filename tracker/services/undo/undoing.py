# ruff: noqa: S608 - SQL put together from nouns and columns of ours
"""The verbs: each has a plan of the same arguments, which only looks, and may be made by whoever reads."""

import json
from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tracker.history import current
from tracker.history.snapshots import rows_at
from tracker.models import ChangeSet, Event, Undoing
from tracker.models.nouns import IN_ORDER, RECORDS
from tracker.services.four_eyes import asked_of
from tracker.services.long_work import may_take_long
from tracker.services.undo.obstacles import obstacles
from tracker.services.undo.plans import UndoAction, UndoPlan
from tracker.services.undo.statements import rows_of, run
from tracker.services.undo.work import leave_out, of_changeset, of_version, work
from tracker.services.undo.writing import write
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem, Refused

EVENTS = 100
Fill = Callable[[], None]


class Unknown(LookupError):
    """There is no such change set, version, or deletion."""


def plan(
    *,
    changeset: UUID,
    leaving_out: Iterable[Key] = (),
    only: Key | None = None,
    first: int = 1,
    most: int = EVENTS,
    by: int | None = None,
) -> UndoPlan:
    """Return what `revert` would do, with at most so many events from number `first` on.

    `by` is who would do it; None: somebody on the server, who may do all of it.
    """
    return _plan(_of_changeset(changeset, only), leaving_out, first, most, by=by)


@transaction.atomic
def revert(*, changeset: UUID, leaving_out: Iterable[Key] = (), only: Key | None = None) -> UndoPlan:
    """Put all that a change set touched back as it was before, by a new one, and return what was done.

    With `only`, the one record that it names. What was changed back since, and workflow states, stay as they are.
    Raises Refused with what stands in the way, Unknown, and OutsideChange outside `history.change()`.
    """
    context = current()
    done = _carry_out(_of_changeset(changeset, only), leaving_out, by=asked_of(context))
    if done.rows:
        is_whole = only is None and not done.left_out
        Undoing.objects.create(undone_id=changeset, by_id=context.id, is_whole=is_whole)
    return done


def plan_put_back(*, noun: Noun, record: int, version: int) -> UndoPlan:
    """Return what `put_back` would do."""
    return _plan(_of_version(noun, record, version))


def put_back(*, noun: Noun, record: int, version: int, seen: int | None = None) -> UndoPlan:
    """Put a record, with its parts, back as it was at a version, also if it was deleted; raises as `revert` does.

    With `seen`, the version that was looked at, it is refused if the record was changed after that.
    """
    return _carry_out(_of_version(noun, record, version), seen=None if seen is None else (noun, record, seen))


def plan_restore(*, noun: Noun, record: int) -> UndoPlan:
    """Return what `restore` would do."""
    return _plan(_of_deletion(noun, record))


def restore(*, noun: Noun, record: int) -> UndoPlan:
    """Bring a deleted record back, with the parts that went with it; raises as `revert` does."""
    return _carry_out(_of_deletion(noun, record))


def _of_changeset(changeset: UUID, only: Key | None = None) -> Fill:
    if not ChangeSet.objects.filter(pk=changeset).exists():
        raise Unknown(f"there is no change set {changeset}")
    return partial(of_changeset, changeset, only)


def _of_version(noun: Noun, record: int, version: int) -> Fill:
    found = rows_at(noun, record, {version})
    if version not in found:
        raise Unknown(f"{noun} {record} has no version {version}")
    return partial(of_version, noun, record, found[version])


def _of_deletion(noun: Noun, record: int) -> Fill:
    last = Event.objects.filter(noun=noun, record=record, part="").order_by("-pk").first()
    if last is None or last.after is not None:
        raise Unknown(f"{noun} {record} was not deleted")
    return partial(of_changeset, last.changeset_id, (noun, record))


@transaction.atomic
def _plan(
    fill: Fill, leaving_out: Iterable[Key] = (), first: int = 1, most: int = EVENTS, *, by: int | None = None
) -> UndoPlan:
    may_take_long()
    with work():
        fill()
        leave_out(leaving_out)
        return _planned(first, most, by)


@transaction.atomic
def _carry_out(
    fill: Fill,
    leaving_out: Iterable[Key] = (),
    seen: tuple[Noun, int, int] | None = None,
    by: int | None = None,
) -> UndoPlan:
    """Look, lock, look again and write: what is planned from is then what is there."""
    current()
    may_take_long()
    with work():
        fill()
        _lock()
        if seen:
            _check_seen(*seen)
        run("TRUNCATE reverting")
        fill()
        leave_out(leaving_out)
        done = _planned(1, EVENTS, by)
        if done.obstacles:
            raise Refused(done.obstacles)
        write()
        return done


def _lock() -> None:
    """Lock the records concerned, in one order for all; whoever changes a part changes its record."""
    for noun in Noun:
        rows_of(
            f"SELECT count(*) FROM (SELECT FROM tracker_{noun} WHERE id IN "
            f"(SELECT record FROM reverting WHERE noun = '{noun}') ORDER BY id FOR NO KEY UPDATE) locked"
        )


def _check_seen(noun: Noun, record: int, version: int) -> None:
    now = RECORDS[noun]._default_manager.filter(pk=record).values_list("version", flat=True).first()
    if now not in (None, version):
        says = "it was changed meanwhile, to version {now}: look again"
        raise Refused([Problem("refused", says, params={"now": now}, record=(noun, record))])


def _planned(first: int, most: int, by: int | None) -> UndoPlan:
    counts: dict[Noun, dict[UndoAction, int]] = {}
    for noun, action, number in rows_of(
        "SELECT noun, coalesce(action, 'change'), count(*) FROM ("
        "SELECT noun, record, min(action) FILTER (WHERE part = '') AS action FROM reverting WHERE NOT left_out "
        "GROUP BY noun, record) r GROUP BY 1, 2"
    ):
        counts.setdefault(Noun(noun), {})[UndoAction(action)] = number
    (rows,) = rows_of("SELECT count(*) FROM reverting WHERE NOT left_out")[0]
    left = rows_of("SELECT DISTINCT noun, record FROM reverting WHERE left_out")
    return UndoPlan(
        {noun: counts[noun] for noun in IN_ORDER if noun in counts},
        _events(first, most),
        rows,
        obstacles(by),
        frozenset((Noun(noun), record) for noun, record in left),
    )


def _events(first: int, most: int) -> tuple[Event, ...]:
    rows = rows_of(
        "SELECT noun, record, part, row, now, CASE WHEN action <> 'delete' THEN target END FROM reverting "
        "WHERE NOT left_out AND (now IS NOT NULL OR target IS NOT NULL) "
        "ORDER BY array_position(%s::text[], noun), record, part, row OFFSET %s LIMIT %s",
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
