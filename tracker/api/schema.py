"""OpenAPI 3.1 from what is declared: parameters from the filters, answers from the public shapes."""

from typing import Any

import msgspec
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from tracker.publication.shapes import answers
from tracker.publication.shapes.codebook import used
from tracker.publication.shapes.filters import Filter
from tracker.publication.shapes.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation
from tracker.values.vocabulary import Vocabulary

COMPONENTS = "#/components/schemas/"
TOLD = [answers.Edition, answers.Change, answers.Version, answers.Codebook, answers.Problem]
PROBLEMS = {
    400: "A parameter is unknown or does not parse; `errors` names each.",
    404: "No such record was ever published, or not yet in this edition.",
    406: "The form that `Accept` asks for is not to be had.",
    410: "The record was retracted.",
}


class Schema(AutoSchema):
    """What OpenAPI says of a view of the publication."""

    def get_operation_id(self) -> str:
        """Return the view's name: stable, since generated clients call their methods by it."""
        return type(self.view).__name__

    def get_tags(self) -> list[str]:
        """Return the noun, or the publication."""
        noun = getattr(self.view, "noun", None)
        return [noun.plural if noun else "publication"]

    def get_summary(self) -> str:
        """Return the first sentence that the view says of itself."""
        return (type(self.view).__doc__ or "").strip().splitlines()[0].rstrip(".")

    def get_description(self) -> str:
        """Return what the view's method says."""
        return " ".join((type(self.view).get.__doc__ or "").split())

    def get_override_parameters(self) -> list[OpenApiParameter]:  # type: ignore[override]
        """Return the declared parameters, and those of the path."""
        return [
            *(_path(name) for name in ("key", "edition", "number") if f"{{{name}}}" in self.path),
            *(_query(declared) for declared in type(self.view).declared()),
        ]

    def get_response_serializers(self) -> dict[tuple[int, str], dict[str, Any]]:  # type: ignore[override]
        """Return the schema of the answer, and of the errors that can come instead."""
        one = {"$ref": f"{COMPONENTS}{self.view.answers}"}
        answered = _page(one, counted="count" in self.declared) if self.view.lists else one
        codes = [400, 406, *([404] if "{" in self.path else []), *([410] if self._is_detail() else [])]
        problem = {"$ref": f"{COMPONENTS}Problem"}
        return {
            (200, "application/json"): answered,
            **{(code, "application/problem+json"): problem for code in codes},
        }

    @property
    def declared(self) -> set[str]:
        """Return the names of the view's parameters."""
        return {parameter.name for parameter in type(self.view).declared()}

    def _is_detail(self) -> bool:
        return "{key}" in self.path and self.path.endswith("{key}/")


def add_components(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the schemas of all answers to the document; the last step of its making."""
    _, found = msgspec.json.schema_components(
        [*SHAPES.values(), *TOLD], schema_hook=_vocabulary, ref_template=COMPONENTS + "{name}"
    )
    for noun in Noun:
        found[noun.value.title()] = _with_edition(found[noun.value.title()])
    vocabularies = {
        vocabulary.__name__: {
            "type": "string",
            "enum": vocabulary.values,
            "description": vocabulary.definition() + "".join(f"\n* `{term.value}`: {term.rule}" for term in vocabulary),
        }
        for vocabulary in [*used(), Operation]
    }
    result["components"] = {"schemas": dict(sorted({**found, **vocabularies, "Index": INDEX}.items()))}
    for path in result["paths"].values():
        for operation in path.values():
            _describe_answers(operation)
    return result


INDEX: dict[str, Any] = {
    "type": "object",
    "description": "What is here.",
    "properties": {"edition": {"type": "integer", "description": "The latest edition; 0 before the first."}},
    "required": ["edition"],
    "additionalProperties": {"type": "string", "format": "uri-reference"},
}


def _describe_answers(operation: dict[str, Any]) -> None:
    for code, response in operation["responses"].items():
        if code == "200":
            response["description"] = "What was asked for."
            response["headers"] = {
                "Edition": {"description": "The edition that answered.", "schema": {"type": "integer"}},
                "Link": {"description": "The data's licence, and the next page.", "schema": {"type": "string"}},
            }
        else:
            response["description"] = PROBLEMS[int(code)]
    if "410" in operation["responses"]:
        operation["responses"]["308"] = {
            "description": "The key is an older one, a code, or that of a merged record: the address is in `Location`.",
            "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
        }


def _vocabulary(kind: type) -> dict[str, Any]:
    if issubclass(kind, Vocabulary):
        return {"$ref": f"{COMPONENTS}{kind.__name__}"}
    raise TypeError(f"{kind} has no public form")


def _with_edition(schema: dict[str, Any]) -> dict[str, Any]:
    number = {"type": "integer", "description": "The edition that opened this version of the record."}
    return {
        **schema,
        "properties": {"edition": number, **schema["properties"]},
        "required": ["edition", *schema["required"]],
    }


def _page(one: dict[str, Any], *, counted: bool) -> dict[str, Any]:
    count = {"type": "integer", "description": "How many results there are in all, if asked for."}
    return {
        "type": "object",
        "properties": {
            "edition": {"type": "integer", "description": "The edition that answered; 0 before the first."},
            "next": {"type": ["string", "null"], "format": "uri-reference", "description": "The next page."},
            **({"count": count} if counted else {}),
            "results": {"type": "array", "items": one},
        },
        "required": ["edition", "next", "results"],
    }


def _query(declared: Filter) -> OpenApiParameter:
    schema = declared.schema()
    return OpenApiParameter(
        declared.name,
        type={"type": "array", "items": schema} if declared.many else schema,
        description=declared.help + (" Any of them; repeat it" if declared.many else "")
        + (", or separate them by commas." if declared.many and declared.splits else "." if declared.many else ""),
        style="form" if declared.many else None,
        explode=True if declared.many else None,
    )  # fmt: skip


def _path(name: str) -> OpenApiParameter:
    says = {
        "key": "A slug (of an issue or actor; also an ISO 3166-1 alpha-3 code), or a number.",
        "edition": "The number of an edition.",
        "number": "The number of an edition.",
    }
    schema = {"type": "string"} if name == "key" else {"type": "integer", "minimum": 1}
    return OpenApiParameter(name, type=schema, location="path", description=says[name], required=True)
