"""Records as they were at a version,
put together from their events and never from the desk's tables.

A version is what the events of a record and its parts amount to, up to the event of the record that
carries that version. Parts are written before the row of their record is locked, so two
transactions may draw the ids of their events crosswise; therefore a part's event counts from the
next event of its record in the same change set on. Of a record that was deleted before its parts
were there is none: what became of them counts when the record comes back.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from tracker.models import Record
from tracker.models.nouns import PARTS, RECORDS
from tracker.models.queries import chunks_of
from tracker.models.snapshots import Snapshot
from tracker.values.nouns import Noun

Row = TypeVar("Row", bound=models.Model)
EVENTS = """
    SELECT record, changeset_id, part, row, after::text, CASE part WHEN ''
        THEN (after ->> 'version')::int END
    FROM tracker_event WHERE noun = %s AND record = ANY(%s) ORDER BY record, id
"""


def at(noun: Noun, record: int, version: int) -> Snapshot | None:
    """Return a record as it was at a version, or None if its history has no such version."""
    return next(versions(noun, {record: {version}}), None)


def versions(noun: Noun, wanted: Mapping[int, Collection[int]]) -> Iterator[Snapshot]:
    """Yield the wanted versions of records, by record and version;
    those that history lacks are left out.

    Streams the events of these records in one query; what it holds is one record.
    """
    return (fold.snapshot() for fold in _folds(noun, wanted))


def rows_at(noun: Noun, record: int, wanted: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """Return, by version, the rows of a record as history keeps them, JSON, by part;
    the record itself under "".
    """
    return {fold.version: fold.rows() for fold in _folds(noun, {record: wanted})}


def record_of(noun: Noun, row: dict[str, Any]) -> Record:
    """Return the record, unsaved, that a row of its history is, without its parts."""
    return _instance(RECORDS[noun], row)


def _folds(noun: Noun, wanted: Mapping[int, Collection[int]]) -> Iterator["_Fold"]:
    fold, current = _Fold(noun), None
    for rows in chunks_of(EVENTS, [noun.value, list(wanted)]):
        for record, changeset, part, row, after, version in rows:
            if record != current:
                fold, current = _Fold(noun), record
            fold.add(changeset, part, row, after)
            fold.version = version or 0
            if version is not None and version in wanted[record]:
                yield fold


class _Fold:
    """What the events of one record amount to so far; rows stay JSON until they are asked for."""

    def __init__(self, noun: Noun) -> None:
        self.version = 0
        self._noun = noun
        self._record = ""
        self._parts: dict[str, dict[int, str]] = {part: {} for part in PARTS[noun]}
        self._waiting: dict[UUID, list[tuple[str, int, str | None]]] = defaultdict(list)
        self._deleted_by: UUID | None = None

    def add(self, changeset: UUID, part: str, row: int, after: str | None) -> None:
        """Take one event; `after` is the row's JSON, or None if it was deleted."""
        if part:
            self._waiting[changeset].append((part, row, after))
            return
        if self._deleted_by and self._deleted_by != changeset:
            self._take(self._deleted_by)
        self._take(changeset)
        self._record, self._deleted_by = after or "", None if after else changeset

    def _take(self, changeset: UUID) -> None:
        for name, id_, json_ in self._waiting.pop(changeset, []):
            rows = self._parts.get(name, {})
            if json_ is None:
                rows.pop(id_, None)
            else:
                rows[id_] = json_

    def rows(self) -> dict[str, list[str]]:
        """Return the rows as they are now, by part, in the order of their ids;
        the record itself under "".
        """
        return {
            "": [self._record],
            **{part: [rows[id_] for id_ in sorted(rows)] for part, rows in self._parts.items()},
        }

    def snapshot(self) -> Snapshot:
        rows = self.rows()
        return Snapshot(
            record_of(self._noun, json.loads(self._record)),
            {
                part: [_instance(model, json.loads(row)) for row in rows[part]]
                for part, model in PARTS[self._noun].items()
            },
        )


def _instance(model: type[Row], values: dict[str, Any]) -> Row:
    return model(
        **{
            name: None if (value := values.get(column)) is None else parse(value)
            for column, name, parse, is_generated in _columns(model)
            if column in values or is_generated
        }
    )


@cache
def _columns(model: type[models.Model]) -> list[tuple[str, str, Callable[[Any], Any], bool]]:
    """Return column, attribute and parser of each field, and whether it is generated.

    What is generated is in the events as computed then;
    of a field that came since it is null, else Django would ask the desk.
    """
    fields = model._meta.concrete_fields
    return [(str(field.column), field.attname, _parser(field), field.generated) for field in fields]


def _parser(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    computed = field.output_field if isinstance(field, models.GeneratedField) else None
    return (computed or field).to_python
