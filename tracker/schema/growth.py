"""Shapes grow: a stored body is never touched,
so whoever wants another form of it than JSON brings it up first.

A body is that of the shape in which it was rendered. What its noun gained since is absent;
brought up, it is null or, of a list, empty.
"""

from functools import cache
from typing import Any

from msgspec import Struct

from tracker.schema.fields import Field, fields
from tracker.schema.markers import SinceShape

Body = dict[str, Any]


@cache
def newest(shape: type[Struct]) -> int:
    """Return the number of the shape as it is declared:
    that of the last field that it, or what it holds, gained.
    """
    return max(
        max(field.shape, newest(field.type) if field.is_a(Struct) else 1)
        for field in fields(shape).values()
    )


@cache
def gained(shape: type[Struct]) -> list[Field]:
    """Return the fields of its own that a shape gained."""
    return [field for field in fields(shape).values() if field.mark(SinceShape)]


def upgrade(shape: type[Struct], body: Body) -> Body:
    """Give a body of this or an earlier shape, whole or some fields of it,
    all that was gained since; return it.
    """
    for field in gained(shape):
        if field.name not in body:
            body[field.name] = [] if field.is_list else None
    for field in _holding(shape):
        if value := body.get(field.name):
            for part in value if field.is_list else [value]:
                upgrade(field.type, part)
    return body


def as_of_shape(shape: type[Struct], body: Body, number: int) -> Body:
    """Return a whole body as it was rendered in an earlier shape."""
    earlier = {name: value for name, value in body.items() if fields(shape)[name].shape <= number}
    for field in _holding(shape):
        if value := earlier.get(field.name):
            parts = [
                as_of_shape(field.type, part, number)
                for part in (value if field.is_list else [value])
            ]
            earlier[field.name] = parts if field.is_list else parts[0]
    return earlier


@cache
def _holding(shape: type[Struct]) -> list[Field]:
    """Return the fields that hold something whose own shape grew."""
    return [
        field for field in fields(shape).values() if field.is_a(Struct) and newest(field.type) > 1
    ]
