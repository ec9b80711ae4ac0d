"""Importing files: plan first, which finds everything that is wrong and says what would change; then apply.

    plan = imports.plan(tables=imports.tables_in(paths=[directory]), publish=Publish.ALL_OR_NOTHING)
    with history.changeset(made_by=…, reason=…, channel=Channel.IMPORT):
        imports.apply(plan=plan, note=…)

Files are streamed, three times: which record is each row (survey), what becomes of it (plan), and, comparing once more
with rows that are now locked, writing it (apply). What is held in memory meanwhile are keys and numbers.
"""

from tracker.desk.imports.applying import Imported, apply
from tracker.desk.imports.faults import Faults, Refused
from tracker.desk.imports.outcomes import Counts, FieldChange, Outcome
from tracker.desk.imports.planning import Plan, plan
from tracker.desk.imports.tables import Table, table, tables_in
from tracker.desk.imports.waiting import Publish
from tracker.desk.records.comparing import Action

__all__ = [
    "Action",
    "Counts",
    "Faults",
    "FieldChange",
    "Imported",
    "Outcome",
    "Plan",
    "Publish",
    "Refused",
    "Table",
    "apply",
    "plan",
    "table",
    "tables_in",
]
