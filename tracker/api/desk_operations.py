"""What OpenAPI says of each operation of the desk: from what its view declares."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.api.bodies import MOST, Field
from tracker.api.components import Schema, ending, reference
from tracker.api.conditions import IF_MATCH, REASON
from tracker.api.desk import DeskView
from tracker.api.desk_components import SAYS_SOMETHING, desk_headers, ending_name, record_name
from tracker.api.idempotency import KEY, LONGEST
from tracker.schema.records import SHAPES
from tracker.services.alike import LOOKED_FOR
from tracker.values.nouns import Noun

TAG = "desk"
PATH = {
    "key": ("The slug of an issue or actor, the number of any other record.", {"type": "string"}),
    "change_set": ("The change set.", {"type": "string", "format": "uuid"}),
}
PRINTABLE = "^[ -~¡-¬®-ÿ]+$"  # of what a header may hold
SENT: dict[str, tuple[str, Schema]] = {
    IF_MATCH: ("The `ETag` with which the record was read: its version.", {"type": "string", "examples": ['"3"']}),
    REASON: (
        "Why, in UTF-8, percent-encoded; kept in the history. What changes a record that has been public needs it.",
        {"type": "string", "examples": ["New%20source"]},
    ),
    KEY: (
        f"Up to {LONGEST} characters: the same request again within 24 hours answers the same and does nothing twice.",
        {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": PRINTABLE, "examples": ["4e8b2f0c"]},
    ),
}
TYPES = {str: "string", int: "integer", list: "array", date: "string"}
DOES = {"get": "Detail", "patch": "Update", "delete": "Delete", "post": "Create"}


def operation(view: DeskView, path: str, method: str) -> dict[str, Any]:
    """Return all that is said of one operation."""
    handler, is_record = getattr(view, method), "{key}" in path
    said: dict[str, Any] = {
        "operationId": _name(view, method),
        "summary": _summary(view, method),
        "description": " ".join((handler.__doc__ or "").split()),
        "tags": [f"{TAG} {view.noun.plural}" if view.noun else TAG],
        "parameters": _parameters(view, path, method),
    }
    if body := _body(view, method):
        needed = "$ref" in body or "required" in body
        said["requestBody"] = {"required": needed, "content": {"application/json": {"schema": body}}}
    possible = {
        308: is_record,
        400: True,
        401: True,
        403: True,
        404: "{" in path,
        406: True,
        409: method != "get",
        412: is_record and method != "get",
        411: method != "get",
        413: method != "get",
        415: method != "get",
        422: method == "post",
        428: is_record and method != "get",
        429: True,
    }
    endings = {str(status): reference("responses", ending_name(status)) for status, may in possible.items() if may}
    shared = [503, *([414] if method == "get" else [])]
    endings |= {str(status): ending(status) for status in shared}
    said["responses"] = {**_well(view, path, method), **endings}
    said["security"] = [{"token": []}, {"session": []}]
    return said


def _name(view: DeskView, method: str) -> str:
    """Return a stable name, by which generated clients call the operation."""
    verb = type(view).__name__.removeprefix("Desk")
    noun = SHAPES[view.noun].__name__ if view.noun else ""
    if verb == "List" and method == "post":
        verb = DOES["post"]
    elif verb == "Detail":
        verb = DOES[method]
    return f"Desk{noun}{verb}"


def _summary(view: DeskView, method: str) -> str:
    first = (view.__doc__ if len(view.rights) == 1 else getattr(view, method).__doc__) or ""
    return " ".join(first.split()).partition(".")[0]


def _parameters(view: DeskView, path: str, method: str) -> list[Schema]:
    found = [
        {"name": name, "in": "path", "required": True, "description": says, "schema": schema}
        for name, (says, schema) in PATH.items()
        if f"{{{name}}}" in path
    ]
    if method == "get":
        return [*found, *(_query(declared) for declared in view.declared())]
    sent = [*([IF_MATCH] if "{key}" in path else []), REASON, *([KEY] if method == "post" else [])]
    return [
        *found,
        *(
            {
                "name": name,
                "in": "header",
                **({"required": True} if name == IF_MATCH else {}),
                "description": SENT[name][0],
                "schema": SENT[name][1],
            }
            for name in sent
        ),
    ]


def _query(declared: Any) -> Schema:
    schema, many = declared.schema(), declared.many
    how = " Any of several: repeat it." if many else ""
    return {
        "name": declared.name,
        "in": "query",
        "description": f"{declared.help}{how}",
        "schema": {"type": "array", "items": schema} if many else schema,
        **({"style": "form", "explode": True} if many else {}),
    }


def _body(view: DeskView, method: str) -> Schema:
    if method not in ("post", "patch"):
        return {}
    if view.fields is None:
        prefix = "New" if method == "post" else "Changed"
        return reference("schemas", f"{prefix}{SHAPES[view.noun].__name__}")
    return _object(view.fields)


def _object(fields: Mapping[str, Field]) -> Schema:
    required = [name for name, field in fields.items() if field.required]
    return {
        "type": "object",
        "properties": {name: _field(field) for name, field in fields.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    """Return the schema of a field; null says as little as leaving it out, where that may be."""
    kinds = [TYPES[kind] for kind in field.types] + ([] if field.required else ["null"])
    limits: Schema = {}
    if str in field.types:
        limits |= {"enum": list(field.words)} if field.words else {"pattern": SAYS_SOMETHING} if field.required else {}
    if int in field.types:
        limits |= {"minimum": 1, "maximum": field.largest}
    if date in field.types:
        limits |= {"format": "date"}
    if field.items:
        limits |= {"items": _object(field.items), **({"minItems": 1} if field.required else {}), "maxItems": MOST}
    return {"type": kinds if len(kinds) > 1 else kinds[0], **limits, "description": field.help}


def _well(view: DeskView, path: str, method: str) -> dict[str, Any]:
    """Return how the operation ends well."""
    gone = {"description": "It is gone.", "headers": desk_headers("Cache-Control", "Change-Set")}
    if method == "delete":
        return {"204": gone}
    is_page, makes = view.lists and method == "get", view.fields is None and method == "post"
    name = view.answers or record_name(view.noun)
    carried = {
        "Link": is_page or (makes and view.noun in LOOKED_FOR),
        "ETag": not view.answers and not is_page,
        "Location": makes,
        "Change-Set": method != "get",
        "Edition": view.makes_edition,
    }
    answer = {
        "description": "What was asked for." if method == "get" else "It was done.",
        "headers": desk_headers("Cache-Control", *(header for header, has_it in carried.items() if has_it)),
        "content": {"application/json": {"schema": reference("schemas", f"{name}Page" if is_page else name)}},
    }
    return {"201" if makes else "200": answer, **({"204": gone} if path.endswith("/{key}/revert/") else {})}


def tags() -> list[dict[str, str]]:
    """Return what operations of the desk go under."""
    others = {"name": TAG, "description": "What the team changed, publishing several records as one, and undoing."}
    says = {noun.plural: f"The {noun.plural} as the team edits them." for noun in Noun}
    return [*({"name": f"{TAG} {plural}", "description": text} for plural, text in says.items()), others]
