"""A standing document rendered again because a name in it changed: from its last version, never from the desk."""

from collections.abc import Mapping
from typing import Any

import msgspec

from tracker.schema.parts import Reference, SourceReference

Renamed = Mapping[str, Reference | SourceReference]


def with_new_names(body: str, renamed: Renamed) -> str:
    """Return `body` with every reference whose address is a key of `renamed` replaced by the new one.

    A slug, once public, belongs to one record for ever, so an address says which record a reference is to.
    """
    fields: dict[str, Any] = msgspec.json.decode(body)
    return msgspec.json.encode({name: _renamed(value, renamed) for name, value in fields.items()}).decode()


def _renamed(value: Any, renamed: Renamed) -> Any:
    if isinstance(value, dict):
        return (
            renamed.get(value.get("url", ""), value)
            if _refers(value)
            else {name: _renamed(inner, renamed) for name, inner in value.items()}
        )
    if isinstance(value, list):
        return [_renamed(inner, renamed) for inner in value]
    return value


def _refers(value: dict[str, Any]) -> bool:
    return value.keys() in ({"url", "slug", "name"}, {"url", "id", "name"})
