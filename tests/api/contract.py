"""The OpenAPI document as a contract: each answer is checked against what it says of the address and the status.

The check is stricter than OpenAPI: a field that the document does not name is an error too.
"""

import json
import re
from functools import cache
from typing import Any

from django.http import HttpResponse
from jsonschema import Draft202012Validator

from tracker.api.documentation import document


def check(response: HttpResponse) -> None:
    """Check an answer to GET: its status and media type are documented, its headers and body as documented."""
    route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", response.resolver_match.route)
    said = document()["paths"][f"/{route}"]["get"]["responses"][str(response.status_code)]
    for name, header in said.get("headers", {}).items():
        assert name in response.headers or name == "Edition", f"no header {name}"
        if name == "Edition" and name in response.headers:
            assert header["schema"] == {"type": "integer"}
            assert response.headers[name].isdigit()
    if "content" in said:
        media_type = response.headers["Content-Type"].partition(";")[0]
        check_body(response.json(), said["content"][media_type]["schema"])


def check_problem(response: HttpResponse) -> None:
    """Check that an answer is a problem as documented."""
    assert response.headers["Content-Type"] == "application/problem+json"
    check_body(json.loads(response.content), {"$ref": "#/components/schemas/Problem"})


def check_body(body: Any, schema: dict[str, Any]) -> None:
    """Check a value against a schema of the document."""
    validator = Draft202012Validator(
        {**schema, "components": closed_components()}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]
    assert not errors, "\n".join(errors)


@cache
def closed_components() -> dict[str, Any]:
    """Return the components of the document, with fields that it does not name forbidden."""
    return {
        "schemas": {
            name: {"additionalProperties": False, **schema} if "properties" in schema else schema
            for name, schema in document()["components"]["schemas"].items()
        }
    }
