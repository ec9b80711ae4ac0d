"""OpenAPI of the operations of the desk."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from tracker.desk.api.http.idempotency import KEY, LONGEST_KEY
from tracker.desk.api.http.preconditions import CLOCK_CHECKED, IF_MATCH, REASON
from tracker.desk.api.openapi.endings import desk_ending, desk_headers
from tracker.desk.records.duplicates import DUPLICATE_KEYS
from tracker.public.api.openapi.endings import ending
from tracker.public.api.openapi.operations import JSON, OperationSchema, first, header, of_path, query
from tracker.public.api.openapi.structs import Schema, reference
from tracker.schema.records import SHAPES

DESK_TAG = "desk"
PRINTABLE = "^[ -~¡-¬®-ÿ]+$"  # of what a header may hold
HEADERS: dict[str, tuple[str, Schema]] = {
    IF_MATCH: ("The `ETag` with which the record was read: its version.", {"examples": ['"3"']}),
    REASON: ("Why, in UTF-8, percent-encoded; kept in the history. What changes a record that has been public needs "
             "it.", {"examples": ["New%20source"]}),
    KEY: (f"Up to {LONGEST_KEY} characters: the same request again within 24 hours answers the same and does nothing "
          "twice.", {"minLength": 1, "maxLength": LONGEST_KEY, "pattern": PRINTABLE, "examples": ["4e8b2f0c"]}),
    CLOCK_CHECKED: ("That the clock is right, although the last edition is ahead of it.", {"enum": ["yes"]}),
}  # fmt: skip
MULTIPART = "multipart/form-data"
FILE = {"file": {"type": "string", "format": "binary", "description": "The file."}}
FORM = {"type": "object", "properties": FILE, "required": ["file"], "additionalProperties": False}
DOES = {"get": "Detail", "patch": "Update", "delete": "Delete", "post": "Create"}


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
        return first((self.view if len(self.view.rights) == 1 else getattr(self.view, self.method.lower())).__doc__)

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
            *(header(name, *HEADERS[name], required=name == IF_MATCH) for name, has_it in sent.items() if has_it),
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
            return {MULTIPART: FORM}  # generators of clients make nothing of a file that is the whole body
        prefix = {"POST": "New", "PATCH": "Changed"}.get(self.method)
        return {JSON: reference("schemas", f"{prefix}{SHAPES[self.view.noun].__name__}")} if prefix else None

    def get_response_serializers(self) -> dict[tuple[int, str], OpenApiResponse]:  # type: ignore[override]
        """Return how it ends well."""
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
        """Tell whether a record comes of it."""
        return self.method == "POST" and not self.view.payload

    def headers(self, status: int) -> Schema:
        is_page = self.view.lists and self.method == "GET"
        carried = {
            "Cache-Control": True,
            "Change-Set": self.method != "GET",
            "Link": is_page or self._tells_of_others(),
            "ETag": status != 204 and not is_page and (self.view.has_version or not self.view.response_struct),
            "Location": self.makes,
            "Edition": status != 204 and self.view.makes_edition,
        }
        return desk_headers(*(name for name, has_it in carried.items() if has_it))

    def _tells_of_others(self) -> bool:
        """Tell whether an answer may name records that were there already."""
        key = DUPLICATE_KEYS.get(self.view.noun)
        return bool(key and (self.makes or (self.method == "PATCH" and key.field)))

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
