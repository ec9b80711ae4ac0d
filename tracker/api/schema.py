"""OpenAPI 3.1 from what is declared: parameters from the filters, answers from the public shapes."""

from typing import Any, cast

import msgspec
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from tracker.api.introduction import INTRODUCTION
from tracker.api.views import PublicView
from tracker.publication.shapes import answers
from tracker.publication.shapes.codebook import used
from tracker.publication.shapes.filters import Filter
from tracker.publication.shapes.records import SHAPES
from tracker.values.vocabulary import Vocabulary

COMPONENTS = "#/components/schemas/"
TOLD = [answers.Edition, answers.Change, answers.Version, answers.Codebook, answers.Problem]
PROBLEMS = {
    400: "A parameter is unknown or can't be used as given; `errors` names each.",
    404: "Nothing was ever published here, or not yet in this edition.",
    406: "The form that `Accept` asks for is not to be had.",
    410: "The record was retracted; its history still answers.",
}
ELSEWHERE = "The key is an older one or a code, or the record was merged into another: go to `Location`."
OTHER_TAG = "publication"


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
        return " ".join((getattr(self.public, "get").__doc__ or "").split())  # noqa: B009

    def get_override_parameters(self) -> list[OpenApiParameter]:  # type: ignore[override]
        """Return the declared parameters, and those of the path."""
        return [
            *(_path(name) for name in ("key", "edition", "number") if f"{{{name}}}" in self.path),
            *(_query(declared) for declared in self.public.declared()),
        ]

    def get_response_serializers(self) -> dict[tuple[int, str], dict[str, Any]]:  # type: ignore[override]
        """Return the schema of the answer, and of the errors that can come instead."""
        one = {"$ref": f"{COMPONENTS}{self.public.answers}"}
        is_record = self.path.endswith("/{key}/")
        codes = [400, 406, *([404] if "{" in self.path else []), *([410] if is_record else [])]
        problem = {"$ref": f"{COMPONENTS}Problem"}
        return {
            (200, "application/json"): _page(one) if self.public.lists else one,
            **{(code, "application/problem+json"): problem for code in codes},
        }


def add_components(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the introduction, and the schemas of all answers; the last step of the document's making."""
    result["info"]["description"] = INTRODUCTION
    result["tags"] = [
        *({"name": noun.plural, "description": _says(shape)} for noun, shape in SHAPES.items()),
        {"name": OTHER_TAG, "description": "What was published when, what changed, and what the terms mean."},
    ]
    found = msgspec.json.schema_components(
        [*SHAPES.values(), *TOLD], schema_hook=_vocabulary, ref_template=COMPONENTS + "{name}"
    )[1]
    records = {shape.__name__: _with_edition(found[shape.__name__]) for shape in SHAPES.values()}
    terms = {vocabulary.__name__: _terms(vocabulary) for vocabulary in used()}
    result["components"] = {"schemas": dict(sorted({**found, **records, **terms, "Index": INDEX}.items()))}
    for path, operations in result["paths"].items():
        for operation in operations.values():
            _describe_answers(operation, has_key="{key}" in path)
    return result


INDEX: dict[str, Any] = {
    "type": "object",
    "description": "What is here: addresses by name.",
    "properties": {"edition": {"type": "integer", "description": "The latest edition; 0 before the first."}},
    "required": ["edition"],
    "additionalProperties": {"type": "string", "format": "uri-reference"},
}


def _describe_answers(operation: dict[str, Any], *, has_key: bool) -> None:
    for code, response in operation["responses"].items():
        response["description"] = "What was asked for." if code == "200" else PROBLEMS[int(code)]
    operation["responses"]["200"]["headers"] = {
        "Edition": {"description": "The edition that answered.", "schema": {"type": "integer"}},
        "Link": {"description": "The data's licence, and the next page.", "schema": {"type": "string"}},
    }
    if has_key:
        location = {"schema": {"type": "string", "format": "uri-reference"}}
        operation["responses"]["308"] = {"description": ELSEWHERE, "headers": {"Location": location}}


def _says(shape: type) -> str:
    return " ".join((shape.__doc__ or "").split())


def _terms(vocabulary: type[Vocabulary]) -> dict[str, Any]:
    rules = "".join(f"\n* `{term.value}`: {term.rule}" for term in vocabulary)
    return {"type": "string", "enum": vocabulary.values, "description": f"{vocabulary.definition()}\n{rules}"}


def _vocabulary(kind: type) -> dict[str, Any]:
    if issubclass(kind, Vocabulary):
        return {"$ref": f"{COMPONENTS}{kind.__name__}"}
    raise TypeError(f"{kind} has no public form")


def _with_edition(schema: dict[str, Any]) -> dict[str, Any]:
    number = {"type": "integer", "description": "The number of the edition that opened this version of the record."}
    return {
        **schema,
        "properties": {"edition": number, **schema["properties"]},
        "required": ["edition", *schema["required"]],
    }


def _page(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "edition": {"type": "integer", "description": "The edition that answered; 0 before the first."},
            "next": {"type": ["string", "null"], "format": "uri-reference", "description": "The next page."},
            "count": {"type": "integer", "description": "How many results there are in all, if asked for."},
            "results": {"type": "array", "items": one},
        },
        "required": ["edition", "next", "results"],
    }


def _query(declared: Filter) -> OpenApiParameter:
    schema = declared.schema()
    if not declared.many:
        return OpenApiParameter(declared.name, type=schema, description=declared.help)
    how = "Any of several: repeat it, or separate them by commas." if declared.splits else "Any of several: repeat it."
    return OpenApiParameter(
        declared.name,
        type={"type": "array", "items": schema},
        description=f"{declared.help} {how}",
        style="form",
        explode=True,
    )


def _path(name: str) -> OpenApiParameter:
    says = {
        "key": "The slug of an issue or actor, the number of any other record.",
        "edition": "The number of an edition.",
        "number": "The number of an edition.",
    }
    schema = {"type": "string"} if name == "key" else {"type": "integer", "minimum": 1}
    return OpenApiParameter(name, type=schema, location="path", description=says[name], required=True)
