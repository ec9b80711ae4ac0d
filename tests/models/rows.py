"""Rows by raw SQL, past every model, form and service: what a rule has to withstand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests import factories
from tests.factories.resolutions import YES
from tracker.models import Issue
from tracker.models.nouns import PARTS, RECORDS, noun_of
from tracker.models.records import Record
from tracker.models.resolutions import Resolution
from tracker.models.tables import tables_of

DESK = [*RECORDS.values(), *(part for parts in PARTS.values() for part in parts.values())]
OTHERS = [model for model in apps.get_app_config("tracker").get_models() if model not in DESK]

COLUMNS = (
    "position, since, until, basis, likelihood, hedged, instruments, confidence, standing, "
    "standing_note, summary, state"
)
# of an issue and of a stance: put the stance, or another like it, on the issue
STANCE_ON = {
    "insert": f"INSERT INTO tracker_stance (issue_id, actor_id, {COLUMNS}) "
    f"SELECT %s, actor_id, {COLUMNS} FROM tracker_stance WHERE id = %s",
    "update": "UPDATE tracker_stance SET issue_id = %s WHERE id = %s",
}


def make(model: type[models.Model], **fields: Any) -> models.Model:
    """Make a record without parts, or a part of a new record;
    an issue is settled, so each column may be written.
    """
    parts = (
        {table.listed_as: [] for table in tables_of(noun_of(model)).values() if table.part}
        if issubclass(model, Record)
        else {}
    )
    usual = {"is_settled": True} if model is Issue else {}
    return getattr(factories, f"{model.__name__}Factory")(**usual, **parts, **fields)


def make_writable(model: type[models.Model]) -> models.Model:
    """Make a row of which each column may be written: a resolution is of a decided forecast."""
    return make(model, **({**YES, "opens": "0001-01-01"} if issubclass(model, Resolution) else {}))


def execute(sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Run one statement as whoever the connection is; return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall() if cursor.description else []


def row_of(record: models.Model) -> dict[str, Any]:
    """Return the row as PostgreSQL's JSON, as events keep it."""
    rows = execute(
        f"SELECT to_jsonb(t)::text FROM {record._meta.db_table} t WHERE id = %s", record.pk
    )
    return json.loads(rows[0][0])


def write(by: str, record: models.Model, **columns: Any) -> int:
    """Write these values into the record's row by raw SQL, and return the row's id.

    By "insert" the row is taken out first and put in again under a new id;
    by "update" the columns are changed.
    """
    table, names = record._meta.db_table, ", ".join(columns)
    if by == "update":
        execute(
            f"UPDATE {table} SET ({names}) = (SELECT {names} FROM "
            f"jsonb_populate_record(NULL::{table}, %s)) "
            "WHERE id = %s",
            json.dumps(columns),
            record.pk,
        )
        return record.pk
    row = row_of(record)
    execute(f"DELETE FROM {table} WHERE id = %s", record.pk)
    written = [
        field.column
        for field in record._meta.concrete_fields
        if not field.generated and field.column != "id"
    ]
    names = ", ".join(written)
    return execute(
        f"INSERT INTO {table} ({names}) SELECT {names} FROM "
        f"jsonb_populate_record(NULL::{table}, %s) RETURNING id",
        json.dumps({**row, **columns}),
    )[0][0]


def put_in(model: type[models.Model], row: dict[str, Any]) -> None:
    """Insert a row, as PostgreSQL's JSON, under its own id."""
    table = model._meta.db_table
    names = ", ".join(field.column for field in model._meta.concrete_fields if not field.generated)
    execute(
        f"INSERT INTO {table} ({names}) SELECT {names} FROM "
        f"jsonb_populate_record(NULL::{table}, %s)",
        json.dumps(row),
    )


def take_out(record: models.Model) -> dict[str, Any]:
    """Delete a row by raw SQL, and return it as it was."""
    row = row_of(record)
    execute(f"DELETE FROM {record._meta.db_table} WHERE id = %s", record.pk)
    return row


@contextmanager
def deferred_checked() -> Iterator[None]:
    """Check at the end what is else checked at commit."""
    yield
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """Expect that the constraint with this name refuses what is done, in a savepoint."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic(), deferred_checked():
        yield
    assert caught.value.__cause__.diag.constraint_name == rule
