"""Bodies of verbs: Structs, checked field by field, so that all that is wrong is said at once,
each with its path.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from django.utils import timezone
from msgspec import Meta, Struct, inspect
from msgspec.structs import fields

from tracker.schema.filters import LARGEST_ID
from tracker.values.problems import InvalidError, Path, Problem, among
from tracker.values.texts import BLANK_NOTE, is_blank

MOST_RECORDS = 1000
MOST_UNKNOWN_FIELDS = 100  # unknown fields, each with what may be meant by it
MOST_BLANKS = 20
PUBLIC = {"public": True}  # `extra` of a text that readers see
Text = Annotated[str, Meta(pattern=r"\S")]
Number = Annotated[int, Meta(ge=1, le=LARGEST_ID)]
NAMES = {
    inspect.StrType: "text in quotation marks",
    inspect.IntType: "a whole number",
    inspect.ListType: "a list: […]",
    inspect.DateType: "a day that has come, “2019-06-05”",
}
KINDS = {inspect.StrType: str, inspect.IntType: int, inspect.ListType: list, inspect.DateType: str}
NO_OBJECT = "it is no object; write {…}"


class Body(Struct, forbid_unknown_fields=True):
    """What is sent to a verb. A text that is blank, or null, is as good as left out;
    days are not to come.

    Of a text that readers see only an empty one is, or null: blanks alone are refused.
    """


B = TypeVar("B", bound=Body)


class BodyField(NamedTuple):
    """What a field of a body may be:
    of which types, of which words, if only of some, and whether readers see it.
    """

    required: bool
    kinds: list[inspect.Type]
    says: str
    words: list[str] | None
    is_public: bool


def parse(payload: Any, kind: type[B]) -> B:
    """Return what a body says, its texts without blanks around them;
    raise InvalidError with all that is wrong.
    """
    problems = [
        Problem(code, "{says}", path, {"says": says})
        for code, says, path in _faults(payload, kind, ())
    ]
    if problems:
        raise InvalidError(problems)
    return msgspec.convert(_without_blanks(payload), kind)


def _without_blanks(payload: Any) -> Any:
    """Return a body without what is as good as left out."""
    match payload:
        case str():
            return payload.strip()
        case list():
            return [_without_blanks(item) for item in payload]
        case dict():
            return {
                name: _without_blanks(value)
                for name, value in payload.items()
                if not _is_blank(value)
            }
    return payload


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and is_blank(value))


def _faults(payload: Any, kind: type[Struct], path: Path) -> Iterator[tuple[str, str, Path]]:
    """Yield all that is wrong with an object: code, what, and where."""
    if not isinstance(payload, dict):
        yield "invalid", NO_OBJECT, path
        return
    known = _declared(kind)
    for name in sorted(payload.keys() - known.keys())[:MOST_UNKNOWN_FIELDS]:
        says = (
            f"there is no such field; {among(name, list(known))}"
            if known
            else "nothing is asked for here"
        )
        yield "unknown_field", says, (*path, name)
    for name, field in known.items():
        yield from _of_field(payload.get(name), field, (*path, name))


@cache
def _declared(kind: type[Struct]) -> dict[str, BodyField]:
    """Return the fields of a body, asked of msgspec once for each Struct."""
    declared = {}
    for field in fields(kind):
        about = inspect.type_info(field.type)
        schema: Any = about.extra_json_schema if isinstance(about, inspect.Metadata) else {}
        is_public = isinstance(about, inspect.Metadata) and about.extra == PUBLIC
        inner = about.type if isinstance(about, inspect.Metadata) else about
        kinds = [
            kind
            for kind in getattr(inner, "types", (inner,))
            if not isinstance(kind, inspect.NoneType)
        ]
        says, words = schema.get("description", ""), schema.get("enum")
        declared[field.name] = BodyField(field.required, kinds, says, words, is_public)
    return declared


def _of_field(value: Any, field: BodyField, path: Path) -> Iterator[tuple[str, str, Path]]:
    listed = next((kind for kind in field.kinds if isinstance(kind, inspect.ListType)), None)
    if _is_blank(value) or (value == [] and listed):
        if field.required:
            yield "required", f"it is missing; {field.says[:1].lower()}{field.says[1:]}", path
        elif value and field.is_public:
            yield "invalid", f"“{json.dumps(value[:MOST_BLANKS])[1:-1]}”: {BLANK_NOTE}", path
    elif says := _wrong_kind(value, field.kinds) or _not_among(value, field.words):
        yield "invalid", says, path
    elif listed and isinstance(listed.item_type, inspect.StructType):
        for number, item in enumerate(value):
            yield from _faults(item, listed.item_type.cls, (*path, number))


def _wrong_kind(value: Any, kinds: list[inspect.Type]) -> str:
    """Return what is wrong with a value that is given, and what would be right; empty: nothing."""
    kind = next(
        (
            kind
            for kind in kinds
            if isinstance(value, KINDS[type(kind)]) and not isinstance(value, bool)
        ),
        None,
    )
    match kind:
        case inspect.IntType(ge=first, le=last) if not first <= value <= last:
            return f"it is out of range; write a whole number from {first} to {last}"
        case inspect.ListType(max_length=most) if most and len(value) > most:
            return (
                f"it lists {len(value):,}; list at most {most:,}, and the others in another request"
            )
        case None:
            return _unwanted(" or ".join(NAMES[type(kind)] for kind in kinds))
        case inspect.DateType() if not _has_come(value):
            return _unwanted(NAMES[inspect.DateType])
    return ""


def _not_among(value: Any, words: list[str] | None) -> str:
    return _unwanted(f"one of {', '.join(words)}") if words and value not in words else ""


def _unwanted(wanted: str) -> str:
    return f"it is not what is wanted here; write {wanted}"


def _has_come(value: str) -> bool:
    try:
        return msgspec.convert(value.strip(), date) <= timezone.localdate()
    except msgspec.ValidationError:
        return False
