"""A small OpenAPI document, and documents that differ from it in one place."""

from copy import deepcopy
from typing import Any

import yaml

ABSENT = object()
SMALL: dict[str, Any] = yaml.safe_load("""
openapi: 3.1.0
servers: [{url: /}]
security: []
paths:
  /things/:
    get:
      operationId: ThingList
      tags: [things]
      parameters:
        - {name: colour, in: query, style: form, explode: true,
           schema: {type: array, items: {$ref: "#/components/schemas/Colour"}}}
        - {name: size, in: query, schema: {type: integer, minimum: 1, maximum: 10}}
        - {name: day, in: query, schema: {type: string, format: date}}
        - {name: ordering, in: query, schema: {type: string, pattern: "^-?(name|size)$"}}
        - {name: page, in: query, schema: {type: string, default: first}}
      responses:
        "200":
          headers: {ETag: {required: true, schema: {type: string}}}
          content:
            application/json: {schema: {$ref: "#/components/schemas/ThingPage"}}
            text/csv: {schema: {type: string}}
        "400": {$ref: "#/components/responses/BadRequest"}
    post:
      operationId: ThingMake
      tags: [things]
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/NewThing"}}}
      responses: {"201": {}}
components:
  responses:
    BadRequest: {content: {application/problem+json: {schema: {type: object}}}}
  schemas:
    Colour: {type: string, enum: [red, blue]}
    Sort: {type: string, enum: [big, small]}
    NewThing:
      type: object
      properties: {name: {type: string}, colour: {type: string}}
      required: [name]
    ThingPage:
      type: object
      properties: {results: {type: array, items: {$ref: "#/components/schemas/Thing"}}}
      required: [results]
    Thing:
      type: object
      properties:
        id: {type: integer}
        colour: {$ref: "#/components/schemas/Colour"}
        sort: {anyOf: [{$ref: "#/components/schemas/Sort"}, {type: string}]}
        since: {type: [string, "null"], format: date}
        part_of: {anyOf: [{$ref: "#/components/schemas/Thing"}, {type: "null"}]}
        score: {type: integer, minimum: -2, maximum: 2}
        code: {type: string, pattern: "^[0-9]+$"}
        names: {type: object, additionalProperties: {type: string}}
        note: {type: string}
        link: {type: string, format: uri-reference}
        address: {type: string, format: uri}
      required: [id, colour, sort, since, part_of, score, code, names, link, address]
""")


def changed(document: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    """Return a document that has another value in one place, or none if it is ABSENT;
    a number in `place` counts.
    """
    whole = deepcopy(document)
    *path, last = [
        int(step) if step.isdigit() and len(step) < 3 else step for step in place.split()
    ]
    part: Any = whole
    for step in path:
        part = part[step]
    if value is ABSENT:
        del part[last]
    elif isinstance(part, list) and last == len(part):
        part.append(value)
    else:
        part[last] = value
    return whole
