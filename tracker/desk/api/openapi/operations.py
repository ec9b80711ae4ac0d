"""OpenAPI of the operations of the desk, and how they end."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from tracker.desk.api.http.idempotency import KEY, LONGEST_KEY
from tracker.desk.api.http.preconditions import CLOCK_CHECKED, IF_MATCH, REASON
from tracker.desk.records.duplicates import DUPLICATE_KEYS
from tracker.public.api.openapi.endings import (
    A_NUMBER,
    A_REFERENCE,
    ENDINGS,
    HEADERS,
    TEXT,
    ending,
    headers,
    response,
)
from tracker.public.api.openapi.operations import (
    JSON,
    OperationSchema,
    first,
    header,
    of_path,
    query,
)
from tracker.public.api.openapi.structs import Schema, reference
from tracker.schema.records import SHAPES

A_UUID: Schema = {"type": "string", "format": "uuid"}
# By the component, since those of the publication have the names of the headers.
DESK_HEADERS: dict[str, tuple[str, str, Schema]] = {
    "DeskETag": (
        "ETag",
        "The record's version; send it as `If-Match` when you change the record.",
        TEXT,
    ),
    "DeskCacheControl": ("Cache-Control", "That nothing is to be kept.", TEXT),
    "DeskLocation": (
        "Location",
        "The address of what was made, or of what was asked for.",
        A_REFERENCE,
    ),
    "DeskLink": (
        "Link",
        "Of a list the next page, if there is one. Of a new record, as `related`, up to five "
        "that were there already: claims of the same actor or pair on the same issue at the "
        "same time, meetings of the same participants on the same day, acts of one kind "
        "likewise, votes of the same body, day, symbol and tally, sources at the same "
        "address, however it is spelled, actors with the same or nearly the same name, code "
        "or Wikidata item. So of a source whose `url` is changed, and of an actor whose "
        "names, code or item are.",
        TEXT,
    ),
    "ChangeSet": (
        "Change-Set",
        "The change set that came of it, by which it can be undone; none if nothing was changed.",
        A_UUID,
    ),
    "MadeEdition": ("Edition", "The edition that was made, if one was.", A_NUMBER),
    "RetryAfter": ("Retry-After", "How many seconds to wait.", A_NUMBER),
    "Authenticate": ("WWW-Authenticate", "How to say who you are.", TEXT),
}
SOMETIMES = {"DeskLink", "ChangeSet", "MadeEdition"}
DESK_ENDINGS = {
    308: (
        "The key is an older one, a code or, of an issue or actor, a number: go to `Location`, "
        "by the same method."
    ),
    400: "Something in the request can't be taken as it is; `errors` names all of it.",
    401: "Nobody who is known asks: the token is missing, unknown, revoked or expired.",
    403: "Whoever asks may not do this; `detail` says what it takes.",
    404: "There is no such record, or change set, at the desk.",
    406: "The form that `Accept` asks for is not to be had.",
    409: "It can't be done as things are; `errors` lists all that blocks it. Nothing was done.",
    412: (
        "The record was changed since the version that `If-Match` names; `changes` says what. "
        "Nothing was done."
    ),
    411: "The body comes in chunks; it is to come with its length.",
    413: "The body has more than 1 MB, or the file more than 100 MB.",
    415: "The body is not JSON in UTF-8, or no file that is read, or is compressed.",
    422: "The `Idempotency-Key` was used for another request. Nothing was done.",
    428: "`If-Match` is missing, which says which version the request is about.",
    429: (
        "Too many requests came with this token, or too many from this address with tokens that "
        "nobody has: wait as long as `Retry-After` says."
    ),
}
ALSO_CARRIED = {308: ("Location",), 401: ("WWW-Authenticate",), 429: ("Retry-After",)}
DESK_TAG = "desk"
PRINTABLE = "^[ -~¡-¬®-ÿ]+$"  # of what a header may hold
REQUEST_HEADERS: dict[str, tuple[str, Schema]] = {
    IF_MATCH: ("The `ETag` with which the record was read: its version.", {"examples": ['"3"']}),
    REASON: (
        "Why, in UTF-8, percent-encoded; kept in the history. What changes a record that has "
        "been public needs it.",
        {"examples": ["New%20source"]},
    ),
    KEY: (
        f"Up to {LONGEST_KEY} characters: the same request again within 24 hours answers the "
        f"same and does nothing "
        "twice.",
        {"minLength": 1, "maxLength": LONGEST_KEY, "pattern": PRINTABLE, "examples": ["4e8b2f0c"]},
    ),
    CLOCK_CHECKED: (
        "That the clock is right, although the last edition is ahead of it.",
        {"enum": ["yes"]},
    ),
}
MULTIPART = "multipart/form-data"
FILE = {"file": {"type": "string", "format": "binary", "description": "The file."}}
FORM = {"type": "object", "properties": FILE, "required": ["file"], "additionalProperties": False}
DOES = {"get": "Detail", "patch": "Update", "delete": "Delete", "post": "Create"}


def desk_headers(*names: str) -> Schema:
    return {
        name: reference("headers", header)
        for header, (name, _, _) in DESK_HEADERS.items()
        if name in names
    }


def desk_ending(status: int) -> str:
    return f"Desk{ending(status)}"


def components() -> dict[str, dict[str, Schema]]:
    described = {name: (says, schema) for name, (_, says, schema) in DESK_HEADERS.items()} | HEADERS
    return {
        "responses": {
            **{
                ending(status): response(status, says, headers(*carried), "Problem")
                for status, (says, carried) in ENDINGS.items()
            },
            **{
                desk_ending(status): response(
                    status,
                    says,
                    desk_headers("Cache-Control", *ALSO_CARRIED.get(status, ())),
                    "DeskProblem",
                )
                for status, says in DESK_ENDINGS.items()
            },
        },
        "headers": {
            name: {"description": says, "required": name not in SOMETIMES, "schema": schema}
            for name, (says, schema) in described.items()
        },
    }


class DeskSchema(OperationSchema):
    """What OpenAPI says of a view of the desk."""

    def get_operation_id(self) -> str:
        """Return a stable name, by which generated clients call the operation."""
        verb = type(self.view).__name__.removeprefix("Desk")
        if verb.endswith("Detail"):
            verb = verb.removesuffix("Detail") + DOES[self.method.lower()]
        elif (verb, self.method) == ("List", "POST"):
            verb = DOES["post"]
        elif self.view.files and self.method == "GET":
            verb = "ImportList"
        return f"Desk{SHAPES[self.view.noun].__name__ if self.view.noun else ''}{verb}"

    def get_tags(self) -> list[str]:
        return [f"{DESK_TAG} {self.view.noun.plural}" if self.view.noun else DESK_TAG]

    def get_summary(self) -> str:
        """Return the first sentence that the view, or of several its method, says of itself."""
        return first(
            (
                self.view if len(self.view.rights) == 1 else getattr(self.view, self.method.lower())
            ).__doc__
        )

    def get_override_parameters(self) -> list[OpenApiParameter]:  # type: ignore[override]
        """Return the parameters of the path, and what is asked for or said of a change."""
        if self.method == "GET":
            return [*of_path(self.path), *map(query, self.view.declared())]
        sent = {
            IF_MATCH: self.has_version,
            REASON: True,
            KEY: self.method == "POST",
            CLOCK_CHECKED: self.view.makes_edition,
        }
        return [
            *of_path(self.path),
            *(map(query, self.view.declared()) if self.view.files else ()),
            *(
                header(name, *REQUEST_HEADERS[name], required=name == IF_MATCH)
                for name, has_it in sent.items()
                if has_it
            ),
        ]

    def get_auth(self) -> list[dict[str, Any]]:
        return [{"token": []}, {"session": []}]

    def get_extensions(self) -> Schema:
        """Return nothing: what the team does for examples is one course of things."""
        return {}

    def get_request_serializer(self) -> Any:
        if self.view.payload:
            return self.view.payload
        if self.view.files:
            # generators of clients make nothing of a file that is the whole body
            return {MULTIPART: FORM}
        prefix = (
            "Changed"
            if self.view.is_partial
            else {"POST": "New", "PATCH": "Changed"}.get(self.method)
        )
        return (
            {JSON: reference("schemas", f"{prefix}{SHAPES[self.view.noun].__name__}")}
            if prefix
            else None
        )

    def get_response_serializers(self) -> dict[tuple[int, str], OpenApiResponse]:  # type: ignore[override]
        deleted = {(204, JSON): OpenApiResponse(None, "It is gone.")}
        if self.method == "DELETE":
            return deleted
        says = "What was asked for." if self.method == "GET" else "It was done."
        kind = self.view.get_response_struct(self.method)
        done = {(201 if self.makes else 200, JSON): OpenApiResponse(kind, says)}
        return {**done, **(deleted if self.view.may_delete else {})}

    def get_operation(self, *arguments: Any, **named: Any) -> dict[str, Any]:
        operation = super().get_operation(*arguments, **named)
        if self.method in ("POST", "PATCH") and not self.view.payload:
            operation["requestBody"]["required"] = True
        return operation

    @property
    def has_version(self) -> bool:
        """Tell whether the operation is about a version."""
        return "{key}" in self.path or "{upload}" in self.path

    @property
    def makes(self) -> bool:
        return self.method == "POST" and not self.view.payload

    def headers(self, status: int) -> Schema:
        is_page = self.view.lists and self.method == "GET"
        carried = {
            "Cache-Control": True,
            "Change-Set": self.method != "GET",
            "Link": is_page or self._tells_of_others(),
            "ETag": status != 204
            and not is_page
            and (self.view.has_version or not self.view.response_struct),
            "Location": self.makes,
            "Edition": status != 204 and self.view.makes_edition,
        }
        return desk_headers(*(name for name, has_it in carried.items() if has_it))

    def _tells_of_others(self) -> bool:
        """Tell whether an answer may name records that were there already."""
        key = DUPLICATE_KEYS.get(self.view.noun)
        return bool(key and (self.makes or (self.method == "PATCH" and key.told_if_changed)))

    def endings(self) -> dict[int, str]:
        """Return how it can end other than well, by name."""
        is_record, writes = "{key}" in self.path, self.method != "GET"
        possible = {
            **dict.fromkeys((400, 401, 403, 406, 429), True),
            **dict.fromkeys((409, 411, 413, 415), writes),
            308: is_record,
            404: "{" in self.path,
            **dict.fromkeys((412, 428), self.has_version and writes),
            422: self.method == "POST",
        }
        responses = {status: desk_ending(status) for status, may_be in possible.items() if may_be}
        shared = (503, *(() if writes else (414,)))
        return dict(sorted((responses | {status: ending(status) for status in shared}).items()))
