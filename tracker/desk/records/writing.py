"""Records that were compared, or the same fields of many,
written with as few statements and events as can be.

Parts are written before their record: a foreign key is checked at the end of the transaction, and a
part whose record is not there yet has no version to raise, so that a new record begins at version 1
with all its parts, and history tells each row once. Ids are drawn from the table's own sequence
beforehand.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q

from tracker.desk.records.comparing import Action, Compared
from tracker.desk.records.database_errors import is_of_a_value, problem_of
from tracker.desk.records.fields import Layout, PartList
from tracker.desk.records.parsing import Item
from tracker.history import current
from tracker.models.nouns import records_of
from tracker.models.queries import rows_of
from tracker.publishing.batch import Batch, Chosen, by_noun
from tracker.publishing.locking import all_or_nothing, lock_desk
from tracker.publishing.rules import merged
from tracker.values.nouns import Noun
from tracker.values.problems import Problem, RefusedError

BATCH = 500
MOST_TOLD = 100  # nobody reads more, and each takes a statement or two


def draw_ids(model: type[models.Model], count: int) -> "array[int]":
    drawn = array("i")
    query = "SELECT nextval(%s::regclass) FROM generate_series(1, %s)"
    while wanted := min(count - len(drawn), 10_000):
        drawn.extend(pk for (pk,) in rows_of(query, [f"{model._meta.db_table}_id_seq", wanted]))
    return drawn


def write(layout: Layout, rows: Sequence[Compared]) -> None:
    """Write what changes; what the database refuses is told of each record,
    and the rest written.
    """
    rows = [row for row in rows if row.action is not Action.SAME]
    if not rows:
        return
    try:
        with transaction.atomic():
            write_all(layout, rows)
    except DatabaseError as error:
        if not is_of_a_value(error):
            raise
        if len(rows) == 1:
            rows[0].parsed.problem(problem_of_error(error, layout))
            return
        middle = len(rows) // 2
        write(layout, rows[:middle])
        write(layout, rows[middle:])


def write_all(layout: Layout, rows: Sequence[Compared]) -> None:
    """Write what changes; raise DatabaseError for the first refused.

    The transaction is lost then, unless it is one that can go back.
    """
    for name, part in layout.parts.items():
        _write_part(
            part,
            [(row.record.pk, row.part_changes[name]) for row in rows if name in row.part_changes],
        )
    layout.model._default_manager.bulk_create(
        [row.record for row in rows if row.is_new], batch_size=BATCH
    )
    changed: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for row in rows:
        if row.old:
            changed[tuple(row.old)].append(row.record)
    for fields, records in changed.items():
        layout.model._default_manager.bulk_update(records, fields, batch_size=BATCH)


def problem_of_error(error: DatabaseError, layout: Layout) -> Problem:
    """Return what the database has against a record;
    raise the error if the record is not to blame.
    """
    problem = problem_of(error)
    if problem is None:
        raise error
    is_known = problem.field in layout.fields or problem.field in layout.parts
    field = f"{problem.field}: " if problem.field and not is_known else ""
    says = f"the database refuses it: {field}{problem.message}"
    return replace(
        problem, message=says, path=problem.path if is_known else (), remedy="correct it"
    )


def _write_part(part: PartList, changes: Sequence[tuple[int, Any]]) -> None:
    """Delete, change and add rows of a part, in this order,
    so that what is unique doesn't collide on the way.
    """
    manager = part.model._default_manager
    if deleted := [row.pk for _, change in changes for row in change.deleted]:
        manager.filter(pk__in=deleted).delete()
    changed = [_set(part, row, item) for _, change in changes for row, item in change.changed]
    manager.bulk_update(changed, list(part.fields), batch_size=BATCH)
    for pk, change in changes:
        change.made = [_set(part, part.model(**{part.owner: pk}), item) for item in change.added]
    manager.bulk_create([row for _, change in changes for row in change.made], batch_size=BATCH)


def _set(part: PartList, row: Any, item: Item) -> Any:
    for name, value in item.items():
        setattr(row, part.fields[name].attname, value)
    return row


def set_fields(*, records: Iterable[Chosen], values: Mapping[str, Any]) -> int:
    """Set fields of records, at the versions that were looked at; return how many this changed.

    Raises RefusedError with the records that can't have these values, the first hundred of them if
    there are more, and OutsideChangeSet outside `history.changeset()`.
    """
    current()
    chosen = by_noun(records)
    with all_or_nothing(chosen):
        changed, problems = _set_fields(chosen, values)
        if problems:
            raise RefusedError(problems)
        connection.check_constraints()
        return changed


def objections(*, records: Iterable[Chosen], values: Mapping[str, Any]) -> list[Problem]:
    """Return what blocks setting fields of records, all at once; nothing is done."""
    current()
    chosen = by_noun(records)
    with all_or_nothing(chosen), transaction.atomic():
        _, problems = _set_fields(chosen, values)
        transaction.set_rollback(True)
    return problems


def _set_fields(chosen: Batch, values: Mapping[str, Any]) -> tuple[int, list[Problem]]:
    batch, problems = lock_desk(chosen)
    problems += merged(batch)
    blocked, changed = {problem.record for problem in problems}, 0
    for noun, versions in batch.items():
        ids = [record for record in versions if (noun, record) not in blocked]
        changed += _updated(noun, ids, values, problems)
    return changed, problems


def _updated(noun: Noun, ids: list[int], values: Mapping[str, Any], problems: list[Problem]) -> int:
    """Write to rows at once;
    where the database refuses, to each half of them, until it is known which are refused.
    """
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
    return sum(_updated(noun, part, values, problems) for part in (ids[:half], ids[half:]))
