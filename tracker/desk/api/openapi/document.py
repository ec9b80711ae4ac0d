"""The OpenAPI document around its operations: introduction, tags, and all that operations refer to."""

from typing import Any

from tracker.desk.api.openapi.endings import components
from tracker.desk.api.openapi.introduction import INTRODUCTION
from tracker.desk.api.openapi.operations import DESK_TAG
from tracker.desk.api.openapi.written import written
from tracker.desk.api.shapes import DeskProblem
from tracker.public.api.openapi.operations import TAG, line
from tracker.public.api.openapi.structs import Schema, terms
from tracker.public.api.openapi.structs import schemas as schemas_of
from tracker.schema.codebook import used
from tracker.schema.records import SHAPES
from tracker.schema.responses import Problem
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel, ReviewStep, Vocabulary

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


def add_components(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the introduction, and what operations refer to; the last step of the document's making."""
    result["info"]["description"] = INTRODUCTION
    others = {"name": TAG, "description": "What was published when, what changed, and what the terms mean."}
    nouns = [{"name": noun.plural, "description": line(shape.__doc__)} for noun, shape in SHAPES.items()]
    desk = [
        {"name": f"{DESK_TAG} {noun.plural}", "description": f"The {noun.plural} as the team edits them."}
        for noun in Noun
    ]
    # Those of what no view declares: problems, terms, and what is written of records.
    schemas = result["components"]["schemas"] | schemas_of(Problem, DeskProblem)
    vocabularies: list[type[Vocabulary]] = [*used(), Channel, ReviewStep]
    for vocabulary in vocabularies:
        schemas |= terms(vocabulary)
    for noun in Noun:
        schemas |= written(noun)
    rest = {"name": DESK_TAG, "description": "What the team changed, publishing several records as one, and undoing."}
    return {
        **{name: result[name] for name in ("openapi", "info")},
        "servers": [{"url": "/", "description": "The tracker that serves this document."}],
        "security": [],
        "tags": [*nouns, others, *desk, rest],
        "paths": result["paths"],
        "components": {
            "schemas": dict(sorted(schemas.items())),
            **components(),
            "securitySchemes": SECURITY,
        },
    }
