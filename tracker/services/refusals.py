"""What the database refuses, in words for the person whose change it was."""

import re
from collections.abc import Iterator

import psycopg
from django.db import DatabaseError, DataError, IntegrityError, models

from tracker.models.nouns import PARTS, RECORDS

BUSY = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available
GONE = "Something that this refers to has been deleted meanwhile, or is still referred to by another record."
TAKEN = re.compile(r"Key \((?P<column>[^)]+)\)=\((?P<value>.*)\) already exists")


# data exception, integrity constraint violation, program limit exceeded, an exception that a function of ours raises
OF_VALUES = ("22", "23", "54", "P0")
TOO_LONG = "it is longer than the database takes; shorten it"


def is_of_a_value(error: DatabaseError) -> bool:
    """Tell whether a value is to blame for an error, rather than the moment, the machine or the program."""
    is_refused = isinstance(error, DataError | IntegrityError)  # which a value can be before the database sees it
    return is_refused or (getattr(error.__cause__, "sqlstate", None) or "")[:2] in OF_VALUES


def refusal(error: DatabaseError) -> str | None:
    """Return why the database refused a change, or None if the change is not to blame."""
    cause = error.__cause__
    if not isinstance(cause, psycopg.Error):
        return None
    if cause.sqlstate in BUSY:
        return "Somebody else was saving at the same moment. Nothing was saved; save again."
    if cause.sqlstate == "23503":
        return GONE
    if (cause.sqlstate or "")[:2] == "54":
        return too_long(cause.diag.constraint_name)
    if is_of_a_value(error):
        return _of_a_rule(cause.diag.constraint_name) or _taken(cause.diag.message_detail) or _said(cause)
    return None


def too_long(rule: str | None) -> str:
    """Return that a text is too long: which one, if a rule of its field is what could not be kept."""
    field, colon, _ = (_of_a_rule(rule) or "").partition(": ")
    return f"{field}: {TOO_LONG}" if colon else f"One of the texts: {TOO_LONG}"


def _of_a_rule(name: str | None) -> str | None:
    return next((str(rule.violation_error_message) for rule in _rules() if rule.name == name and _speaks(rule)), None)


def _rules() -> Iterator[models.BaseConstraint]:
    for model in [*RECORDS.values(), *(part for parts in PARTS.values() for part in parts.values())]:
        yield from model._meta.constraints


def _speaks(rule: models.BaseConstraint) -> bool:
    return rule.violation_error_message != rule.default_violation_error_message


def _taken(detail: str | None) -> str | None:
    found = TAKEN.search(detail or "")
    return f"{found['column']}: “{found['value']}” is taken; choose another." if found else None


def _said(cause: psycopg.Error) -> str:
    return cause.diag.message_primary or str(cause)
