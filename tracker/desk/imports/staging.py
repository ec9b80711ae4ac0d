"""Files staged: their rows kept in a table until they are imported or a day is over.

Of a file that a person looks at before it is imported, what would become of each row is kept too.
It is found anew when they choose: the record that is meant, a new one all the same, or to leave a
row out.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import islice, starmap
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from unicodedata import normalize

from django.db import transaction
from django.db.models import Case, F, Func, IntegerField, Q, Value, When
from django.db.models.functions import Now
from more_itertools import chunked
from psycopg.sql import SQL

from tracker.desk.imports.faults import Faults, line_of, value_of
from tracker.desk.imports.missing import missing, missing_tables
from tracker.desk.imports.outcomes import FieldChange, Outcome
from tracker.desk.imports.planning import plan
from tracker.desk.imports.reading import CSV, ENTRIES, Reading, read
from tracker.desk.imports.tables import ImportTable
from tracker.desk.records.duplicates import RowDuplicates
from tracker.models import Upload, UploadPiece, UploadRow
from tracker.models.queries import may_take_long, run
from tracker.public.formats.json import NotJsonError, check_text, write_json
from tracker.public.formats.rows import Row, UnreadableError
from tracker.values.nouns import Noun
from tracker.values.problems import Place, Problem
from tracker.values.vocabularies import RowOutcome, UploadChoice

MOST_BYTES = 100_000_000
MOST_ROWS = 20_000
KEPT_FOR = timedelta(days=1)
PIECE = 1 << 20
CHUNK = 500
KEEP = """
    INSERT INTO tracker_uploadrow
    (upload_id, line, cells, unread, "values", outcome, changes, faults, duplicates, choice)
    SELECT %s, line, cells, unread, "values", '', '[]', '[]', '[]', ''
    FROM jsonb_to_recordset(%s) AS n(line int, cells text[], unread text[], "values" jsonb)
"""
BUFFER_SIZE = 1000
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
# the record of the first that a row looks like, or -line
FIRST_ALIKE = "coalesce((%(expressions)s -> 0 ->> 0)::int, -(%(expressions)s -> 0 ->> 1)::int)"


def importable(user: Any) -> list[Noun]:
    """Return the nouns of which somebody may import records: those that they may add and change."""
    return [
        noun for noun in Noun if user.has_perms([f"tracker.add_{noun}", f"tracker.change_{noun}"])
    ]


@transaction.atomic
def receive(*, name: str, file: BinaryIO, made_by: int, noun: Noun | None = None) -> Upload:
    """Keep a file, and say of each of its rows what would become of it;
    raise UnreadableError, and keep nothing.
    """
    forget_old()
    reading = read(file, name, noun=noun)
    upload = Upload(made_by_id=made_by, name=name[-300:])
    _fill(upload, reading)
    if reading.kind == CSV:
        file.seek(0)
        pieces = enumerate(iter(lambda: file.read(PIECE), b""))
        for number, content in pieces:
            UploadPiece.objects.create(upload=upload, number=number, content=content)
    check(upload=upload)
    return upload


@transaction.atomic
def read_again(*, upload: Upload, noun: Noun, encoding: str = "", separator: str = "") -> None:
    """Read a CSV file once more, as is said now; what was chosen for its rows is forgotten.
    Raises UnreadableError.
    """
    with _kept(upload) as file:
        reading = read(
            file, upload.name, noun=noun, encoding=encoding, separator=separator, kind=CSV
        )
        upload.rows.all().delete()
        _fill(upload, reading)
    check(upload=upload)


def forget_old() -> None:
    """Delete what was uploaded more than a day ago."""
    Upload.objects.filter(made_at__lt=Now() - KEPT_FOR).delete()


def keep(upload: Upload, reading: Reading) -> dict[int, Sequence[int]]:
    """Keep how a file is read, and its rows, also those that can't be;
    return by line where parts of rows stand.

    Raises UnreadableError. A statement for each CHUNK of rows, fewer of votes, which may have all
    their ballots with them: ten times as fast as one object for each.
    """
    upload.kind, upload.noun, upload.header = reading.kind, reading.noun.value, reading.header
    upload.encoding, upload.separator = reading.encoding, reading.separator
    upload.save()
    part_lines: dict[int, Sequence[int]] = {}
    for chunk in chunked(reading.rows, min(CHUNK, reading.noun.at_once)):
        checked = map(_checked, chunk)
        kept = [
            {"line": line, "cells": cells, "unread": why, "values": of}
            for line, cells, why, of, _ in checked
        ]
        run(KEEP, [upload.pk, write_json(kept)])
        part_lines |= {row.line: row.part_lines for row in chunk if row.part_lines}
    return part_lines


def _fill(upload: Upload, reading: Reading) -> None:
    """Stage a file of which some rows can be read, and no more than a person can look at;
    raise UnreadableError.
    """
    keep(upload, replace(reading, rows=islice(reading.rows, MOST_ROWS + 1)))
    if upload.rows.count() > MOST_ROWS:
        raise UnreadableError(
            0,
            f"it has more than {MOST_ROWS:,} {reading.noun.plural}",
            "split it into several files",
        )
    first = upload.rows.order_by("line").first()
    if first is None:
        raise UnreadableError(0, "it has no rows", "write them below the columns' names")
    if first.unread and not upload.rows.filter(Q(unread=[]) | Q(values__isnull=False)).exists():
        raise UnreadableError(0 if reading.kind in ENTRIES else first.line, *first.unread)


def _checked(row: Row) -> Row:
    """Return a row as the database can keep it."""
    cells = [normalize("NFC", cell) for cell in row.cells]
    try:
        check_text(row.values)
        if not any("\0" in cell for cell in cells):
            return row._replace(cells=cells)
    except NotJsonError:
        pass
    unread = ["a cell has the character NUL", "remove it; is the file text at all?"]
    return Row(row.line, [cell.replace("\0", "") for cell in cells], unread)


@contextmanager
def _kept(upload: Upload) -> Iterator[BinaryIO]:
    with TemporaryFile() as file:
        for content in (
            upload.pieces.order_by("number")
            .values_list("content", flat=True)
            .iterator(chunk_size=8)
        ):
            file.write(content)
        file.seek(0)
        yield file


class Recorder(Faults):
    """Keeps with each row what is told of it: its outcome, what is wrong with it;
    the rest of the faults itself.
    """

    def __init__(self, upload: Upload, header: int) -> None:
        super().__init__()
        self.of_file: list[list[str]] = []
        self._upload, self._header = upload, header
        self._faults: dict[int, list[list[str]]] = defaultdict(list)  # by line
        self._outcomes: list[dict[str, Any]] = []

    def add(self, problem: Problem) -> None:
        if problem.place and problem.place.file != self._upload.name:
            # of a record that is made with its votes
            problem = replace(problem, place=Place(self._upload.name))
        self.group(problem)
        says, remedy = problem.filled(problem.message), problem.filled(problem.remedy)
        fault = [problem.column, problem.value[:LONGEST_VALUE], says, remedy]
        line = line_of(problem)
        if line <= self._header:
            self.of_file.append(fault)
            return
        self._faults[line].append(fault)
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
                    [line_of(problem), problem.column, value_of(problem)[:LONGEST_VALUE]]
                    for problem in group.first
                ],
            }
            for group in self.groups()
        ]
        return {"count": self.count, "others": self.others, "kinds": kinds}

    def outcome(self, outcome: Outcome) -> None:
        """Keep what becomes of a row of the file; what is made with its votes has none."""
        if outcome.file != self._upload.name:
            return
        kept = {
            "line": outcome.line,
            "outcome": outcome.action,
            "record": outcome.record,
            "changes": changes(outcome),
        }
        self._outcomes.append(kept)
        if len(self._outcomes) >= BUFFER_SIZE:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        _write(
            self._upload,
            "faults",
            [{"line": line, "faults": faults} for line, faults in self._faults.items()],
        )
        _write(self._upload, "changes", self._outcomes)
        self._faults.clear()
        self._outcomes.clear()


@transaction.atomic
def check(*, upload: Upload, also: Iterable[Problem] = ()) -> None:
    """Find anew what would become of each row; `also` is what the database had against it."""
    _forget_lost(upload)
    may_take_long()
    table = table_of(upload)
    rows = upload.rows.exclude(choice=UploadChoice.LEAVE_OUT)
    rows.update(outcome="", record=None, changes=[], faults=[])
    # what is used stays among what can be chosen
    rows.exclude(choice=UploadChoice.USE).update(duplicates=[])
    recorder = Recorder(upload, table.header)
    new_plan = plan(
        tables=[table, *made_with(upload)],
        duplicate_nouns=[table.noun],
        listener=recorder.outcome,
        faults=recorder,
    )
    for problem in also:
        recorder.add(problem)
    recorder.flush()
    for batch in chunked(new_plan.duplicates, BUFFER_SIZE):
        _write(
            upload,
            "duplicates",
            [{"line": row.place.line, "duplicates": _first(row)} for row in batch],
        )
    upload.rows.update(outcome=_SETTLED)
    upload.faults, upload.errors, upload.version = (
        recorder.of_file,
        recorder.by_kind(),
        upload.version + 1,
    )
    upload.save(update_fields=["faults", "errors", "version"])


def _forget_lost(upload: Upload) -> None:
    """Forget that a row is the same as an earlier one that is left out."""
    left_out = upload.rows.filter(choice=UploadChoice.LEAVE_OUT).annotate(meant=-F("line"))
    upload.rows.filter(choice=UploadChoice.USE, stands_for__in=left_out.values("meant")).update(
        choice="", stands_for=None
    )


def table_of(upload: Upload) -> ImportTable:
    """Return the rows of an upload as import takes them, without those that are left out."""
    used = upload.rows.filter(choice=UploadChoice.USE).values_list("line", "stands_for")
    stands_for = {line: record for line, record in used if record is not None}
    header = 0 if upload.kind in ENTRIES else 1
    return ImportTable(
        upload.name, Noun(upload.noun), lambda: _rows(upload), stands_for, header, upload=upload.pk
    )


def made_with(upload: Upload) -> list[ImportTable]:
    """Return the tables of members and sources that are made with the votes of an upload."""
    return missing_tables(missing([upload.pk]), upload.makes) if upload.makes else []


@transaction.atomic
def make_with_votes(*, upload: Upload, keys: Sequence[str]) -> None:
    """Keep which of the missing members and sources are made with the votes,
    and look anew at all rows.
    """
    upload.makes = [*keys]
    upload.save(update_fields=["makes"])
    check(upload=upload)


def _rows(upload: Upload) -> Iterator[Row]:
    yield Row(0 if upload.kind in ENTRIES else 1, upload.header)
    kept = upload.rows.exclude(choice=UploadChoice.LEAVE_OUT).order_by("line")
    columns = kept.values_list("line", "cells", "unread", "values")
    yield from starmap(
        Row, columns.iterator(chunk_size=min(BUFFER_SIZE, Noun(upload.noun).at_once))
    )


def _first(row: RowDuplicates) -> list[tuple[int | None, int | None, str]]:
    """Return what a row may be as it is kept: the record or the line, and what is the same."""
    return [(record, place.line if place else None, why) for record, place, why in row.first()]


def changes(outcome: Outcome) -> list[Any]:
    """Return the fields that change as they are kept: name, old, new; true after them: it stays."""
    kept = [
        [change.field, change.old, change.new, *[True] * change.stays] for change in outcome.changes
    ]
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


class Bulk(StrEnum):
    """What can be chosen for all rows of a kind at once."""

    LEAVE_OUT_ERRORS = "leave_out_errors"
    USE_EXISTING = "use_existing"
    CREATE_ANYWAY = "create_anyway"
    LEAVE_OUT_DUPLICATES = "leave_out_duplicates"
    START_AGAIN = "start_again"


@transaction.atomic
def choose(*, upload: Upload, choices: Mapping[int, str]) -> None:
    """Keep choices by line ("", "create", "leave_out", or "use:" and an id or -line),
    and look anew at all rows.

    One that can't be made for its row (to use what it doesn't look like) is not kept.
    """
    changed = []
    for row in upload.rows.filter(line__in=choices).select_for_update():
        kind, _, record = choices[row.line].partition(":")
        known = {str(-line if pk is None else pk) for pk, line, _ in row.duplicates} | {
            str(row.stands_for)
        }
        meant = int(record) if kind == UploadChoice.USE and record in known - {"None"} else None
        if kind not in ("", *UploadChoice.values) or (kind == UploadChoice.USE and meant is None):
            continue
        if (row.choice, row.stands_for) != (kind, meant):
            row.choice, row.stands_for = kind, meant
            changed.append(row)
    if changed:
        UploadRow.objects.bulk_update(changed, ["choice", "stands_for"], batch_size=500)
        check(upload=upload)


@transaction.atomic
def choose_all(*, upload: Upload, what: Bulk) -> None:
    """Choose the same for all rows of a kind, also those that this makes so,
    looking anew at all rows.
    """
    rows, choice, stands_for = _CHOSEN[what]
    while upload.rows.filter(rows).update(choice=choice, stands_for=stands_for):
        check(upload=upload)


DUPLICATES = Q(outcome=RowOutcome.DUPLICATE)
ERRORS = Q(outcome=RowOutcome.ERROR)
FIRST = Func(F("duplicates"), template=FIRST_ALIKE, output_field=IntegerField())


# of which rows, what is chosen, and for what they stand
_CHOSEN: dict[Bulk, tuple[Q, str, Any]] = {
    Bulk.LEAVE_OUT_ERRORS: (ERRORS, UploadChoice.LEAVE_OUT, None),
    Bulk.CREATE_ANYWAY: (DUPLICATES, UploadChoice.CREATE, None),
    Bulk.LEAVE_OUT_DUPLICATES: (DUPLICATES, UploadChoice.LEAVE_OUT, None),
    Bulk.USE_EXISTING: (DUPLICATES, UploadChoice.USE, FIRST),
    Bulk.START_AGAIN: (~Q(choice=""), "", None),
}
