"""Rows of a table as Django makes them, by a statement that is composed once.

Composing one costs Django more than running it. What every request asks comes this way; all else as Django has it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def fetch(model: type[Row], condition: str, *parameters: Any) -> list[Row]:
    """Return the rows of a table that meet a condition in SQL, which may end in an order."""
    with connection.cursor() as cursor:
        cursor.execute(_selecting(model, condition), parameters)
        return [row_of(model, values) for values in cursor.fetchall()]


@cache
def columns_of(model: type[models.Model]) -> str:
    """Return the columns of a table, to select for `row_of`, as a list in SQL."""
    table = model._meta.db_table
    return ", ".join(f"{table}.{connection.ops.quote_name(str(field.column))}" for field in model._meta.concrete_fields)


def row_of(model: type[Row], values: Sequence[Any]) -> Row:
    """Return the row that has these values in the columns of `columns_of`."""
    names, converting = _made_of(model)
    if converting:
        values = list(values)
        for place, convert in converting:
            values[place] = convert(values[place], None, connection)
    return model.from_db(connection.alias, names, values)


@cache
def _selecting(model: type[models.Model], condition: str) -> str:
    return f"SELECT {columns_of(model)} FROM {model._meta.db_table} WHERE {condition}"


@cache
def _made_of(model: type[models.Model]) -> tuple[list[str], list[tuple[int, Any]]]:
    """Return the attributes that columns are for, and by what the values of some are converted, one after another."""
    fields = model._meta.concrete_fields
    converting = [(place, convert) for place, one in enumerate(fields) for convert in one.get_db_converters(connection)]
    return [field.attname for field in fields], converting
