"""The OpenAPI document as a contract: each answer is checked against what it says of the address and the status.

The check is stricter than OpenAPI: a field that the document does not name is an error too.
"""

import gzip
import json
import re
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from jsonschema import Draft202012Validator

from tracker.api.documentation import document
from tracker.publication.shapes.records import SHAPES


def check(response: HttpResponse) -> None:
    """Check an answer to GET: its status and media type are documented, its headers and body as documented."""
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        assert not response.content
        return
    route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", response.resolver_match.route)
    said = document()["paths"][f"/{route}"]["get"]["responses"][str(response.status_code)]
    for name, header in said.get("headers", {}).items():
        assert name in response.headers or name == "Edition", f"no header {name}"
        if name == "Edition" and name in response.headers:
            assert header["schema"] == {"type": "integer"}
            assert response.headers[name].isdigit()
    if "content" in said:
        media_type = response.headers["Content-Type"].partition(";")[0]
        narrowed = "fields" in response.wsgi_request.GET
        check_body(json.loads(content(response)), said["content"][media_type]["schema"], narrowed=narrowed)


def content(response: HttpResponse) -> bytes:
    """Return the body of an answer, decompressed."""
    compressed = response.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(response.content) if compressed else response.content


def check_problem(response: HttpResponse) -> None:
    """Check that an answer is a problem as documented."""
    assert response.headers["Content-Type"] == "application/problem+json"
    check_body(json.loads(response.content), {"$ref": "#/components/schemas/Problem"})


def check_body(body: Any, schema: dict[str, Any], *, narrowed: bool = False) -> None:
    """Check a value against a schema of the document; of narrowed records no field is required."""
    validator = Draft202012Validator(
        {**schema, "components": closed_components(narrowed=narrowed)},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]
    assert not errors, "\n".join(errors)


@cache
def closed_components(*, narrowed: bool) -> dict[str, Any]:
    """Return the components of the document, with fields that it does not name forbidden."""
    records = {shape.__name__ for shape in SHAPES.values()} if narrowed else set()
    return {
        "schemas": {
            name: {
                **({"additionalProperties": False} if "properties" in schema else {}),
                **schema,
                **({"required": []} if name in records else {}),
            }
            for name, schema in document()["components"]["schemas"].items()
        }
    }
