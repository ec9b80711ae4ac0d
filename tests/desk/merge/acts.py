"""Merging in a line, and what blocks it."""

from typing import Any

import pytest

from tests.publishing.acts import Problems, changeset
from tracker.desk.merge import merge
from tracker.models import Edition, Record
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen
from tracker.values.problems import Problem, RefusedError


def merged(loser: Record, into: Record, note: str = "") -> Edition | None:
    """Merge a record into another."""
    noun = noun_of(loser)
    with changeset():
        return merge(loser=Chosen(noun, loser.pk), survivor=Chosen(noun, into.pk), note=note)


def not_merged(record: Record, into: Record, **versions: int) -> Problems:
    """Return what blocks a merge: noun, id and field; nothing must have happened."""
    return {
        (*(problem.record or ()), problem.field) for problem in _refused(record, into, **versions)
    }


def refusals(record: Record, into: Record) -> list[str]:
    """Return what is said against a merge; nothing must have happened."""
    return [str(problem) for problem in _refused(record, into)]


def _refused(record: Record, into: Record, **versions: int) -> list[Problem]:
    noun = noun_of(record)
    before = rows_of(record), rows_of(into)
    with pytest.raises(RefusedError) as refusal, changeset():
        merge(
            loser=Chosen(noun, record.pk, versions.get("loser")),
            survivor=Chosen(noun, into.pk, versions.get("survivor")),
        )
    assert (rows_of(record), rows_of(into)) == before
    return refusal.value.problems


def rows_of(record: Any) -> Any:
    """Return a record's row as it is at the desk."""
    return type(record)._default_manager.filter(pk=record.pk).values().get()
