"""What the database refuses although the plan found nothing wrong, told like any other problem of a row."""

from dataclasses import replace

from django.db import DatabaseError

from tracker.services.imports.comparing import Compared
from tracker.services.refusals import problem_of
from tracker.values.problems import Problem


def refused(error: DatabaseError, row: Compared) -> Problem:
    """Return what the database has against a row; raise the error if the row is not to blame."""
    problem, parsed = problem_of(error), row.parsed
    if problem is None:
        raise error
    is_known = parsed.table.layout.knows(problem.field)
    says = f"the database refuses it: {problem.message}"
    if problem.field and not is_known:
        says = f"the database refuses it: {problem.field}: {problem.message}"
    path = problem.path if is_known else ()
    placed = parsed.placed(replace(problem, message=says, path=path, remedy="correct it"))
    return replace(placed, value="") if problem.code == "too_long" else placed
