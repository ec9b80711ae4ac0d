"""OpenAPI 3.1 of every operation, from what its view declares:
parameters by filters, bodies and answers by Structs.
"""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from tracker.public.api.http.renderers import TEXT
from tracker.public.api.openapi.endings import ending, headers
from tracker.public.api.openapi.structs import Schema, line, reference
from tracker.public.http.parameters import EDITION, PAGE_SIZE
from tracker.schema.filters import Filter, Pair
from tracker.schema.records import SHAPES

TAG = "publication"
JSON = "application/json"
CARRIED, OF_FILES = (
    ("ETag", "Cache-Control", "Vary", "Link"),
    ("Edition", "Accept-Ranges", "Content-Length"),
)
ANYTHING = {"description": "What the file holds."}
A_NUMBER = {"type": "integer", "minimum": 1}
PATH: dict[str, tuple[str, Schema]] = {
    "key": ("The slug of an issue or actor, the number of any other record.", {"type": "string"}),
    "edition": ("The number of an edition.", A_NUMBER),
    "version": ("The name of a release.", {"type": "string"}),
    "name": ("The name of a file of the release.", {"type": "string"}),
    "number": ("The number of an edition.", A_NUMBER),
    "upload": ("The number of an import.", A_NUMBER),
    "change_set": ("The change set.", {"type": "string", "format": "uuid"}),
}
A_TAG = '"1-1795521600000000.5a6a4de4b0d35e1f"'
ON_CONDITION, OF_PARTS = "If-None-Match", ("Range", "If-Range")
HEADERS: dict[str, tuple[str, Schema]] = {
    ON_CONDITION: (
        "The `ETag` of an answer that you hold: nothing is sent again if it still holds.",
        {"examples": [A_TAG]},
    ),
    "Range": (
        "The bytes that are wanted, one range of them; all of them come if it can't be read, or "
        "if a list has more than 4 MB.",
        {"examples": ["bytes=0-99"]},
    ),
    "If-Range": (
        "With `Range`: the `ETag` of what you have a part of; if another file is here now, "
        "all of it comes.",
        {"examples": [A_TAG]},
    ),
}
PART = OpenApiResponse(TEXT, "The part that `Range` asks for.")
ONE_RECORD = "The record as it is or, with `edition`, `release` or `as_of`, as it was then. "
NARROWED = (
    "What is not named is left out of the answer, also what the schema says is always there: "
    "typed clients that check required fields can't read it."
)


class OperationSchema(AutoSchema):
    """What OpenAPI says of a view of the publication."""

    view: Any

    def get_operation_id(self) -> str:
        """Return the view's name, of a noun StanceList and so on:
        generated clients call their methods by it.
        """
        name, only = type(self.view).__name__, self.view.only
        noun = SHAPES[self.view.noun].__name__ if self.view.noun else "Record"
        return f"{name.replace('Record', noun)}{only.__name__ if only else ''}"

    def get_tags(self) -> list[str]:
        return [self.view.noun.plural if self.view.noun else TAG]

    def get_summary(self) -> str:
        summary = self.view.summary.format(noun=self.view.noun) or first(self.view.__doc__)
        return f"{summary} as {self.view.only.format}" if self.view.only else summary

    def get_description(self) -> str:  # type: ignore[override]
        """Return what the view's method says, or its form."""
        if only := getattr(self.view, "only", None):
            whole = (
                ""
                if PAGE_SIZE in self.view.declared()
                else "All that the filters find at once, in order. "
            )
            return f"{whole if self.view.lists else ONE_RECORD}{line(only.__doc__)}"
        return line(getattr(self.view, self.method.lower()).__doc__)

    def get_override_parameters(self) -> list[OpenApiParameter]:  # type: ignore[override]
        return [
            *of_path(self.path),
            *map(query, self.view.declared()),
            *(
                header(name, *HEADERS[name])
                for name in (ON_CONDITION, *(OF_PARTS if self.view.has_parts() else ()))
            ),
        ]

    def get_auth(self) -> list[dict[str, Any]]:
        """Return nothing: the publication is for everybody."""
        return []

    def get_extensions(self) -> Schema:
        """Return the requests whose answers `make contract` writes in their place."""
        return {
            "x-examples": {name: example._asdict() for name, example in self.view.shown().items()}
        }

    def get_request_serializer(self) -> Any:
        """Return nothing: the publication is only read."""
        return None

    def get_response_serializers(self) -> dict[tuple[int, str], OpenApiResponse]:  # type: ignore[override]
        """Return how it ends well: with what was asked for, or of a file a part."""
        if self.view.is_file:
            whole = {
                (200, media_type): OpenApiResponse(
                    ANYTHING if media_type == JSON else TEXT, "The file."
                )
                for media_type in self.view.media_types
            }
            return {**whole, **{(206, media_type): PART for media_type in self.view.media_types}}
        only = self.view.only
        # The other forms have addresses of their own: a client is typed by one.
        kind, media_type = (
            (only.schema, only.media_type) if only else (self.view.get_response_struct(), JSON)
        )
        part = {(206, media_type): PART} if self.view.has_parts() else {}
        return {(200, media_type): OpenApiResponse(kind, "What was asked for."), **part}

    def get_operation(self, *arguments: Any, **named: Any) -> dict[str, Any]:
        operation = super().get_operation(*arguments, **named) or {}
        for status, response in operation["responses"].items():
            operation["responses"][status] = {
                "description": response["description"],
                "headers": self.headers(int(status)),
                **({"content": response["content"]} if "content" in response else {}),
            }
        operation["responses"] |= {
            str(status): reference("responses", name) for status, name in self.endings().items()
        }
        return operation

    def headers(self, status: int) -> Schema:
        if self.view.is_file or status == 206:
            return headers(*CARRIED, *OF_FILES, *(["Content-Range"] if status == 206 else []))
        # The codebook is the same in every edition.
        return headers(*CARRIED, *(["Edition"] if self.view.is_of_an_edition else []))

    def endings(self) -> dict[int, str]:
        """Return how it can end other than well, by name."""
        possible = {
            **dict.fromkeys((304, 400, 414, 429, 503), True),
            308: "{key}" in self.path,
            404: "{" in self.path,
            406: not self.view.only,
            409: any(by.name == "after" for by in self.view.declared()),
            410: self.path.endswith("/{key}/") or "/{key}." in self.path,
            416: self.view.has_parts(),
            451: EDITION in self.view.declared()
            or self.view.is_file
            or self.path.endswith("/history/{edition}/"),
        }
        return {status: ending(status) for status, may_be in sorted(possible.items()) if may_be}


def first(text: str | None) -> str:
    """Return the first sentence of a docstring, without its full stop."""
    return line(text).partition(". ")[0].removesuffix(".")


def of_path(path: str) -> Iterator[OpenApiParameter]:
    for name, (says, schema) in PATH.items():
        if f"{{{name}}}" in path:
            yield OpenApiParameter(
                name, type=schema, location="path", description=says, required=True
            )


def query(declared: Filter) -> OpenApiParameter:
    schema = declared.schema()
    says = f"{declared.help} {NARROWED}" if declared.name == "fields" else declared.help
    if not declared.many:
        return OpenApiParameter(declared.name, type=schema, description=says)
    which = (
        f"{declared.wanted.capitalize()} of them"
        if isinstance(declared, Pair)
        else "Any of several"
    )
    how = (
        f"{which}: repeat it, or separate them by commas."
        if declared.splits
        else f"{which}: repeat it."
    )
    size = {"minItems": 2, "maxItems": declared.most} if isinstance(declared, Pair) else {}
    return OpenApiParameter(
        declared.name,
        type={"type": "array", "items": schema, **size},
        description=f"{says} {how}",
        style="form",
        explode=True,
    )


def header(name: str, says: str, schema: Schema, *, required: bool = False) -> OpenApiParameter:
    """Return a header that is sent, which is text."""
    kind = {"type": "string", **schema}
    return OpenApiParameter(name, location="header", type=kind, description=says, required=required)
