"""What would break a client is found, each kind of it; what only adds to the document is not."""

from typing import Any

import pytest

from tests.contract.comparison import breaks
from tests.contract.mutations import ABSENT, SMALL, changed

GET, POST, SCHEMAS = "paths /things/ get", "paths /things/ post", "components schemas"
THING = f"{SCHEMAS} Thing properties"
TEXT = {"type": "string"}
NAMELESS = {"description": "A text.", "example": "x", "type": "string"}
BREAKS: list[tuple[str, Any, str]] = [
    ("openapi", "4.0.0", "OpenAPI 3.1.0 is now 4.0.0"),
    ("servers 0 url", "/elsewhere", "server /: lost"),
    ("paths /things/", ABSENT, "/things/: method get: lost"),
    (GET, ABSENT, "/things/: method get: lost"),
    (f"{GET} operationId", "Things", "GET /things/: operationId ThingList is now Things"),
    (f"{GET} tags", ["items"], "GET /things/: tags ['things'] is now ['items']"),
    (f"{GET} security", [{"token": []}], "GET /things/: needs a login now"),
    ("security", [{"token": []}], "GET /things/: needs a login now"),
    # parameters
    (f"{GET} parameters 1", ABSENT, "GET /things/: parameter size (query): lost"),
    (f"{GET} parameters 1 name", "width", "GET /things/: parameter size (query): lost"),
    (f"{GET} parameters 1 in", "header", "GET /things/: parameter size (query): lost"),
    (f"{GET} parameters 1 required", True, "GET /things/: parameter size (query): is required now"),
    (
        f"{GET} parameters 5",
        {"name": "new", "in": "query", "required": True, "schema": TEXT},
        "GET /things/: parameter new (query): is required now",
    ),
    (
        f"{GET} parameters 1 schema type",
        "string",
        "parameter size (query): integer may not be sent any more",
    ),
    (f"{GET} parameters 1 schema minimum", 2, "parameter size (query): minimum was 1 and is 2"),
    (f"{GET} parameters 1 schema maximum", 9, "parameter size (query): maximum was 10 and is 9"),
    (
        f"{GET} parameters 1 schema enum",
        [1, 2],
        "parameter size (query): anything may not be sent any more",
    ),
    (f"{GET} parameters 2 schema format", "date-time", "the format date is now date-time"),
    (
        f"{GET} parameters 3 schema pattern",
        "^-?(name)$",
        "the pattern ^-?(name|size)$ is now ^-?(name)$",
    ),
    (
        f"{GET} parameters 3 schema pattern",
        "^(name|size)$",
        "the pattern ^-?(name|size)$ is now ^(name|size)$",
    ),
    (f"{GET} parameters 4 schema pattern", "^a$", "the pattern None is now ^a$"),
    (
        f"{GET} parameters 4 schema maxLength",
        5,
        "parameter page (query): maxLength was None and is 5",
    ),
    (
        f"{GET} parameters 4 schema default",
        "last",
        "parameter page (query): means something else where it is left out",
    ),
    (f"{GET} parameters 0 explode", False, "parameter colour (query): explode True is now False"),
    (
        f"{GET} parameters 0 style",
        "pipeDelimited",
        "parameter colour (query): style form is now pipeDelimited",
    ),
    (
        f"{GET} parameters 0 schema",
        TEXT,
        "parameter colour (query): array may not be sent any more",
    ),
    (
        f"{SCHEMAS} Colour enum 1",
        ABSENT,
        "parameter colour (query)[]: blue may not be sent any more",
    ),
    # bodies that are sent
    (f"{POST} requestBody", ABSENT, "POST /things/: takes no body any more"),
    (f"{POST} requestBody required", True, "POST /things/: a body is required now"),
    (
        f"{GET} requestBody",
        {"required": True, "content": {}},
        "GET /things/: a body is required now",
    ),
    (
        f"{POST} requestBody content",
        {"text/csv": {}},
        "POST /things/ body: media type application/json: lost",
    ),
    (f"{SCHEMAS} NewThing properties colour", ABSENT, "POST /things/ body.colour: lost"),
    (
        f"{SCHEMAS} NewThing required",
        ["name", "colour"],
        "POST /things/ body.colour: is required now",
    ),
    # answers
    (f"{GET} responses 400", ABSENT, "GET /things/: status 400: lost"),
    (f"{GET} responses 204", {}, "GET /things/: status 204: new"),
    (f"{GET} responses 308", {}, "GET /things/: status 308: new"),
    (f"{GET} responses 200 headers ETag", ABSENT, "GET /things/ 200: header ETag: lost"),
    (
        f"{GET} responses 200 headers ETag required",
        False,
        "GET /things/ 200: header ETag: may be missing now",
    ),
    (
        f"{GET} responses 200 headers ETag schema type",
        "integer",
        "header ETag: integer may come now",
    ),
    (
        f"{GET} responses 200 content text/csv",
        ABSENT,
        "GET /things/ 200: media type text/csv: lost",
    ),
    (
        f"{GET} responses 200 content",
        {"text/csv": {}, "application/json": {}},
        "text/csv comes first now",
    ),
    (
        "components responses BadRequest content",
        {"text/html": {}},
        "400: media type application/problem+json: lost",
    ),
    # what is in them
    (f"{THING} id", ABSENT, "GET /things/ 200.results[].id: lost"),
    (f"{THING} note", ABSENT, "GET /things/ 200.results[].note: lost"),
    (f"{SCHEMAS} Thing required", ["id"], "GET /things/ 200.results[].colour: may be missing now"),
    (f"{SCHEMAS} ThingPage required", [], "GET /things/ 200.results: may be missing now"),
    (f"{THING} id type", ["integer", "null"], "GET /things/ 200.results[].id: null may come now"),
    (
        f"{THING} id anyOf",
        [{"type": "integer"}, {"type": "string"}],
        "200.results[].id: string may come now",
    ),
    (f"{THING} id type", "string", "GET /things/ 200.results[].id: string may come now"),
    (f"{THING} id", {}, "GET /things/ 200.results[].id: anything may come now"),
    (f"{THING} since format", "date-time", "since: the format date is now date-time"),
    (f"{THING} since format", ABSENT, "since: the format date is now None"),
    (f"{THING} note format", "uri", "note: the format None is now uri"),
    (f"{THING} link format", ABSENT, "link: the format uri-reference is now None"),
    (f"{THING} address format", "uri-reference", "address: the format uri is now uri-reference"),
    (f"{THING} score minimum", -3, "score: minimum was -2 and is -3"),
    (f"{THING} score maximum", ABSENT, "score: maximum was 2 and is None"),
    (f"{THING} code pattern", ABSENT, "code: the pattern ^[0-9]+$ is now None"),
    (f"{THING} names additionalProperties type", "integer", "names.*: integer may come now"),
    (f"{THING} names additionalProperties", ABSENT, "names.*: anything may come now"),
    (f"{SCHEMAS} Colour enum 2", "green", "GET /things/ 200.results[].colour: green may come now"),
    (f"{THING} colour", TEXT, "GET /things/ 200.results[].colour: anything may come now"),
    (
        f"{SCHEMAS} ThingPage properties results items",
        ABSENT,
        "200.results[]: anything may come now",
    ),
    (
        f"{SCHEMAS} ThingPage properties results",
        {"$ref": "#/components/schemas/Thing"},
        "object may come now",
    ),
]
GAINS: list[tuple[str, Any]] = [
    ("info", {"title": "Things", "version": "1.1"}),
    ("servers 1", {"url": "/too"}),
    ("paths /others/", SMALL["paths"]["/things/"]),
    ("paths /things/ put", SMALL["paths"]["/things/"]["get"]),
    (f"{GET} description", "Lists things."),
    (f"{GET} deprecated", True),
    # parameters
    (f"{GET} parameters 5", {"name": "new", "in": "query", "schema": TEXT}),
    (f"{GET} parameters 1 schema minimum", 0),
    (f"{GET} parameters 1 schema maximum", ABSENT),
    (f"{GET} parameters 1 schema default", 5),
    (f"{GET} parameters 1 schema type", ["integer", "string"]),
    (f"{GET} parameters 3 schema pattern", "^-?(name|age|size)$"),
    (f"{GET} parameters 3 schema pattern", ABSENT),
    (f"{GET} parameters 0 schema items", {"type": "string", "enum": ["red", "blue", "green"]}),
    # bodies that are sent
    (f"{GET} requestBody", {"content": {}}),
    (f"{SCHEMAS} NewThing properties size", {"type": "integer"}),
    (f"{SCHEMAS} NewThing required", []),
    # answers
    (f"{GET} responses 206", {}),
    (f"{GET} responses 304", {}),
    (f"{GET} responses 429", {}),
    (f"{GET} responses 200 headers Link", {"schema": TEXT}),
    (f"{GET} responses 200 content text/xml", {}),
    (f"{THING} more", TEXT),
    (f"{SCHEMAS} Thing required 10", "note"),
    (f"{SCHEMAS} Sort enum 2", "tiny"),  # any text might come
    (f"{THING} since type", "string"),
    (f"{THING} score minimum", -1),
    (f"{THING} score enum", [0, 1]),
    (f"{THING} note pattern", "^a$"),
    (f"{THING} link format", "uri"),  # each is a reference, too
    (f"{THING} note", NAMELESS),
    (f"{THING} id", {"anyOf": [{"type": "integer"}]}),
]  # fmt: skip


def test_a_document_does_not_break_itself() -> None:
    assert breaks(SMALL, SMALL) == []


@pytest.mark.parametrize(("place", "value", "complaint"), BREAKS)
def test_what_would_break_a_client_is_found(place: str, value: Any, complaint: str) -> None:
    complaints = breaks(SMALL, changed(SMALL, place, value))

    assert any(complaint in text for text in complaints), complaints


@pytest.mark.parametrize(("place", "value"), GAINS)
def test_what_only_adds_breaks_nothing(place: str, value: Any) -> None:
    after = changed(SMALL, place, value)

    assert after != SMALL
    assert breaks(SMALL, after) == []
