"""The verbs: what is said is read, looked up and held against the rules; then all of it is written, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import DatabaseError, models
from django.db.models import ProtectedError

from tracker.history import current
from tracker.models import Record
from tracker.models.nouns import PARTS, RECORDS, noun_of
from tracker.services.alike import LOOKED_FOR, alike
from tracker.services.editing.references import BodyReferences
from tracker.services.editing.values import read_body
from tracker.services.imports.already import about_row
from tracker.services.imports.columns import Layout, layout
from tracker.services.imports.comparing import Compared, Comparison
from tracker.services.imports.faults import Faults
from tracker.services.imports.identities import COLUMN, Identity, normalised, owners
from tracker.services.imports.refusals import refused
from tracker.services.imports.writing import draw_ids, write_all
from tracker.services.refusals import is_of_a_value
from tracker.values.nouns import Noun
from tracker.values.problems import Invalid, Key, Problem, Refused

TOLD = 20


class Locked(NamedTuple):
    """A record that this transaction holds."""

    version: int
    merged_into: int | None


class Made(NamedTuple):
    """The number of a new record, and of the claims or meetings that were there already and it may be."""

    record: int
    alike: Sequence[int]


def lock(*, noun: Noun, record: int) -> Locked | None:
    """Hold a record until the end of the transaction; return None if there is none any more."""
    rows: Any = RECORDS[noun]._default_manager.select_for_update(no_key=True).filter(pk=record)
    found = rows.only("version", *(["merged_into"] if hasattr(RECORDS[noun], "merged_into") else [])).first()
    return Locked(found.version, getattr(found, "merged_into_id", None)) if found else None


def create(*, noun: Noun, said: Mapping[str, Any]) -> Made:
    """Make a record of what is said; raise Invalid, and OutsideChange."""
    current()
    (record,) = draw_ids(RECORDS[noun], 1)
    return Made(record, _write(noun, said, record, is_new=True))


def edit(*, noun: Noun, record: int, said: Mapping[str, Any]) -> None:
    """Change what is said of a record that is locked; raise Invalid, Refused if it was merged, and OutsideChange."""
    current()
    _check_stands(noun, record)
    _write(noun, said, record, is_new=False)


def delete(*, noun: Noun, record: int) -> None:
    """Delete a record that is locked; raise Refused if others name it. The database refuses it if it was public."""
    current()
    _check_stands(noun, record)
    try:
        RECORDS[noun]._default_manager.filter(pk=record).delete()
    except ProtectedError as error:
        names = sorted({_owner(row) for row in error.protected_objects})
        more = f" and {len(names) - TOLD} more" if len(names) > TOLD else ""
        says = f"it is named by {{others}}{more}; change or delete these first"
        raise Refused([Problem("refused", says, record=(noun, record), others=tuple(names[:TOLD]))]) from error


def _owner(row: models.Model) -> Key:
    """Return the record that a row is, or is a part of."""
    if isinstance(row, Record):
        return noun_of(row), row.pk
    noun = next(noun for noun, parts in PARTS.items() if type(row) in parts.values())
    return noun, getattr(row, f"{noun}_id")


def _check_stands(noun: Noun, record: int) -> None:
    held = lock(noun=noun, record=record)
    if held and held.merged_into is not None:
        says = "it was merged into {0} and stays as it was; change that one instead"
        others = ((noun, held.merged_into),)
        raise Refused([Problem("refused", says, ("merged_into",), record=(noun, record), others=others)])


def _write(noun: Noun, said: Mapping[str, Any], record: int, *, is_new: bool) -> list[int]:
    """Write what is said; return the claims or meetings that were there already and a new record may be."""
    of, faults = layout(noun), Faults()
    parsed, wrong = read_body(of, said, -1 if is_new else record)
    references = BodyReferences()
    wrong += references.resolve(parsed)
    comparison = Comparison(
        of, references, faults, settled=lambda _, number: record if number < 0 else number, lock=True
    )
    (compared,) = comparison.compare([parsed])
    wrong += [_unplaced(one) for one in faults]
    wrong += _taken(of, compared)
    if wrong:
        raise Invalid(wrong)
    sought = about_row(parsed, references) if is_new and noun in LOOKED_FOR else None
    there = alike(noun, [sought])[0] if sought else []
    try:
        write_all(of, [compared])
    except DatabaseError as error:
        if not is_of_a_value(error):
            raise
        raise Invalid([_unplaced(refused(error, compared))]) from error
    return there


def _unplaced(problem: Problem) -> Problem:
    """Return a problem as one of a body, which has no rows."""
    return replace(problem, code="invalid", place=None)


def _taken(of: Layout, compared: Compared) -> list[Problem]:
    """Return which keys of a record are another's."""
    record = compared.record
    changed = set(of.columns) if compared.is_new else set(compared.old)
    keys: dict[str, Any] = {
        kind: value for kind in ("slug", "ref", "iso3") if kind in changed and (value := getattr(record, kind))
    }
    if changed & {"url", "issued", "archive_url"} and of.noun is Noun.SOURCE and record.url:
        keys["address"] = (*normalised([record.url]), record.issued, record.archive_url)
    held = owners(of, [Identity(None, keys)]) if keys else {}
    return [
        Problem(
            "taken",
            "it is that of {0}; use that one, or change it",
            (COLUMN.get(kind, kind),),
            others=((of.noun, owner),),
        )
        for kind, key in keys.items()
        if (owner := held.get((kind, key), record.pk)) != record.pk
    ]
