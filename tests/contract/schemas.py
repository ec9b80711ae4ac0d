"""Comparing two schemas: which values does one have that the other has no place for?

In answers the new schema may have no value that the old one did not foresee; in requests it is the
other way round. What a client may always expect is that answers gain fields, and requests gain
fields that may be left out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Schema = Mapping[str, Any]
# formats: all values of the first are values of the second too
NARROWER = {("uri", "uri-reference")}
AT_LEAST, AT_MOST = ("minimum", "minLength", "minItems"), ("maximum", "maxLength", "maxItems")


class Pair(NamedTuple):
    """A schema from which values come, and one that has a place for them or not.

    If it `is_response`, the new one gives and the old one takes,
    in requests the old one gives and the new one takes.
    """

    comes: Any
    goes: Any
    is_response: bool

    @property
    def old(self) -> Any:
        """Return the schema of the old document."""
        return self.goes if self.is_response else self.comes

    @property
    def new(self) -> Any:
        """Return the schema of the new document."""
        return self.comes if self.is_response else self.goes


def answered(old: Schema, new: Schema, where: str) -> list[str]:
    """Return what may come in an answer now that a client could not foresee;
    references are resolved already.
    """
    return _breaks(Pair(new, old, True), where)


def asked(old: Schema, new: Schema, where: str) -> list[str]:
    """Return what a client may not send any more."""
    return _breaks(Pair(old, new, False), where)


def _breaks(pair: Pair, where: str) -> list[str]:
    reasons_given = []
    for branch in branches(pair.comes):
        kind = branch.get("type")
        places = [place for place in branches(pair.goes) if place.get("type") in (kind, None)]
        if places:
            reasons = (
                list(_in_place(Pair(branch, place, pair.is_response), where)) for place in places
            )
            reasons_given += min(reasons, key=len)
        else:
            reasons_given.append(
                f"{where}: {kind or 'anything'} "
                f"{'may come now' if pair.is_response else 'may not be sent any more'}"
            )
    return reasons_given


def branches(schema: Schema) -> list[dict[str, Any]]:
    """Return what a schema allows as alternatives, each of one type."""
    common = {name: value for name, value in schema.items() if name not in ("anyOf", "oneOf")}
    choice = schema.get("anyOf") or schema.get("oneOf")
    if choice:
        return [branch for option in choice for branch in branches({**common, **option})]
    kinds = common.get("type")
    return [{**common, "type": kind} for kind in kinds] if isinstance(kinds, list) else [common]


def _in_place(pair: Pair, where: str) -> Iterator[str]:
    """Yield why values of one branch have no place in another that may have their type."""
    comes, goes, is_response = pair
    formats = comes.get("format"), goes.get("format")
    if "type" in goes and formats[0] != formats[1] and formats not in NARROWER:
        yield f"{where}: the format {pair.old.get('format')} is now {pair.new.get('format')}"
    if "enum" in goes:
        more = [term for term in comes.get("enum", ["anything"]) if term not in goes["enum"]]
        yield from (
            f"{where}: {term} {'may come now' if is_response else 'may not be sent any more'}"
            for term in more
        )
    if "pattern" in goes and not _fits(comes.get("pattern"), goes["pattern"]):
        yield f"{where}: the pattern {pair.old.get('pattern')} is now {pair.new.get('pattern')}"
    for limit in (*AT_LEAST, *AT_MOST):
        if limit in goes and (limit not in comes or _beyond(limit, comes[limit], goes[limit])):
            yield f"{where}: {limit} was {pair.old.get(limit)} and is {pair.new.get(limit)}"
    for part, name in (("items", "[]"), ("additionalProperties", ".*")):
        if isinstance(goes.get(part), dict):
            inside = comes.get(part)
            inner = Pair(inside if isinstance(inside, dict) else {}, goes[part], is_response)
            yield from _breaks(inner, f"{where}{name}")
    yield from _fields(pair, where)


def _fields(pair: Pair, where: str) -> Iterator[str]:
    """Yield what is wrong with the fields of an object:
    lost, suddenly left out or asked for, or changed.
    """
    old, new = (side.get("properties", {}) for side in (pair.old, pair.new))
    comes, goes = (side.get("properties", {}) for side in (pair.comes, pair.goes))
    for name in old:
        if name not in new:
            yield f"{where}.{name}: lost"
        else:
            yield from _breaks(Pair(comes[name], goes[name], pair.is_response), f"{where}.{name}")
    for name in pair.goes.get("required", []):
        if name in new and name not in pair.comes.get("required", []):
            yield (
                f"{where}.{name}: {'may be missing now' if pair.is_response else 'is required now'}"
            )


def _beyond(limit: str, comes: float, goes: float) -> bool:
    return comes < goes if limit in AT_LEAST else comes > goes


def _fits(comes: str | None, goes: str) -> bool:
    """Tell whether a pattern is the other one, or the same with fewer words in its choices."""
    if comes is None:
        return False
    choice = re.compile(r"\(([\w|]+)\)")
    same_frame = choice.sub("()", comes) == choice.sub("()", goes)
    choices = zip(choice.findall(comes), choice.findall(goes), strict=False)
    return same_frame and all(set(few.split("|")) <= set(many.split("|")) for few, many in choices)
