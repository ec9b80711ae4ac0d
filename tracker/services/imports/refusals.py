"""What the database refuses although the plan found nothing wrong, told like any other fault."""

import re
from typing import Any

from django.db import DatabaseError, models

from tracker.services.imports.comparing import Compared
from tracker.services.imports.faults import Fault
from tracker.services.refusals import too_long

DETAIL = re.compile(r"Key \((?P<columns>.+?)\)=\((?P<values>.*)\)")


def fault_of(error: DatabaseError, row: Compared) -> Fault:
    """Return what the database has against a row: in the words of the constraint, if it has any."""
    parsed = row.parsed
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    if (getattr(diagnosis, "sqlstate", None) or "")[:2] == "54":
        column, _, problem = too_long(diagnosis.constraint_name).partition(": ")
        known = column if parsed.table.layout.knows(column) else ""
        return Fault(parsed.table.name, parsed.row.line, known, "", f"the database refuses it: {problem}", "shorten it")
    said = _said_by(row, getattr(diagnosis, "constraint_name", None)) or getattr(diagnosis, "message_primary", None)
    column, _, problem = (said or str(error)).partition(": ")
    if not parsed.table.layout.knows(column):
        column, problem = _column_in(getattr(diagnosis, "message_detail", None), row), said or str(error)
    value = parsed.row.cells.get(column, "")
    return Fault(parsed.table.name, parsed.row.line, column, value, f"the database refuses it: {problem}", "correct it")


def _said_by(row: Compared, name: str | None) -> str:
    parts = [part.model for part in row.parsed.table.layout.parts.values()]
    tables: list[type[models.Model]] = [row.parsed.table.layout.model, *parts]
    for constraint in (constraint for table in tables for constraint in table._meta.constraints):
        if name and constraint.name == name:
            return str(constraint.violation_error_message)
    return ""


def _column_in(detail: str | None, row: Compared) -> str:
    match = DETAIL.search(detail or "")
    names = [name.strip().removesuffix("_id") for name in match["columns"].split(",")] if match else []
    return next((name for name in names if row.parsed.table.layout.knows(name)), "")
