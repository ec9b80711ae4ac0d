"""What the database refuses although the plan found nothing wrong, told like any other fault."""

from django.db import DatabaseError

from tracker.services.imports.comparing import Compared
from tracker.services.imports.faults import Fault
from tracker.services.refusals import problem_of


def fault_of(error: DatabaseError, row: Compared) -> Fault:
    """Return what the database has against a row; raise the error if the row is not to blame."""
    problem, parsed = problem_of(error), row.parsed
    if problem is None:
        raise error
    column = problem.field if parsed.table.layout.knows(problem.field) else ""
    value = "" if problem.code == "too_long" else parsed.row.cells.get(column, "")
    says = f"the database refuses it: {problem.text if column else problem}"
    return Fault(
        parsed.table.name, parsed.row.line, (column,) if column else (), value, says, "correct it", by_database=True
    )
