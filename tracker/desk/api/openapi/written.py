"""The schemas of what is written of records at the desk: from the fields that the record core reads."""

from collections.abc import Mapping

from tracker.desk.records.fields import layout
from tracker.models.kinds import Kind
from tracker.public.api.openapi.structs import NULL, Schema, reference
from tracker.public.cards import wording
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun


def written(noun: Noun) -> dict[str, Schema]:
    """Return the schemas of what is written of a record: all of it, changes of it, and its parts."""
    of, name = layout(noun), SHAPES[noun].__name__
    by_name: dict[str, Schema] = {}
    properties = {field.name: _field(field) for field in of.fields.values()}
    for part in of.parts.values():
        item = part.model._meta.object_name or ""
        own = {field.name: _field(field) for field in part.fields.values()}
        by_name[f"New{item}"] = _object(f"One of the {wording.plain(part.name)}.", own, _required(part.fields))
        items = reference("schemas", f"New{item}")
        says = "All of them, in order: they replace those that were there."
        properties[part.name] = {"type": "array", "items": items, "description": says}
    by_name[f"New{name}"] = _object(f"A new {noun}.", properties, _required(of.fields))
    by_name[f"Changed{name}"] = _object(f"What is to be changed of one {noun}.", properties, [])
    return by_name


def _required(fields: Mapping[str, Kind]) -> list[str]:
    return [field.name for field in fields.values() if field.required]


def _object(says: str, properties: dict[str, Schema], required: list[str]) -> Schema:
    needed = {"required": required} if required else {}
    return {"type": "object", "description": says, "properties": properties, **needed, "additionalProperties": False}


def _field(field: Kind) -> Schema:
    branches = [*field.schemas(), *([] if field.required else [NULL])]
    described = {"description": str(field.help_text)}
    if len(branches) == 1:
        return {**branches[0], **described}
    if len(branches) == 2 and branches[1] == NULL and "type" in branches[0]:
        return {**branches[0], "type": [branches[0]["type"], "null"], **described}
    return {"anyOf": branches, **described}
