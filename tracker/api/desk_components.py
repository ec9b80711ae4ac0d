"""The parts of the OpenAPI document that operations of the desk share: what they take and answer, and how they end."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db import models

from tracker.api import shapes
from tracker.api.components import NULL, Schema, headers, reference, shaped, terms
from tracker.api.statuses import title
from tracker.models.constraints import SLUG
from tracker.schema.records import SHAPES
from tracker.services.records.fields import Field, layout
from tracker.services.records.kinds import Kind, range_of
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

TOLD = (
    *(shapes.DeskHead, shapes.DeskChange, shapes.DeskDiff, shapes.DeskEdition, shapes.DeskRelease),
    *(shapes.DeskConfirmed, shapes.DeskUndone, shapes.DeskProblem),
)
HEADERS: dict[str, Schema] = {
    "DeskETag": {
        "description": "The record's version; send it as `If-Match` when you change the record.",
        "required": True,
        "schema": {"type": "string"},
    },
    "DeskCacheControl": {
        "description": "That nothing is to be kept.",
        "required": True,
        "schema": {"type": "string"},
    },
    "DeskLocation": {
        "description": "The address of what was made, or of what was asked for.",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "DeskLink": {
        "description": "Of a list the next page, if there is one. Of a new claim or meeting, as `related`, up to five "
        "that were there already: of the same actor or pair on the same issue at the same time, or of the same "
        "participants on the same day.",
        "required": False,
        "schema": {"type": "string"},
    },
    "ChangeSet": {
        "description": "The change set that came of it, by which it can be undone; none if nothing was changed.",
        "required": False,
        "schema": {"type": "string", "format": "uuid"},
    },
    "MadeEdition": {
        "description": "The edition that was made, if one was.",
        "required": False,
        "schema": {"type": "integer", "minimum": 1},
    },
    "RetryAfter": {
        "description": "How many seconds to wait.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    },
    "Authenticate": {
        "description": "How to say who you are.",
        "required": True,
        "schema": {"type": "string"},
    },
}
NAMES = {
    "ETag": "DeskETag",
    "Cache-Control": "DeskCacheControl",
    "Location": "DeskLocation",
    "Link": "DeskLink",
    "Change-Set": "ChangeSet",
    "Edition": "MadeEdition",
    "WWW-Authenticate": "Authenticate",
    "Retry-After": "RetryAfter",
}
ENDINGS = {
    308: "The key is an older one or a code: go to `Location`, by the same method.",
    400: "Something in the request can't be taken as it is; `errors` names all of it.",
    401: "Nobody who is known asks: the token is missing, unknown, revoked or expired.",
    403: "Whoever asks may not do this; `detail` says what it takes.",
    404: "There is no such record, or change set, at the desk.",
    406: "The form that `Accept` asks for is not to be had.",
    409: "Something stands in the way; `errors` lists all of it. Nothing was done.",
    412: "The record was changed since the version that `If-Match` names; `changes` says what. Nothing was done.",
    411: "The body comes in chunks; it is to come with its length.",
    413: "The body has more than 1 MB.",
    415: "The body is not JSON in UTF-8, or is compressed.",
    422: "The `Idempotency-Key` was used for another request. Nothing was done.",
    428: "`If-Match` is missing, which says which version the request is about.",
    429: "Too many requests came with this token, or too many from this address with tokens that nobody has: wait as "
    "long as `Retry-After` says.",
}
SAYS_SOMETHING = r"\S"
# Codes, which may have blanks around them.
TRIMMED = {"ref", "wikidata_id", "iso3", "country", "language", "quote_language"}
SECURITY: dict[str, Schema] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token, made by its owner in the admin, where it is shown once.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "The session of the admin; whoever writes sends the header `X-CSRFToken` too.",
    },
}


def schemas() -> dict[str, Schema]:
    """Return the schemas of the desk by name."""
    named, public = shaped(TOLD), shaped(SHAPES.values())
    head = named.pop("DeskHead")
    for noun, shape in SHAPES.items():
        named[record_name(noun)] = _record(head, public[shape.__name__])
        named |= written(noun)
    listed = [*map(record_name, SHAPES), "DeskChange"]
    return {**named, Channel.__name__: terms(Channel), **{f"{name}Page": _page(name) for name in listed}}


def endings() -> dict[str, Schema]:
    """Return how operations of the desk can end other than well, by name."""
    problem = {"application/problem+json": {"schema": reference("schemas", "DeskProblem")}}
    carried = {308: ("Location",), 401: ("WWW-Authenticate",), 429: ("Retry-After",)}
    return {
        ending_name(status): {
            "description": says,
            "headers": desk_headers("Cache-Control", *carried.get(status, ())),
            **({"content": problem} if status >= HTTPStatus.BAD_REQUEST else {}),
        }
        for status, says in ENDINGS.items()
    }


def ending_name(status: int) -> str:
    """Return the name of an ending."""
    return "Desk" + title(status).replace(" ", "").replace("-", "")


def desk_headers(*names: str) -> Schema:
    """Return the headers of an answer of the desk, by reference."""
    return {name: headers(NAMES[name])[NAMES[name]] for name in names}


def record_name(noun: Noun) -> str:
    """Return the name of the schema of a record at the desk."""
    return f"Desk{SHAPES[noun].__name__}"


def written(noun: Noun) -> dict[str, Schema]:
    """Return the schemas of what is written of a record: all of it, changes of it, and its parts."""
    of, name = layout(noun), SHAPES[noun].__name__
    found: dict[str, Schema] = {}
    properties = {one.name: _field(of.model, one) for one in of.fields.values()}
    for part in of.parts.values():
        item = part.model._meta.object_name or ""
        own = {one.name: _field(part.model, one) for one in part.fields.values()}
        found[f"New{item}"] = _object(f"One of the {part.name.replace('_', ' ')}.", own, _required(part.fields))
        items = reference("schemas", f"New{item}")
        says = "All of them, in order: they replace those that were there."
        properties[part.name] = {"type": "array", "items": items, "description": says}
    found[f"New{name}"] = _object(f"A new {noun}.", properties, _required(of.fields))
    found[f"Changed{name}"] = _object(f"What is to be changed of one {noun}.", properties, [])
    return found


def _required(fields: Mapping[str, Field]) -> list[str]:
    return [one.name for one in fields.values() if one.required]


def _object(says: str, properties: dict[str, Schema], required: list[str]) -> Schema:
    needed = {"required": required} if required else {}
    return {"type": "object", "description": says, "properties": properties, **needed, "additionalProperties": False}


def _field(model: type[models.Model], of: Field) -> Schema:
    field: Any = model._meta.get_field(of.name)
    branches = [*_kinds(field, of), *([] if of.required else [NULL])]
    said = {"description": str(field.help_text)}
    if len(branches) == 1:
        return {**branches[0], **said}
    if len(branches) == 2 and branches[1] == NULL and "type" in branches[0]:
        return {**branches[0], "type": [branches[0]["type"], "null"], **said}
    return {"anyOf": branches, **said}


def _kinds(field: Any, of: Field) -> list[Schema]:
    """Return the schemas of what a field may be, besides null."""
    match of.kind:
        case Kind.REFERENCE:
            read = "SourceReference" if of.refers_to is Noun.SOURCE else "Reference"
            text = {"type": "string", **({"pattern": SAYS_SOMETHING} if of.required else {})}
            return [text, {"type": "integer"}, reference("schemas", read)]
        case Kind.VAGUE_DATE:
            return [{"type": "string"}, reference("schemas", "Date")]
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
            return [number | {name: one for name, one in limits.items() if one is not None}]
    return [{"type": "string", **_limits(field, of)}]


def _limits(field: Any, of: Field) -> Schema:
    """Return what holds of a text, blanks and all; the form of one that may be blank is only told in words."""
    if of.name == "slug":
        return {"pattern": SLUG.replace("^", r"^\s*").replace("$", r"\s*$")}
    is_trimmed = of.name in TRIMMED or isinstance(field, models.URLField)
    longest = {"maxLength": field.max_length} if field.max_length and not is_trimmed else {}
    return {**longest, **({"pattern": SAYS_SOMETHING} if of.required else {})}


def _record(head: Schema, shape: Schema) -> Schema:
    properties = {**head["properties"], **shape["properties"]}
    return {**shape, "properties": properties, "required": list(properties)}


def _page(name: str) -> Schema:
    following = {
        "type": ["string", "null"],
        "format": "uri",
        "description": "The next page, absolute; null on the last.",
    }
    return {
        "type": "object",
        "description": f"One page of a list at the desk; each result is one {name}.",
        "properties": {
            "next": following,
            "count": {"type": "integer", "description": "How many results there are in all, if asked for."},
            "results": {"type": "array", "items": reference("schemas", name), "description": "The results."},
        },
        "required": ["next", "results"],
    }
