"""The committed OpenAPI document as a contract:
each answer is checked against what it says of the address.

The check is stricter than OpenAPI:
a field, or a term of a vocabulary, that the document does not name is an error too.
"""

import gzip
import json
import re
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from jsonschema import Draft202012Validator

from tracker.public.api.documentation import document
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

ROOT = "/api/v1/"
DESK = f"{ROOT}desk/"
# Tested by themselves: the document can't describe its own form, and the page over it is one.
UNDOCUMENTED = {
    f"{ROOT}{path}"
    for path in ("schema/", "schema/public/", "docs/", "docs/whole/", "docs/try/{operation_id}/")
} | {
    # told in the introduction: they lead to citations of pages
    f"{ROOT}{noun.plural}/{{key}}.{form}"
    for noun in Noun
    if noun is not Noun.SOURCE
    for form in ("bib", "ris", "csljson")
}
# Refused, asked too often, a bug: these may come anywhere, and are problems too.
ANYWHERE = {403, 429, 500}
A_TEXT = {"type": "string"}


def public_operations() -> dict[str, dict[str, Any]]:
    """Return what can be asked of the publication: the operations by path, all of them GET."""
    return {
        path: methods["get"]
        for path, methods in document()["paths"].items()
        if not path.startswith(DESK)
    }


def check(request: HttpRequest, response: HttpResponseBase) -> None:
    """Check an answer below /api/v1/:
    status, media type, headers and body, and the parameters if it is a good one.
    """
    path = documented_path(request)
    if path in UNDOCUMENTED:
        return
    if (
        response.headers.get("Location")
        == request.get_full_path(force_append_slash=True)
        != request.get_full_path()
    ):
        return  # only the slash at the end is missing
    if request.method == "OPTIONS" and response.status_code == HTTPStatus.NO_CONTENT:
        return
    method = (request.method or "").lower().replace("head", "get")
    operation = document()["paths"].get(path, {}).get(method, {})
    responses = operation.get("responses", {})
    if str(response.status_code) not in responses:
        usual = ANYWHERE | ({400, 404} if not path else set()) | ({405} if not operation else set())
        # Who is not known hears of no address of the desk which methods it has.
        usual |= {401} if path.startswith(DESK) else set()
        assert response.status_code in usual, (
            f"{request.path}: no {response.status_code} is documented"
        )
        check_problem(response)
        return
    documented_response = resolved(responses[str(response.status_code)])
    check_headers(response, documented_response)
    if response.status_code < HTTPStatus.BAD_REQUEST:
        check_parameters(request, operation)
    if "content" not in documented_response:
        assert body_of(response) == b"", f"{request.path}: a body that is not documented"
        return
    media_type = response.headers["Content-Type"].partition(";")[0]
    documented = {**documented_response["content"], **other_forms(path)}
    assert media_type in documented, f"{request.path}: no {media_type} is documented"
    if (
        media_type.endswith(("/json", "+json"))
        and request.method != "HEAD"
        and not response.streaming
    ):
        schema = documented[media_type]["schema"]
        check_body(json.loads(body_of(response)), schema, narrowed="fields" in request.GET)


def other_forms(path: str) -> dict[str, Any]:
    """Return what answers hold in the forms that have an address of their own,
    but can be asked for here too.
    """
    beside = re.compile(re.escape(path.removesuffix("/")) + r"\.[a-z]+")
    operations = [
        path_item["get"]
        for other, path_item in document()["paths"].items()
        if beside.fullmatch(other)
    ]
    return {
        name: media
        for operation in operations
        for name, media in operation["responses"]["200"]["content"].items()
    }


def documented_path(request: HttpRequest) -> str:
    """Return the path by which the document knows an address;
    empty if the address leads nowhere.
    """
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ""
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", match.route)
    assert path in document()["paths"] or path in UNDOCUMENTED, f"{path} is not documented"
    return path


def check_headers(response: HttpResponseBase, documented: dict[str, Any]) -> None:
    """Check that an answer has the documented headers, with values as documented."""
    for name, reference in documented.get("headers", {}).items():
        header = resolved(reference)
        assert name in response.headers or not header["required"], f"no header {name}"
        if header["schema"]["type"] == "integer" and name in response.headers:
            check_body(int(response.headers[name]), header["schema"])


def check_parameters(request: HttpRequest, operation: dict[str, Any]) -> None:
    """Check that a request that was answered has documented parameters only."""
    known = {parameter["name"] for parameter in parameters(operation) if parameter["in"] == "query"}
    unknown = set(request.GET) - known
    assert not unknown, f"{request.path} answers with parameters that are not documented: {unknown}"


def check_problem(response: HttpResponseBase) -> None:
    """Check that an answer is a problem as documented; that to HEAD has no body."""
    assert response.headers["Content-Type"] == "application/problem+json"
    if body := body_of(response):
        check_body(json.loads(body), {"$ref": "#/components/schemas/DeskProblem"})


def body_of(response: HttpResponseBase) -> bytes:
    """Return the body of an answer, decompressed; nothing of one that is streamed."""
    content: bytes = getattr(response, "content", b"")
    return (
        gzip.decompress(content) if response.headers.get("Content-Encoding") == "gzip" else content
    )


def check_body(body: Any, schema: dict[str, Any], *, narrowed: bool = False) -> None:
    """Check a value against a schema of the document; of narrowed records no field is required."""
    errors = [
        f"{error.json_path}: {error.message}"
        for error in validator(json.dumps(schema), narrowed=narrowed).iter_errors(body)
    ]
    assert not errors, "\n".join(errors)


@cache
def validator(schema: str, *, narrowed: bool) -> Draft202012Validator:
    """Return what checks values against a schema of the document, strictly."""
    records = {shape.__name__ for shape in SHAPES.values()} if narrowed else set()
    schemas = {
        name: strict(component) for name, component in document()["components"]["schemas"].items()
    }
    optional = {
        name: {**component, "required": []}
        for name, component in schemas.items()
        if name in records
    }
    whole = {**json.loads(schema), "components": {"schemas": {**schemas, **optional}}}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def strict(schema: Any) -> Any:
    """Return a schema that allows no field and no term but those that it names."""
    if isinstance(schema, list):
        return [strict(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    if A_TEXT in schema.get("anyOf", []) and any("$ref" in branch for branch in schema["anyOf"]):
        return {**schema, "anyOf": [branch for branch in schema["anyOf"] if branch != A_TEXT]}
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return {**closed, **{name: strict(inner) for name, inner in schema.items()}}


def parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parameters of an operation, also those that it shares with others."""
    return [resolved(parameter) for parameter in operation["parameters"]]


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """Return a part of the document, or what it refers to."""
    if "$ref" not in node:
        return node
    _, _, kind, name = node["$ref"].split("/")
    component: dict[str, Any] = document()["components"][kind][name]
    return component
