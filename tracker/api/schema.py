"""OpenAPI 3.1 from what is declared: parameters from the filters, answers from the public shapes."""

from typing import Any, cast

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from tracker.api import desk_components, desk_operations
from tracker.api.components import components, ending, headers, reference
from tracker.api.desk import DeskView
from tracker.api.forms import TEXT
from tracker.api.introduction import INTRODUCTION
from tracker.api.parameters import PAGE_SIZE
from tracker.api.views import PublicView
from tracker.schema.filters import Filter
from tracker.schema.records import SHAPES

OTHER_TAG = "publication"
OF_FILES = ("Edition", "Accept-Ranges", "Content-Length")
CARRIED = ("ETag", "Cache-Control", "Vary", "Link")
PATH: dict[str, tuple[str, dict[str, Any]]] = {
    "key": ("The slug of an issue or actor, the number of any other record.", {"type": "string"}),
    "edition": ("The number of an edition.", {"type": "integer", "minimum": 1}),
    "version": ("The name of a release.", {"type": "string"}),
    "name": ("The name of a file of the release.", {"type": "string"}),
    "number": ("The number of an edition.", {"type": "integer", "minimum": 1}),
}
A_TAG = '"1-1795521600000000.5a6a4de4b0d35e1f"'
ON_CONDITION, OF_PARTS = "If-None-Match", ("Range", "If-Range")
HEADERS: dict[str, tuple[str, str]] = {
    ON_CONDITION: ("The `ETag` of an answer that you hold: nothing is sent again if it still holds.", A_TAG),
    "Range": ("The bytes that are wanted, one range of them; all of them come if it can't be read.", "bytes=0-99"),
    "If-Range": ("With `Range`: the `ETag` of what you have a part of; if another file is here now, all of it comes.",
                 A_TAG),
}  # fmt: skip
NARROWED = "What is not named is left out of the answer, also what the schema says is always there."


class Schema(AutoSchema):
    """What OpenAPI says of a view of the publication."""

    @property
    def public(self) -> type[PublicView]:
        """Return the class of the view."""
        return cast(type[PublicView], type(self.view))

    def get_operation_id(self) -> str:
        """Return the view's name: stable, since generated clients call their methods by it."""
        return self.public.__name__

    def get_tags(self) -> list[str]:
        """Return the noun's plural, or what all else goes under."""
        return [self.public.noun.plural if self.public.noun else OTHER_TAG]

    def get_summary(self) -> str:
        """Return the first sentence that the view says of itself."""
        return (self.public.__doc__ or "").strip().splitlines()[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        """Return what the view's method says."""
        if self.public.only:
            return f"{_whole(self.public)}{self.public.only.__doc__}"
        return " ".join((getattr(self.public, "get").__doc__ or "").split())  # noqa: B009

    def get_override_parameters(self) -> list[OpenApiParameter]:  # type: ignore[override]
        """Return the parameters of the path, the declared ones, and the condition."""
        return [
            *(_path(name) for name in PATH if f"{{{name}}}" in self.path),
            *(_query(declared) for declared in self.public.declared()),
            *(_header(name) for name in (ON_CONDITION, *(OF_PARTS if self.public.is_file else ()))),
        ]

    def get_response_serializers(self) -> dict[tuple[int, str], dict[str, Any]]:  # type: ignore[override]
        """Return nothing: `get_operation` adds the answers."""
        return {}

    def get_operation(self, *arguments: Any, **named: Any) -> dict[str, Any]:
        """Return all that is said of the operation."""
        if isinstance(self.view, DeskView):
            path, _, _, method = arguments[:4]
            return desk_operations.operation(self.view, path, method.lower())
        operation = super().get_operation(*arguments, **named) or {}
        is_record = self.path.endswith("/{key}/") or "/{key}." in self.path
        possible = {
            304: True,
            308: "{key}" in self.path,
            400: True,
            404: "{" in self.path,
            406: not self.public.only,
            410: is_record,
            414: True,
            416: self.public.is_file,
            429: True,
            503: True,
        }
        endings = {str(status): ending(status) for status, may_be in possible.items() if may_be}
        said = {name: operation[name] for name in ("operationId", "summary", "description", "tags", "parameters")}
        return {**said, "responses": {**self._well(), **endings}}

    def _well(self) -> dict[str, Any]:
        """Return how it ends well: with what was asked for, or of a file a part."""
        whole = self._answer()
        if not self.public.is_file:
            return {"200": whole}
        carried = headers(*CARRIED, *OF_FILES, "Content-Range")
        content = {media_type: {"schema": TEXT} for media_type in self.public.media_types}
        part = {"description": "The part that `Range` asks for.", "headers": carried, "content": content}
        return {"200": whole, "206": part}

    def _answer(self) -> dict[str, Any]:
        if self.public.is_file:
            return {
                "description": "The file.",
                "headers": headers(*CARRIED, *OF_FILES),
                "content": {
                    media_type: {"schema": {} if media_type == "application/json" else TEXT}
                    for media_type in self.public.media_types
                },
            }
        name = f"{self.public.answers}Page" if self.public.lists else self.public.answers
        # The codebook is the same in every edition.
        carried = CARRIED if name == "Codebook" else (*CARRIED, "Edition")
        only = self.public.only
        # The other forms have addresses of their own: a client is typed by one.
        content = {only.media_type: only.schema} if only else {"application/json": reference("schemas", name)}
        return {
            "description": "What was asked for.",
            "headers": headers(*carried),
            "content": {media_type: {"schema": schema} for media_type, schema in content.items()},
        }


def add_components(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the introduction, and what operations refer to; the last step of the document's making."""
    result["info"]["description"] = INTRODUCTION
    others = {"name": OTHER_TAG, "description": "What was published when, what changed, and what the terms mean."}
    nouns = [{"name": noun.plural, "description": _says(shape)} for noun, shape in SHAPES.items()]
    return {
        **{name: result[name] for name in ("openapi", "info")},
        "servers": [{"url": "/", "description": "The tracker that serves this document."}],
        "security": [],
        "tags": [*nouns, others, *desk_operations.tags()],
        "paths": result["paths"],
        "components": _with_desk(components()),
    }


def _with_desk(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "schemas": dict(sorted({**desk_components.schemas(), **said["schemas"]}.items())),
        "responses": {**said["responses"], **desk_components.endings()},
        "headers": {**said["headers"], **desk_components.HEADERS},
        "securitySchemes": desk_components.SECURITY,
    }


def _whole(view: type[PublicView]) -> str:
    """Return how much comes in a form that holds whole lists; nothing of one that comes in pages."""
    if not view.lists:
        return "The record as it stands or, with `edition`, `release` or `as_of`, as it stood then. "
    return "" if PAGE_SIZE in view.declared() else "All that the filters find at once, in order. "


def _says(shape: type) -> str:
    return " ".join((shape.__doc__ or "").split())


def _query(declared: Filter) -> OpenApiParameter:
    schema = declared.schema()
    says = f"{declared.help} {NARROWED}" if declared.name == "fields" else declared.help
    if not declared.many:
        return OpenApiParameter(declared.name, type=schema, description=says)
    how = "Any of several: repeat it, or separate them by commas." if declared.splits else "Any of several: repeat it."
    return OpenApiParameter(
        declared.name,
        type={"type": "array", "items": schema},
        description=f"{says} {how}",
        style="form",
        explode=True,
    )


def _header(name: str) -> OpenApiParameter:
    says, example = HEADERS[name]
    schema = {"type": "string", "examples": [example]}
    return OpenApiParameter(name, location="header", type=schema, description=says)


def _path(name: str) -> OpenApiParameter:
    says, schema = PATH[name]
    return OpenApiParameter(name, type=schema, location="path", description=says, required=True)
