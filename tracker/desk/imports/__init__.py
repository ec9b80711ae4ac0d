"""Importing files: upload, plan, apply.

    plan = imports.plan(tables=imports.tables_in(paths=[directory]), publish=Publish.ALL_OR_NOTHING)
    with history.changeset(made_by=…, reason=…, channel=Channel.IMPORT):
        imports.apply(plan=plan, note=…)

A plan finds everything that is wrong and says what would change. Files are streamed, three times: which record is each
row (survey), what becomes of it (plan), and, comparing once more with rows that are now locked, writing it (apply).
What is held in memory meanwhile are keys and numbers.

    upload = imports.receive(name="sources.xlsx", file=file, made_by=user)
    imports.choose(upload=upload, choices={7: "leave_out", 9: "use:4"})
    with history.changeset(made_by=user, reason=…, channel=Channel.IMPORT):
        imports.apply_upload(upload=upload)

An upload is a file whose rows are kept in a table, each with what its plan says, to be looked at as often as one likes.
It is applied by a new plan, as drafts; if that is not what was shown, nothing is written.
"""

from tracker.desk.imports.applying import Imported, MovedOn, NotReady, apply, apply_upload
from tracker.desk.imports.faults import Faults, RefusedError
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
    read_again,
    receive,
)
from tracker.desk.imports.tables import Table, table, tables_in
from tracker.desk.records.comparing import Action

__all__ = [
    "MOST_BYTES",
    "Action",
    "Bulk",
    "Counts",
    "Faults",
    "FieldChange",
    "Imported",
    "MovedOn",
    "NotReady",
    "Outcome",
    "Plan",
    "Publish",
    "RefusedError",
    "Table",
    "apply",
    "apply_upload",
    "check",
    "choose",
    "choose_all",
    "forget_old",
    "importable",
    "plan",
    "read_again",
    "receive",
    "table",
    "tables_in",
]
