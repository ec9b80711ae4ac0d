"""Importing files: upload, plan, apply.

Every file is read into an upload, whose rows are kept in a table, and is imported from there.

    files = imports.csv_files(paths=[directory])
    with history.changeset(made_by=…, reason=…, channel=Channel.IMPORT):
        tables = imports.stage(files=files)
        imports.apply(plan=imports.plan(tables=tables, publish=Publish.ALL_OR_NOTHING), note=…)
        imports.forget(tables)

A plan finds everything that is wrong and says what would change. Rows are streamed, three times:
which record is each row (survey), what becomes of it (plan), and, comparing once more with rows
that are now locked, writing it (apply). What is held in memory meanwhile are keys and numbers.

    upload = imports.receive(name="sources.xlsx", file=file, made_by=user)
    imports.choose(upload=upload, choices={7: "leave_out", 9: "use:4"})
    with history.changeset(made_by=user, reason=…, channel=Channel.IMPORT):
        imports.apply_upload(upload=upload)

What is received keeps with each row what its plan says, to be looked at as often as one likes.
It is applied by a new plan, as drafts; if that is not what was shown, nothing is written.
"""

from tracker.desk.imports.applying import Imported, MovedOn, NotReady, apply, apply_upload
from tracker.desk.imports.faults import Faults, ImportRefusedError
from tracker.desk.imports.files import FILE_NAMES, csv_files, forget, stage
from tracker.desk.imports.missing import Missing, missing, missing_tables
from tracker.desk.imports.outcomes import Counts, FieldChange, Outcome
from tracker.desk.imports.planning import Plan, Publish, plan
from tracker.desk.imports.staging import (
    MOST_BYTES,
    Bulk,
    check,
    choose,
    choose_all,
    forget_old,
    importable,
    make_with_votes,
    read_again,
    receive,
)
from tracker.desk.imports.tables import ImportTable
from tracker.desk.records.comparing import Action

__all__ = [
    "FILE_NAMES",
    "MOST_BYTES",
    "Action",
    "Bulk",
    "Counts",
    "Faults",
    "FieldChange",
    "ImportRefusedError",
    "ImportTable",
    "Imported",
    "Missing",
    "MovedOn",
    "NotReady",
    "Outcome",
    "Plan",
    "Publish",
    "apply",
    "apply_upload",
    "check",
    "choose",
    "choose_all",
    "csv_files",
    "forget",
    "forget_old",
    "importable",
    "make_with_votes",
    "missing",
    "missing_tables",
    "plan",
    "read_again",
    "receive",
    "stage",
]
