"""Small bodies: objects of a few fields, each of one type; all that is wrong is said at once."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from tracker.api.refusals import NOT_TAKEN, NotDone
from tracker.api.shapes import DeskFault
from tracker.schema.filters import LARGEST_ID
from tracker.values.problems import among

NAMES = {
    str: "text in quotation marks",
    int: "a whole number",
    list: "a list: […]",
    date: "a day that has come, “2019-06-05”",
}
STANDS: dict[type, type] = {date: str}  # as what JSON has it
UNWANTED = "it is not what is wanted here; write {}"
A_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST = 1000
TOLD = 100  # unknown fields, each with what may be meant by it


class Field(NamedTuple):
    """A field of a body: what it is for, its types, whether it must be there.

    A number goes up to `largest`; a text may be one of `words` only; a list holds objects with the fields `items`;
    a day is text as well, and not to come.
    """

    help: str
    types: tuple[type, ...] = (str,)
    required: bool = False
    largest: int = LARGEST_ID
    words: tuple[str, ...] = ()
    items: Mapping[str, Any] | None = None


def read(said: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """Return the fields that are given; raise NotDone."""
    found = list(_faults(said, fields, ""))
    if found:
        raise NotDone(400, NOT_TAKEN, found)
    stripped = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    given = {name: value for name, value in stripped.items() if value not in (None, "")}
    return {name: _day(value) if date in fields[name].types else value for name, value in given.items()}


def _faults(said: Any, fields: Mapping[str, Field], place: str) -> Iterator[DeskFault]:
    """Yield all that is wrong with an object; `place` points to it."""
    if not isinstance(said, dict):
        yield DeskFault(code="invalid", detail="it is no object; write {…}", pointer=place)
        return
    for name in sorted(said.keys() - fields.keys())[:TOLD]:
        says = f"there is no such field; {among(name, list(fields))}" if fields else "nothing is asked for here"
        yield DeskFault(code="unknown_field", detail=says, pointer=f"{place}/{name}")
    for name, field in fields.items():
        yield from _of_field(said.get(name), field, f"{place}/{name}")


def _of_field(value: Any, field: Field, place: str) -> Iterator[DeskFault]:
    is_no_list = value == [] and list not in field.types
    if not is_no_list and (value in (None, "", []) or (isinstance(value, str) and not value.strip())):
        if field.required:
            says = f"it is missing; {field.help[:1].lower()}{field.help[1:]}"
            yield DeskFault(code="required", detail=says, pointer=place)
    elif says := _wrong(value, field):
        yield DeskFault(code="invalid", detail=says, pointer=place)
    elif field.items:
        for number, item in enumerate(value):
            yield from _faults(item, field.items, f"{place}/{number}")


def _wrong(value: Any, field: Field) -> str:
    """Return what is wrong with a value that is given, and what would be right; empty: nothing."""
    if isinstance(value, bool) or not isinstance(value, tuple(STANDS.get(kind, kind) for kind in field.types)):
        return UNWANTED.format(" or ".join(NAMES[kind] for kind in field.types))
    if date in field.types:
        day = _day(value)
        return "" if day and day <= timezone.localdate() else UNWANTED.format(NAMES[date])
    if isinstance(value, int) and not 0 < value <= field.largest:
        return f"it is out of range; write a whole number from 1 to {field.largest}"
    if isinstance(value, list) and len(value) > MOST:
        return f"it lists {len(value):,}; list at most {MOST:,}, and the others in another request"
    return UNWANTED.format(f"one of {', '.join(field.words)}") if field.words and value not in field.words else ""


def _day(value: Any) -> date | None:
    """Return the day that a text gives as YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and A_DAY.fullmatch(value.strip()) else None
    except ValueError:
        return None
