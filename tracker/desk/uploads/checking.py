"""What would become of the rows of an upload, found anew and kept with them, chunk by chunk."""

import json
from collections.abc import Generator, Iterable, Sequence
from itertools import starmap
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from more_itertools import chunked
from psycopg.sql import SQL

from tracker.desk.imports import Faults, FieldChange, Outcome, Table, plan
from tracker.desk.imports.faults import line_of, value_of
from tracker.desk.records.duplicates import RowDuplicates
from tracker.desk.uploads.recognising import ENTRIES
from tracker.models import Upload, UploadRow
from tracker.models.queries import may_take_long, run
from tracker.public.formats.json import write_json
from tracker.public.formats.rows import Row
from tracker.values.nouns import Noun
from tracker.values.outcomes import RowOutcome, UploadChoice
from tracker.values.problems import Problem

BUFFER_SIZE = 1000
CHUNK = 1000
LONGEST_VALUE = 300
_COLUMNS = {
    "faults": SQL("faults = r.faults || n.faults"),
    "changes": SQL("changes = n.changes, outcome = n.outcome, record = n.record"),
    "duplicates": SQL("duplicates = n.duplicates"),
}
_WRITE = SQL("""
    UPDATE tracker_uploadrow r SET {} FROM jsonb_to_recordset(%s)
    AS n(line int, faults jsonb, changes jsonb, outcome text, record int, duplicates jsonb)
    WHERE r.upload_id = %s AND r.line = n.line
""")


class Recorder(Faults):
    """Keeps with each row what is told of it: its outcome, what is wrong with it; the rest of the faults itself."""

    def __init__(self, upload: Upload, header: int) -> None:
        super().__init__()
        self.of_file: list[list[str]] = []
        self._upload, self._header = upload, header
        self._faults: list[dict[str, Any]] = []
        self._outcomes: list[dict[str, Any]] = []

    def add(self, problem: Problem) -> None:
        self.group(problem)
        says, remedy = problem.filled(problem.message), problem.filled(problem.remedy)
        fault = [problem.column, problem.value[:LONGEST_VALUE], says, remedy]
        line = line_of(problem)
        if line <= self._header:
            self.of_file.append(fault)
            return
        self._faults.append({"line": line, "faults": [fault]})
        if len(self._faults) >= BUFFER_SIZE:
            self.flush()

    def by_kind(self) -> dict[str, Any]:
        """Return the problems by kind, as they are kept."""
        kinds = [
            {
                "code": group.kind.code,
                "field": group.kind.field,
                "says": group.wording(),
                "count": group.count,
                "is_of_file": line_of(group.first[0]) <= self._header,
                "first": [
                    [line_of(problem), problem.column, value_of(problem)[:LONGEST_VALUE]] for problem in group.first
                ],
            }
            for group in self.groups()
        ]
        return {"count": self.count, "others": self.others, "kinds": kinds}

    def outcome(self, outcome: Outcome) -> None:
        """Keep what becomes of a row."""
        kept = {"line": outcome.line, "outcome": outcome.action, "record": outcome.record, "changes": changes(outcome)}
        self._outcomes.append(kept)
        if len(self._outcomes) >= BUFFER_SIZE:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        by_line: dict[int, dict[str, Any]] = {}
        for fault in self._faults:
            by_line.setdefault(fault["line"], {"line": fault["line"], "faults": []})["faults"] += fault["faults"]
        _write(self._upload, "faults", list(by_line.values()))
        _write(self._upload, "changes", self._outcomes)
        self._faults, self._outcomes = [], []


@transaction.atomic
def check(*, upload: Upload, also: Iterable[Problem] = ()) -> None:
    """Find anew what would become of each row; `also` is what the database had against it."""
    _forget_lost(upload)
    may_take_long()
    table = table_of(upload)
    rows = upload.rows.exclude(choice=UploadChoice.LEAVE_OUT)
    rows.update(outcome="", record=None, changes=[], faults=[])
    rows.exclude(choice=UploadChoice.USE).update(duplicates=[])  # what is used stays among what can be chosen
    recorder = Recorder(upload, table.header)
    new_plan = plan(tables=[table], duplicates_of=[table.noun], listener=recorder.outcome, faults=recorder)
    for problem in also:
        recorder.add(problem)
    recorder.flush()
    for batch in chunked(new_plan.duplicates, BUFFER_SIZE):
        _write(upload, "duplicates", [{"line": row.place.line, "duplicates": _first(row)} for row in batch])
    upload.rows.update(outcome=_SETTLED)
    upload.faults, upload.errors, upload.version = recorder.of_file, recorder.by_kind(), upload.version + 1
    upload.save(update_fields=["faults", "errors", "version"])


def _forget_lost(upload: Upload) -> None:
    """Forget that a row is the same as an earlier one that is left out."""
    left_out = upload.rows.filter(choice=UploadChoice.LEAVE_OUT).annotate(meant=-F("line"))
    upload.rows.filter(choice=UploadChoice.USE, stands_for__in=left_out.values("meant")).update(
        choice="", stands_for=None
    )


def table_of(upload: Upload) -> Table:
    """Return the rows of an upload as import takes them, without those that are left out."""
    used = upload.rows.filter(choice=UploadChoice.USE).values_list("line", "stands_for")
    stands_for = {line: record for line, record in used if record is not None}
    header = 0 if upload.kind in ENTRIES else 1
    return Table(upload.name, Noun(upload.noun), lambda: _rows(upload), stands_for, header)


def _rows(upload: Upload) -> Generator[Row]:
    yield Row(0 if upload.kind in ENTRIES else 1, upload.header)
    kept, last = upload.rows.exclude(choice=UploadChoice.LEAVE_OUT).order_by("line"), 0
    while chunk := list(kept.filter(line__gt=last).values_list("line", "cells", "unread", "values")[:CHUNK]):
        yield from starmap(Row, chunk)
        last = chunk[-1][0]


def _first(row: RowDuplicates) -> list[tuple[int | None, int | None, str]]:
    """Return what a row may be as it is kept: the record or the line, and what is the same."""
    return [(record, place.line if place else None, why) for record, place, why in row.first()]


def changes(outcome: Outcome) -> list[Any]:
    """Return the fields that change as they are kept: name, old, new; true after them: it stays."""
    kept = [[change.field, change.old, change.new, *[True] * change.stays] for change in outcome.changes]
    return json.loads(write_json(kept)) if kept else []


def changes_of(row: UploadRow) -> list[FieldChange]:
    """Return the fields of a row that change, and those that stay."""
    return [FieldChange(*change) for change in row.changes]


_SETTLED = Case(
    When(choice=UploadChoice.LEAVE_OUT, then=Value(RowOutcome.LEFT_OUT)),
    When(choice=UploadChoice.USE, then=Value(RowOutcome.EXISTING)),
    When(~Q(duplicates=[]), choice="", then=Value(RowOutcome.DUPLICATE)),
    When(~Q(faults=[]), then=Value(RowOutcome.ERROR)),
    When(outcome="", then=Value(RowOutcome.ERROR)),
    default=F("outcome"),
)


def _write(upload: Upload, what: str, faults: Sequence[dict[str, Any]]) -> None:
    if not faults:
        return
    run(_WRITE.format(_COLUMNS[what]), [write_json(faults), upload.pk])
