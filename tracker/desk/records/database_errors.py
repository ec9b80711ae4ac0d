"""What the database refuses, as problems for the person whose change it was."""

import json

import psycopg
from django.db import DatabaseError, DataError, IntegrityError

from tracker.models.rule import Rule
from tracker.models.rules import BY_CODE
from tracker.models.tables import TABLES
from tracker.values.problems import Problem

BY_DATABASE = {"busy", "gone", "refused", "too_long"}  # the codes of its problems
BUSY = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available
# data exception, integrity constraint violation, program limit exceeded,
# an exception that a function of ours raises
OF_VALUES = ("22", "23", "54", "P0")


def is_of_a_value(error: DatabaseError) -> bool:
    """Tell whether a value is to blame for an error, rather than the moment,
    the machine or the program.
    """
    # which a value can be before the database sees it
    is_refused = isinstance(error, DataError | IntegrityError)
    return is_refused or (getattr(error.__cause__, "sqlstate", None) or "")[:2] in OF_VALUES


def problem_of(error: DatabaseError) -> Problem | None:
    """Return why the database refused a change, or None if the change is not to blame."""
    cause = error.__cause__
    if not isinstance(cause, psycopg.Error):
        return None
    state = cause.sqlstate or ""
    if state in BUSY:
        return Problem(
            "busy", "Somebody else was saving at the same moment. Nothing was saved; save again."
        )
    if state == "23503":
        says = (
            "Something that this refers to has been deleted meanwhile, or is still referred to "
            "by another record."
        )
        return Problem("gone", says)
    return _of_a_value(cause) if is_of_a_value(error) else None


def _of_a_value(cause: psycopg.Error) -> Problem:
    rule = cause.diag.constraint_name or ""
    constraint, is_of_an_edition = (
        _of_a_constraint(rule),
        (cause.diag.message_detail or "").startswith("{"),
    )
    if (is_of_an_edition or not constraint) and (broken := BY_CODE.get(rule)):
        return _of_a_rule(broken, cause)
    field, says = constraint or (_of_a_trigger(cause), "")
    path = (field,) if field else ()
    if (cause.sqlstate or "")[:2] == "54":
        says = "it is" if field else "one of the texts is"
        return Problem("too_long", f"{says} longer than the database takes; shorten it", path)
    if says:
        return Problem("refused", says, path, rule=rule if rule in BY_CODE else "")
    return Problem("refused", "{says}", path, {"says": cause.diag.message_primary or str(cause)})


def _of_a_rule(rule: Rule, cause: psycopg.Error) -> Problem:
    """Return which rule a trigger of the desk refused to break, or what an edition would break,
    which it details.
    """
    field = _of_a_trigger(cause)
    row = json.loads(cause.diag.message_detail or "{}")
    record, other = row["record"], row["other"]
    if field not in rule.desk:
        return rule.problem(record, other, row["params"])
    if field != rule.field:
        return rule.beside(other, [record], code="refused")
    filled, others = rule.filled(other, row["params"])
    return rule.at_desk(code="refused", record=(rule.noun, record), others=others, params=filled)


def _of_a_trigger(cause: psycopg.Error) -> str:
    """Return the field that a trigger of ours blames;
    PostgreSQL itself names the column of a null only.
    """
    return "" if cause.sqlstate == "23502" else (cause.diag.column_name or "").removesuffix("_id")


def _of_a_constraint(name: str) -> tuple[str, str] | None:
    """Return which field a constraint is about, if it is about one, and what it says."""
    for table in TABLES:
        for rule in table.model._meta.constraints:
            if (
                rule.name == name
                and rule.violation_error_message != rule.default_violation_error_message
            ):
                return rule.violation_error_code or "", str(rule.violation_error_message)
        for key in table.unique_keys:
            if key.name == name:
                names = [field.name for field in key.fields]
                several = (
                    f"there is one with the same {' and '.join(names)} already; keep one of the two"
                )
                return (
                    ("", several) if len(names) > 1 else (names[0], "it is taken; choose another")
                )
    return None
