"""What tests do and undo, and the whole desk as it is."""

import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import pytest

from tests.models.rows import DESK, deferred_checked, execute
from tests.publishing.acts import changeset
from tracker.desk import undo
from tracker.desk.undo import UndoPlan
from tracker.history import current
from tracker.models.nouns import noun_of
from tracker.values.problems import Key, RefusedError

Desk = dict[str, dict[int, dict[str, Any]]]


def done(act: Callable[[], Any]) -> UUID:
    """Do something as one change, and return its change set."""
    with changeset():
        act()
        return current().id


def edit(record: Any, **fields: Any) -> UUID:
    """Change fields of a record, or of a part, as one change; return its change set."""
    return done(lambda: type(record).objects.filter(pk=record.pk).update(**fields))


def undone(changeset: UUID, leaving_out: Iterable[Key] = ()) -> UUID:
    """Undo a change set; return the new change set."""
    return checked(lambda: undo.undo(changeset=changeset, leaving_out=leaving_out))


def checked(act: Callable[[], UndoPlan]) -> UUID:
    """Do what a plan comes of as one change, with what is else checked at commit;
    return the change set.
    """
    with deferred_checked():
        return done(act)


def refused(changeset: UUID, leaving_out: Iterable[Key] = ()) -> list[str]:
    """Return what blocks undoing a change set; nothing may have been done."""
    before = desk()
    with pytest.raises(RefusedError) as refusal:
        done(lambda: undo.undo(changeset=changeset, leaving_out=leaving_out))
    assert desk() == before
    assert refusal.value.problems == [
        *undo.plan(changeset=changeset, leaving_out=leaving_out).blockers
    ]
    return [str(problem) for problem in refusal.value.problems]


def key(record: Any) -> Key:
    """Return the key of a record."""
    return noun_of(record), record.pk


def desk() -> Desk:
    """Return all rows of the desk, without versions and states, by table and id."""
    rows_by_model = {}
    for model in DESK:
        rows = [
            json.loads(row)
            for (row,) in execute(f"SELECT to_jsonb(t)::text FROM {model._meta.db_table} t")
        ]
        rows_by_model[model.__name__] = {
            row["id"]: {
                name: value for name, value in row.items() if name not in ("version", "state")
            }
            for row in rows
        }
    return rows_by_model
