"""Shapes grow: a stored body is never touched, so whoever wants another form of it than JSON brings it up first.

A body is that of the shape in which it was rendered. What its noun gained since is absent; brought up, it is null or,
of a list, empty.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from msgspec import Struct

from tracker.schema.fields import Field, fields
from tracker.schema.markers import SinceShape

Body = dict[str, Any]


@cache
def newest(shape: type[Struct]) -> int:
    """Return the number of the shape as it is declared: that of the last field that it, or what it holds, gained."""
    return max(max(field.shape, newest(field.type) if field.is_a(Struct) else 1) for field in fields(shape).values())


@cache
def gained(shape: type[Struct]) -> list[Field]:
    """Return the fields of its own that a shape gained."""
    return [field for field in fields(shape).values() if field.mark(SinceShape)]


def upgrade(shape: type[Struct], body: Body) -> Body:
    """Return a body of this or an earlier shape, whole or some fields of it, with all that was gained since."""
    return body if newest(shape) == 1 else _throughout(shape, body, _with_gained)


def as_of_shape(shape: type[Struct], body: Body, number: int) -> Body:
    """Return a whole body as it was rendered in an earlier shape."""

    def earlier(shape: type[Struct], body: Body) -> Body:
        return {name: value for name, value in body.items() if fields(shape)[name].shape <= number}

    return _throughout(shape, body, earlier)


def _with_gained(shape: type[Struct], body: Body) -> Body:
    return body | {field.name: [] if field.is_list else None for field in gained(shape) if field.name not in body}


def _throughout(shape: type[Struct], body: Body, change: Callable[[type[Struct], Body], Body]) -> Body:
    """Return a body changed, and whatever it holds whose own shape grew."""
    grown = change(shape, body)
    for field in _holding(shape):
        if value := grown.get(field.name):
            parts = [_throughout(field.type, part, change) for part in (value if field.is_list else [value])]
            grown[field.name] = parts if field.is_list else parts[0]
    return grown


@cache
def _holding(shape: type[Struct]) -> list[Field]:
    """Return the fields that hold something whose own shape grew."""
    return [field for field in fields(shape).values() if field.is_a(Struct) and newest(field.type) > 1]
