"""Parts that are told as one Struct of lists of keys: taken apart, and called by new keys."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from tracker.schema.fields import Field, fields
from tracker.schema.markers import Grouped
from tracker.schema.parts import address

Body = dict[str, Any]


@cache
def grouped(shape: type[Struct]) -> list[tuple[Field, Grouped]]:
    """Return the fields of a shape that are told so, each with its mark."""
    pairs: list[tuple[Field, Grouped]] = []
    for field in fields(shape).values():
        if mark := field.mark(Grouped):
            pairs.append((field, mark))
    return pairs


def parts(mark: Grouped, value: Body) -> Iterator[tuple[tuple[str | int, ...], Body]]:
    """Yield each part, with where in the value it stands; what has no part, or is no list, as it is there."""
    notes = value.get("notes") if isinstance(value.get("notes"), dict) else {}
    for term in mark.terms.values:
        listed = value.get(term)
        for place, key in enumerate(listed if isinstance(listed, list) else []):
            yield (term, place), {mark.key: key, mark.by: term, mark.note: (notes or {}).get(str(key))}


def with_new_keys(shape: type[Struct], body: Body, new: Callable[[str], str | None]) -> Body:
    """Return a body in which what is grouped stands under the keys that `new` says of old addresses, if it does."""
    return body | {
        field.name: _called(mark, body[field.name], new)
        for field, mark in grouped(shape)
        if body.get(field.name) is not None
    }


def _called(mark: Grouped, value: Body, new: Callable[[str], str | None]) -> Body:
    def key(old: str) -> str:
        return new(address(mark.noun, old)) or old

    lists = {term: list(map(key, value[term])) for term in mark.terms.values}
    return value | lists | {"notes": {key(old): note for old, note in value["notes"].items()}}
