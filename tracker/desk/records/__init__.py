"""The core of writing records.

What is said of one, as JSON has values, is parsed, resolved, checked and written.

    fields           what may be said of a record and of its parts, from its model
    kinds            of values
    parsing          typed values → what is kept, keys for references, and every Problem at once
    references       keys → records
    keys             which record one is, whose it is already
    comparing        the record as it would be, and what that changes
    rules            the tables' constraints, told before
    writing          many records by few statements, one field of many
    database_errors  what is refused, as Problems
    duplicates       what a record, or a row of a file, may be already
    turning_points   that a claim ends where another takes its place

Fields are those of the model, parts are lists by their names, which replace what was there; what is
left out stays as it is. A reference is a key or, as reading gives it, an object with one; a vague
date is EDTF or an object with it. The verbs here do all of it for one record, or nothing. Nothing
knows of files: imports read cells into the same values, and tell the places of rows beside each
Problem.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.db.models import ProtectedError

from tracker.desk.records.comparing import Compared, Comparison
from tracker.desk.records.database_errors import is_of_a_value
from tracker.desk.records.duplicates import row_participants, unsaved_duplicates
from tracker.desk.records.fields import layout
from tracker.desk.records.keys import taken_keys
from tracker.desk.records.parsing import Parsed, parse
from tracker.desk.records.references import References
from tracker.desk.records.turning_points import carried, end, objections, of_another
from tracker.desk.records.writing import draw_ids, problem_of_error, write_all
from tracker.history import current
from tracker.models.nouns import PARTS, RECORDS, records_of
from tracker.models.snapshots import Snapshot
from tracker.models.tables import owner_of, table_of
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun
from tracker.values.problems import InvalidError, Problem, RefusedError

__all__ = ["change", "create", "delete", "edit", "lock"]


MOST_RECORDS = 20
NOTHING: Mapping[str, Any] = MappingProxyType({})


class HeldRecord(NamedTuple):
    """A record that this transaction holds."""

    version: int
    merged_into: int | None


class NewRecord(NamedTuple):
    """A new record as it was written,
    and the numbers of those that were there already and it may be.
    """

    snapshot: Snapshot
    alike: Sequence[int]


def lock(*, noun: Noun, record: int) -> HeldRecord | None:
    """Hold a record until the end of the transaction; return None if there is none any more."""
    rows: Any = records_of(noun).select_for_update(no_key=True).filter(pk=record)
    row = rows.only(
        "version", *(["merged_into"] if hasattr(RECORDS[noun], "merged_into") else [])
    ).first()
    return HeldRecord(row.version, getattr(row, "merged_into_id", None)) if row else None


def create(*, noun: Noun, payload: Mapping[str, Any]) -> NewRecord:
    """Make a record of what is said; raise InvalidError, and OutsideChangeSet."""
    current()
    (record,) = draw_ids(RECORDS[noun], 1)
    return _new_record(noun, *_write(noun, payload, record, is_new=True))


def change(*, noun: Noun, record: int, payload: Mapping[str, Any]) -> NewRecord:
    """Let another claim take the place of one that is locked, from the day `since` on,
    and return it.

    What isn't said of it is as in the earlier one, which ends, citing what this one cites. Raise
    InvalidError, RefusedError if the earlier one is contested or withdrawn, and OutsideChangeSet.
    """
    current()
    earlier: Any = records_of(noun).get(pk=record)
    (later,) = draw_ids(RECORDS[noun], 1)
    status = statuses(noun, [record])[record]
    problems = [*objections(earlier, status, _vague_date(noun, payload.get("since")))]
    if refused := [problem for problem in problems if problem.code == "refused"]:
        raise RefusedError(refused)
    compared, alike = _write(noun, payload, later, is_new=True, earlier=earlier, wrong=problems)
    end(earlier, compared.record)
    return _new_record(noun, compared, [other for other in alike if other != record])


def _vague_date(noun: Noun, value: Any) -> str | None:
    """Return a vague date as it is kept, "" for none; None if it can't be taken."""
    try:
        return str(layout(noun).fields["since"].take(value)) if value else ""
    except InvalidError:
        return None


def _new_record(noun: Noun, compared: Compared, alike: Sequence[int]) -> NewRecord:
    made = {
        table_of(change.part.model).part: change.made for change in compared.part_changes.values()
    }
    return NewRecord(
        Snapshot(compared.record, {part: made.get(part, []) for part in PARTS[noun]}), alike
    )


def edit(*, noun: Noun, record: int, payload: Mapping[str, Any]) -> list[int]:
    """Change what is said of a record that is locked,
    and return others that have the key that was changed.

    Raise InvalidError, Refused if it was merged, and OutsideChangeSet.
    """
    current()
    _check_unmerged(noun, record)
    return _write(noun, payload, record, is_new=False)[1]


def delete(*, noun: Noun, record: int) -> None:
    """Delete a record that is locked.

    Raise RefusedError if others name it. The database refuses it if it was public.
    """
    current()
    _check_unmerged(noun, record)
    try:
        records_of(noun).filter(pk=record).delete()
    except ProtectedError as error:
        names = sorted({owner_of(row) for row in error.protected_objects})
        more = f" and {len(names) - MOST_RECORDS} more" if len(names) > MOST_RECORDS else ""
        says = f"it is named by {{others}}{more}; change or delete these first"
        raise RefusedError(
            [Problem("refused", says, record=(noun, record), others=tuple(names[:MOST_RECORDS]))]
        ) from error


def _check_unmerged(noun: Noun, record: int) -> None:
    locked = lock(noun=noun, record=record)
    if locked and locked.merged_into is not None:
        says = "it was merged into {0} and stays as it was; change that one instead"
        others = ((noun, locked.merged_into),)
        raise RefusedError(
            [Problem("refused", says, ("merged_into",), record=(noun, record), others=others)]
        )


def _write(
    noun: Noun,
    payload: Mapping[str, Any],
    record: int,
    *,
    is_new: bool,
    earlier: Any = None,
    wrong: list[Problem] | None = None,
) -> tuple[Compared, list[int]]:
    """Write what is said; return it, and what was there already and it may be,
    if it is new or its key was changed.

    What isn't said is as in an `earlier` claim of which it takes the place.
    Raise InvalidError with what is `wrong` anyway, too.
    """
    of, references, wrong = layout(noun), References(), wrong or []
    base = carried(earlier) if earlier else NOTHING
    parsed = Parsed(of, -1 if is_new else record, wrong.append)
    parse(parsed, payload, whole=is_new and not base)
    parsed.values = {**base, **parsed.values}
    comparison = Comparison(
        of, references, settled=lambda _, number: record if number < 0 else number, lock=True
    )
    (compared,) = comparison.compare([parsed])
    wrong += taken_keys(of, compared.record, set(of.fields) if is_new else set(compared.old))
    if earlier:
        wrong += (
            problem
            for problem in of_another(earlier, compared.record)
            if problem.field not in parsed.faulty
        )
    if wrong:
        raise InvalidError(wrong)
    changed, participants = None if is_new else compared.old, row_participants(compared, references)
    duplicates = unsaved_duplicates(noun, compared.record, changed, participants)
    try:
        write_all(of, [compared])
    except DatabaseError as error:
        if not is_of_a_value(error):
            raise
        raise InvalidError([replace(problem_of_error(error, of), code="invalid")]) from error
    return compared, duplicates
