"""A shape read field by field: its type without what surrounds it, and what it is marked with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from tracker.schema.markers import Grouped, RefersTo, SinceShape
from tracker.values.nouns import Noun

Mark = TypeVar("Mark")
OF_EVERY_DOCUMENT = {
    "id",
    "record",
    "version",
    "opened",
    "closed",
    "gone",
    "shape",
    "body",
    "ref",
    "search",
    "digest",
    "sort",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field; `type` is that of its value or, of a list, that of each item.
    `marks` are all that is annotated.
    """

    name: str
    type: Any
    is_list: bool
    is_optional: bool
    marks: tuple[Any, ...]

    def mark(self, kind: type[Mark]) -> Mark | None:
        """Return the first mark of a kind, if there is one."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)

    def meta(self, name: str) -> Any:
        """Return what the first `Meta` that says it has under this name (`description`, `examples`,
        `ge` …).
        """
        values = (getattr(mark, name) for mark in self.marks if isinstance(mark, Meta))
        return next((value for value in values if value is not None), None)

    @property
    def says(self) -> str:
        """Return its description; empty if it has none."""
        return self.meta("description") or ""

    @property
    def example(self) -> Any:
        """Return its first example; None if it has none."""
        return next(iter(self.meta("examples") or ()), None)

    @property
    def shape(self) -> int:
        """Return the shape with which it came."""
        gained = self.mark(SinceShape)
        return gained.shape if gained else 1

    @property
    def noun(self) -> Noun | None:
        """Return the noun to which it refers."""
        to = self.mark(RefersTo)
        return to.noun if to else None

    @property
    def column(self) -> str:
        """Return the column of documents that keep it:
        called as the field, unless every document has such a column.
        """
        return f"own_{self.name}" if self.name in OF_EVERY_DOCUMENT else self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of documents that keep it: one for each list of what is grouped."""
        grouped = self.mark(Grouped)
        return tuple(grouped.terms.values) if grouped else (self.column,)

    def is_a(self, *kinds: type) -> bool:
        """Tell whether its value, or each item of it, is of one of these types."""
        return isinstance(self.type, type) and issubclass(self.type, kinds)


@cache
def fields(shape: type[Struct]) -> Mapping[str, Field]:
    """Return the fields of a shape by name, in order."""
    return {
        name: _field(name, hint)
        for name, hint in get_type_hints(shape, include_extras=True).items()
    }


def _field(name: str, hint: Any) -> Field:
    marks: list[Any] = []
    kinds = _kinds(hint, marks)
    of = next(kind for kind in kinds if kind is not NoneType)
    is_list = get_origin(of) is list
    if is_list:
        (of,) = _kinds(get_args(of)[0], [])
    return Field(name, get_origin(of) or of, is_list, NoneType in kinds, tuple(marks))


def _kinds(hint: Any, marks: list[Any]) -> list[Any]:
    """Return the alternatives of a hint, and add what is annotated to `marks`,
    the outermost first.
    """
    while hasattr(hint, "__metadata__"):
        marks += hint.__metadata__
        hint = hint.__origin__
    is_choice = get_args(hint) and get_origin(hint) not in (list, dict)
    return [kind for arg in get_args(hint) for kind in _kinds(arg, marks)] if is_choice else [hint]
