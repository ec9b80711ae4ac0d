"""Putting back what was: undo a change set, put a record back as it was at a version, restore a
deleted one.

    plan = undo.plan(changeset=id)  # what it would do, and what blocks it
    with history.changeset(made_by=…, reason=…, channel=Channel.ADMIN):
        undo.undo(changeset=id, leaving_out={(Noun.ACTOR, 7)})

Nothing is rewritten: an undo is a change set like any other, which can be undone. Fields go back to
what they were, unless somebody changed them since; deleted records come back under their own ids,
with a version that they never had; workflow states stay, and what is put back is to be reviewed
again. All is done or nothing. Whoever could make the change by hand (`rights`) may do that; undoing
what was done to a record that readers have seen takes who may publish.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from tracker.desk.undo.planning import (
    MOST_EVENTS,
    Fill,
    UndoAction,
    UndoPlan,
    UnknownError,
    fill_of_changeset,
    fill_of_deletion,
    fill_of_version,
    plan,
    plan_put_back,
    plan_restore,
    planned,
    rights,
)
from tracker.desk.undo.work_table import leave_out, work_table
from tracker.desk.undo.writing import write
from tracker.history import current
from tracker.models import Undoing
from tracker.models.nouns import records_of
from tracker.models.queries import compose, may_take_long, rows_of, run
from tracker.publishing.four_eyes import reviewer_required_for
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem, RefusedError

__all__ = [
    "UndoAction",
    "UndoPlan",
    "UnknownError",
    "plan",
    "plan_put_back",
    "plan_restore",
    "put_back",
    "restore",
    "rights",
    "undo",
]


LOCKED = """
    SELECT count(*) FROM (
        SELECT FROM {table} WHERE id IN (SELECT record FROM undoing WHERE noun = {noun})
            ORDER BY id FOR NO KEY UPDATE
    ) locked
"""


@transaction.atomic
def undo(*, changeset: UUID, leaving_out: Iterable[Key] = (), only: Key | None = None) -> UndoPlan:
    """Put all that a change set touched back as it was before, by a new one,
    and return what was done.

    With `only`, the one record that it names. What was changed back since, and workflow states,
    stay as they are. Raises RefusedError with what blocks it, Unknown, and OutsideChangeSet outside
    `history.changeset()`.
    """
    context = current()
    done = _carry_out(
        fill_of_changeset(changeset, only), leaving_out, by=reviewer_required_for(context)
    )
    if done.rows:
        is_whole = only is None and not done.left_out
        Undoing.objects.create(undone_id=changeset, by_id=context.id, is_whole=is_whole)
    return done


def put_back(*, noun: Noun, record: int, version: int, seen: int | None = None) -> UndoPlan:
    """Put a record, with its parts, back as it was at a version, also if it was deleted;
    raises as `undo` does.

    With `seen`, the version that was looked at, it is refused if the record was changed after that.
    """
    return _carry_out(
        fill_of_version(noun, record, version), seen=None if seen is None else (noun, record, seen)
    )


def restore(*, noun: Noun, record: int) -> UndoPlan:
    """Bring a deleted record back, with the parts that went with it; raises as `undo` does."""
    return _carry_out(fill_of_deletion(noun, record))


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
    with work_table():
        fill()
        _lock()
        if seen:
            _check_seen(*seen)
        run("TRUNCATE undoing")
        fill()
        leave_out(leaving_out)
        done = planned(1, MOST_EVENTS, by)
        if done.blockers:
            raise RefusedError(done.blockers)
        write()
        return done


def _lock() -> None:
    """Lock the records concerned, in one order for all;
    whoever changes a part changes its record.
    """
    for noun in Noun:
        rows_of(compose(LOCKED, noun))


def _check_seen(noun: Noun, record: int, version: int) -> None:
    now = records_of(noun).filter(pk=record).values_list("version", flat=True).first()
    if now not in (None, version):
        says = "it was changed meanwhile, to version {now}: look again"
        raise RefusedError([Problem("refused", says, params={"now": now}, record=(noun, record))])
