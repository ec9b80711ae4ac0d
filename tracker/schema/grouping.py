"""Parts that are told as one Struct of lists of keys: taken apart, and called by new keys."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from tracker.schema.fields import Field, fields
from tracker.schema.markers import Grouped
from tracker.values.nouns import Noun

Body = dict[str, Any]
Keys = Mapping[tuple[Noun, str], str]  # the new key by the noun of the record and the old one


@cache
def grouped(shape: type[Struct]) -> list[tuple[Field, Grouped]]:
    """Return the fields of a shape that are told so, each with its mark."""
    pairs: list[tuple[Field, Grouped]] = []
    for field in fields(shape).values():
        if mark := field.mark(Grouped):
            pairs.append((field, mark))
    return pairs


def parts(mark: Grouped, value: Body) -> Iterator[tuple[tuple[str | int, ...], Body]]:
    """Yield each part, with where in the value it stands;
    what has no part, or is no list, as it is there.
    """
    notes = value.get("notes") if isinstance(value.get("notes"), dict) else {}
    for term in mark.terms.values:
        listed = value.get(term)
        for place, key in enumerate(listed if isinstance(listed, list) else []):
            yield (
                (term, place),
                {mark.key: key, mark.by: term, mark.note: (notes or {}).get(str(key))},
            )


def keys(shape: type[Struct], body: Body) -> Iterator[tuple[Noun, str]]:
    """Yield by which keys a body of this shape names records by these alone;
    none of what is no Struct.
    """
    for field, mark in grouped(shape):
        value = body.get(field.name)
        for _, part in parts(mark, value if isinstance(value, dict) else {}):
            yield mark.noun, str(part[mark.key])


def with_new_keys(shape: type[Struct], body: Body, new: Keys) -> Body:
    """Return a body in which what is grouped stands under the new keys, if it has some."""
    return body | {
        field.name: _called(mark, body[field.name], new)
        for field, mark in grouped(shape)
        if body.get(field.name) is not None
    }


def _called(mark: Grouped, value: Body, new: Keys) -> Body:
    def key(old: str) -> str:
        return new.get((mark.noun, old), old)

    lists = {term: list(map(key, value[term])) for term in mark.terms.values}
    return value | lists | {"notes": {key(old): note for old, note in value["notes"].items()}}
