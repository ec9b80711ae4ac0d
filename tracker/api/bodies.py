"""Small bodies: objects of a few fields, each of one type; all that is wrong is said at once."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tracker.api.refusals import NOT_TAKEN, NotDone
from tracker.api.shapes import DeskFault
from tracker.formats.csv_cells import among
from tracker.publication.shapes.filters import LARGEST_ID

NAMES = {str: "text in quotation marks", int: "a whole number", list: "a list: […]"}


class Field(NamedTuple):
    """A field of a body: what it is for, the types that it may have, and whether it must be there."""

    help: str
    types: tuple[type, ...] = (str,)
    required: bool = False
    largest: int = LARGEST_ID


def read(said: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """Return the fields that are given; raise NotDone."""
    found = faults(said, fields)
    if found:
        raise NotDone(400, NOT_TAKEN, found)
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in said.items() if value is not None
    }


def faults(said: Mapping[str, Any], fields: Mapping[str, Field], place: str = "") -> list[DeskFault]:
    """Return all that is wrong with an object; `place` points to it."""
    found = []
    for name in said.keys() - fields.keys():
        says = f"there is no such field; {among(name, list(fields))}" if fields else "nothing is asked for here"
        found.append(DeskFault(code="unknown_field", detail=says, pointer=f"{place}/{name}"))
    for name, field in fields.items():
        value = said.get(name)
        empty = value in (None, [], 0) or (isinstance(value, str) and not value.strip())
        if not empty and not _fits(value, field):
            says = f"it is none of what is wanted here; write {' or '.join(NAMES[one] for one in field.types)}"
            found.append(DeskFault(code="invalid", detail=says, pointer=f"{place}/{name}"))
        elif empty and field.required:
            says = f"it is missing; {field.help[:1].lower()}{field.help[1:]}"
            found.append(DeskFault(code="required", detail=says, pointer=f"{place}/{name}"))
    return found


def _fits(value: Any, field: Field) -> bool:
    if isinstance(value, int) and not (isinstance(value, bool) or 0 < value <= field.largest):
        return False
    return isinstance(value, field.types) and not isinstance(value, bool)
