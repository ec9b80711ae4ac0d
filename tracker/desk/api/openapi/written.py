"""The schemas of what is written of records at the desk: from the fields that the record core reads."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from tracker.desk.records.fields import Field, layout
from tracker.desk.records.kinds import Kind, range_of
from tracker.models.constraints import SLUG
from tracker.public.api.openapi.structs import NULL, Schema, reference
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

SAYS_SOMETHING = r"\S"
# Codes, which may have blanks around them.
TRIMMED = {"ref", "wikidata_id", "iso3", "country", "language", "quote_language"}


def written(noun: Noun) -> dict[str, Schema]:
    """Return the schemas of what is written of a record: all of it, changes of it, and its parts."""
    of, name = layout(noun), SHAPES[noun].__name__
    by_name: dict[str, Schema] = {}
    properties = {field.name: _field(of.model, field) for field in of.fields.values()}
    for part in of.parts.values():
        item = part.model._meta.object_name or ""
        own = {field.name: _field(part.model, field) for field in part.fields.values()}
        by_name[f"New{item}"] = _object(f"One of the {part.name.replace('_', ' ')}.", own, _required(part.fields))
        items = reference("schemas", f"New{item}")
        says = "All of them, in order: they replace those that were there."
        properties[part.name] = {"type": "array", "items": items, "description": says}
    by_name[f"New{name}"] = _object(f"A new {noun}.", properties, _required(of.fields))
    by_name[f"Changed{name}"] = _object(f"What is to be changed of one {noun}.", properties, [])
    return by_name


def _required(fields: Mapping[str, Field]) -> list[str]:
    return [field.name for field in fields.values() if field.required]


def _object(says: str, properties: dict[str, Schema], required: list[str]) -> Schema:
    needed = {"required": required} if required else {}
    return {"type": "object", "description": says, "properties": properties, **needed, "additionalProperties": False}


def _field(model: type[models.Model], of: Field) -> Schema:
    field: Any = model._meta.get_field(of.name)
    branches = [*_kinds(field, of), *([] if of.required else [NULL])]
    described = {"description": str(field.help_text)}
    if len(branches) == 1:
        return {**branches[0], **described}
    if len(branches) == 2 and branches[1] == NULL and "type" in branches[0]:
        return {**branches[0], "type": [branches[0]["type"], "null"], **described}
    return {"anyOf": branches, **described}


def _kinds(field: Any, of: Field) -> list[Schema]:
    """Return the schemas of what a field may be, besides null."""
    match of.kind:
        case Kind.REFERENCE:
            read = "SourceReference" if of.refers_to is Noun.SOURCE else "Reference"
            text = {"type": "string", **({"pattern": SAYS_SOMETHING} if of.required else {})}
            return [text, {"type": "integer"}, reference("schemas", read)]
        case Kind.VAGUE_DATE:
            return [{"type": "string"}, reference("schemas", "VagueDate")]
        case Kind.TERM if of.vocabulary:
            return [reference("schemas", of.vocabulary.__name__)]
        case Kind.TERMS if of.vocabulary:
            return [{"type": "array", "items": reference("schemas", of.vocabulary.__name__)}]
        case Kind.TEXTS:
            return [{"type": "array", "items": {"type": "string", **_limits(field.base_field, of)}}]
        case Kind.NAMES:
            return [{"type": "object", "additionalProperties": {"type": "string"}}]
        case Kind.AUTHORS:
            return [{"type": "array", "items": {"type": "object"}}]
        case Kind.FLAG:
            return [{"type": "boolean"}]
        case Kind.DAY:
            return [{"type": "string", "format": "date"}]
        case Kind.INTEGER | Kind.DECIMAL:
            least, most = range_of(field.validators)
            limits = {"minimum": least, "maximum": most}
            number = {"type": "integer" if of.kind is Kind.INTEGER else "number"}
            return [number | {name: limit for name, limit in limits.items() if limit is not None}]
    return [{"type": "string", **_limits(field, of)}]


def _limits(field: Any, of: Field) -> Schema:
    """Return what holds of a text, blanks and all; the form of one that may be blank is only told in words."""
    if of.name == "slug":
        return {"pattern": SLUG.replace("^", r"^\s*").replace("$", r"\s*$")}
    is_trimmed = of.name in TRIMMED or isinstance(field, models.URLField)
    longest = {"maxLength": field.max_length} if field.max_length and not is_trimmed else {}
    return {**longest, **({"pattern": SAYS_SOMETHING} if of.required else {})}
