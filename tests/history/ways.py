"""All the ways to write rows: through a model, in bulk, by COPY and by raw SQL.
Each takes the records it is about.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection, models

from tests.models.rows import execute
from tracker.models import (
    Act,
    ActCitation,
    ActIssue,
    Actor,
    ActParticipant,
    Alignment,
    AlignmentCitation,
    AlignmentResolution,
    Ballot,
    CoreInterest,
    Discussion,
    Frame,
    Issue,
    Meeting,
    MeetingCitation,
    Membership,
    Participant,
    Predecessor,
    Source,
    Stance,
    StanceCitation,
    StanceResolution,
    Vote,
    VoteCitation,
)

# by table, a column that may change, and its new value
CHANGE: dict[type[models.Model], tuple[str, Any]] = {
    Issue: ("summary", "Another."),
    Actor: ("summary", "Another."),
    Source: ("publisher", "Another"),
    Stance: ("summary", "Another."),
    Alignment: ("summary", "Another."),
    Meeting: ("place", "Vladivostok"),
    Vote: ("title", "Another"),
    CoreInterest: ("note", "Another."),
    Membership: ("role", "another"),
    Predecessor: ("since", "1991"),
    Frame: ("kinds", ["procedural"]),
    Participant: ("role", "host"),
    Discussion: ("outcome", "Another."),
    StanceCitation: ("locator", "page 9"),
    AlignmentCitation: ("locator", "page 9"),
    StanceResolution: ("criteria", "Another."),
    AlignmentResolution: ("criteria", "Another."),
    MeetingCitation: ("locator", "page 9"),
    Ballot: ("choice", "abstain"),
    VoteCitation: ("locator", "page 9"),
    Act: ("place", "Vladivostok"),
    ActParticipant: ("role", "signatory"),
    ActIssue: ("outcome", "Another."),
    ActCitation: ("locator", "page 9"),
}
Rows = list[models.Model]


def written(model: type[models.Model]) -> list[str]:
    """Return the columns that an INSERT writes."""
    return [
        field.column
        for field in model._meta.concrete_fields
        if not field.generated and field.column != "id"
    ]


def save(records: Rows) -> None:
    for record in records:
        record.save()


def bulk_create(records: Rows) -> None:
    type(records[0]).objects.bulk_create(records)


def insert_sql(records: Rows) -> None:
    names = written(type(records[0]))
    values = [value for record in records for value in as_sql(record, names)]
    marks = ", ".join(f"({', '.join(['%s'] * len(names))})" for _ in records)
    execute(f"INSERT INTO {records[0]._meta.db_table} ({', '.join(names)}) VALUES {marks}", *values)


def copy(records: Rows) -> None:
    names = written(type(records[0]))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {records[0]._meta.db_table} ({', '.join(names)}) FROM STDIN") as rows,
    ):
        for record in records:
            rows.write_row(as_sql(record, names))


def as_sql(record: models.Model, names: list[str]) -> list[Any]:
    """Return the values of the columns as the database takes them."""
    fields = {field.column: field for field in record._meta.concrete_fields}
    return [
        fields[name].get_db_prep_save(getattr(record, fields[name].attname), connection)
        for name in names
    ]


def save_changed(records: Rows) -> None:
    name, value = CHANGE[type(records[0])]
    for record in records:
        setattr(record, name, value)
        record.save()


def bulk_update(records: Rows) -> None:
    name, value = CHANGE[type(records[0])]
    for record in records:
        setattr(record, name, value)
    type(records[0]).objects.bulk_update(records, [name])


def update_queryset(records: Rows) -> None:
    name, value = CHANGE[type(records[0])]
    type(records[0]).objects.filter(pk__in=[record.pk for record in records]).update(
        **{name: value}
    )


def update_sql(records: Rows) -> None:
    name, value = CHANGE[type(records[0])]
    ids = [record.pk for record in records]
    execute(f"UPDATE {records[0]._meta.db_table} SET {name} = %s WHERE id = ANY(%s)", value, ids)


def delete(records: Rows) -> None:
    for record in records:
        type(record)(pk=record.pk).delete()


def delete_queryset(records: Rows) -> None:
    type(records[0]).objects.filter(pk__in=[record.pk for record in records]).delete()


def delete_sql(records: Rows) -> None:
    execute(
        f"DELETE FROM {records[0]._meta.db_table} WHERE id = ANY(%s)",
        [record.pk for record in records],
    )


INSERTS: list[Callable[[Rows], None]] = [save, bulk_create, insert_sql, copy]
UPDATES: list[Callable[[Rows], None]] = [save_changed, bulk_update, update_queryset, update_sql]
DELETES: list[Callable[[Rows], None]] = [delete, delete_queryset, delete_sql]
ONE_BY_ONE = (save, save_changed, delete)
