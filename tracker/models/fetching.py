"""Rows of a table as Django makes them, by a statement that is composed once.

Composing one costs Django more than running it. What every request asks comes this way; all else as Django has it.
"""

from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def fetch(model: type[Row], condition: str, *parameters: Any) -> list[Row]:
    """Return the rows of a table that meet a condition in SQL, which may end in an order."""
    statement, names, converting = _composed(model, condition)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    if converting:
        rows = [_converted(row, converting) for row in rows]
    return [model.from_db(connection.alias, names, row) for row in rows]


@cache
def _composed(model: type[models.Model], condition: str) -> tuple[str, list[str], dict[int, list[Any]]]:
    """Return the statement, the attributes that its columns are for, and how some of these are converted."""
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    converting = {place: found for place, one in enumerate(fields) if (found := one.get_db_converters(connection))}
    statement = f"SELECT {columns} FROM {model._meta.db_table} WHERE {condition}"
    return statement, [field.attname for field in fields], converting


def _converted(row: tuple[Any, ...], converting: dict[int, list[Any]]) -> list[Any]:
    values = list(row)
    for place, converters in converting.items():
        for convert in converters:
            values[place] = convert(values[place], None, connection)
    return values
