"""Changing the same fields of many records at once: all of them or none, and every record that blocks it is told."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from tracker.desk.records.database_errors import is_of_a_value, problem_of
from tracker.history import current
from tracker.models.nouns import records_of
from tracker.publishing.batch import Batch, Chosen, by_noun
from tracker.publishing.locking import all_or_nothing, lock_desk
from tracker.publishing.rules import merged
from tracker.values.nouns import Noun
from tracker.values.problems import Problem, RefusedError

MOST_TOLD = 100  # nobody reads more, and each takes a statement or two


def set_fields(*, records: Iterable[Chosen], values: Mapping[str, Any]) -> int:
    """Set fields of records, at the versions that were looked at; return how many this changed.

    Raises RefusedError with the records that can't have these values, the first hundred of them if there are more, and
    OutsideChangeSet outside `history.changeset()`.
    """
    current()
    chosen = by_noun(records)
    with all_or_nothing(chosen):
        changed, problems = _set(chosen, values)
        if problems:
            raise RefusedError(problems)
        connection.check_constraints()
        return changed


def objections(*, records: Iterable[Chosen], values: Mapping[str, Any]) -> list[Problem]:
    """Return what blocks setting fields of records, all at once; nothing is done."""
    current()
    chosen = by_noun(records)
    with all_or_nothing(chosen), transaction.atomic():
        _, problems = _set(chosen, values)
        transaction.set_rollback(True)
    return problems


def _set(chosen: Batch, values: Mapping[str, Any]) -> tuple[int, list[Problem]]:
    batch, problems = lock_desk(chosen)
    problems += merged(batch)
    blocked, changed = {problem.record for problem in problems}, 0
    for noun, versions in batch.items():
        ids = [record for record in versions if (noun, record) not in blocked]
        changed += _written(noun, ids, values, problems)
    return changed, problems


def _written(noun: Noun, ids: list[int], values: Mapping[str, Any], problems: list[Problem]) -> int:
    """Write to rows at once; where the database refuses, to each half of them, until it is known which are refused."""
    if not ids or len(problems) >= MOST_TOLD:
        return 0
    rows = records_of(noun).filter(~Q(**values), pk__in=ids)
    try:
        with transaction.atomic():
            return rows.update(**values)
    except DatabaseError as error:
        problem = problem_of(error)
        if problem is None or not is_of_a_value(error):
            raise
        if len(ids) == 1:
            problems.append(replace(problem, record=(noun, ids[0])))
            return 0
    half = len(ids) // 2
    return sum(_written(noun, part, values, problems) for part in (ids[:half], ids[half:]))
