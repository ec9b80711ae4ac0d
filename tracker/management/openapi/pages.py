"""The OpenAPI document as people read it:
operations by what they are about, and schemas, as plain HTML.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.template import engines
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.public.api.documentation import DESK, ORIGIN_MARK, public_part

Document = Mapping[str, Any]
ASKS = re.compile(r"`GET (/\S+)`")
MARKS = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\*)\*(?! )([^*]+)\*(?!\*)"), r"<em>\1</em>"),
)
BULLET = "* "
TEMPLATE = Path(__file__).with_name("page.html")


def page(document: Document) -> str:
    """Return what both pages show of a document,
    with marks around what is shown on one of them alone.

    Lines end as text files have them: to browsers those of examples are the same.
    """
    template = engines["django"].from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(contents(document)).replace("\r\n", "\n")


def contents(document: Document) -> dict[str, Any]:
    """Return what the page shows of a document: its description, operations by tag, and schemas."""
    public = public_part(document)
    public_tags = {tag["name"] for tag in public["tags"]}
    operations = [
        _operation(document, path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return {
        "counts": {"public": _count(public), "whole": _count(document)},
        "description": prose(document["info"]["description"]),
        "tags": [
            {
                "name": tag["name"],
                "is_public": tag["name"] in public_tags,
                "description": prose(tag["description"]),
                "id": tag["name"].replace(" ", "-"),
                "operations": [o for o in operations if tag["name"] in o["tags"]],
            }
            for tag in document["tags"]
        ],
        "schemas": [
            {"is_public": name in public["components"]["schemas"], **_schema(name, schema)}
            for name, schema in sorted(document["components"]["schemas"].items())
        ],
    }


def _count(document: Document) -> int:
    return sum(map(len, document["paths"].values()))


def prose(text: str) -> SafeString:
    """Return Markdown as descriptions have it (paragraphs, lists, code,
    strong and emphasized words) as HTML.
    """
    return SafeString("\n".join(map(_block, text.strip().split("\n\n"))))


def _block(text: str) -> str:
    if text.startswith(BULLET):
        lines = text.removeprefix(BULLET).split("\n" + BULLET)
        return f"<ul>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</ul>"
    return f"<p>{_inline(text)}</p>"


def _inline(text: str) -> SafeString:
    marked = str(escape(text))
    for pattern, html in MARKS:
        marked = pattern.sub(html, marked)
    return SafeString(marked)


def _operation(
    document: Document, path: str, method: str, operation: Mapping[str, Any]
) -> dict[str, Any]:
    parameters = [_resolved(document, parameter) for parameter in operation.get("parameters", ())]
    responses = {
        status: _resolved(document, response) for status, response in operation["responses"].items()
    }
    examples = [example for answer in responses.values() for example in _examples(answer)]
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "is_public": not path.startswith(DESK),
        "tags": operation["tags"],
        "summary": _inline(operation["summary"]),
        "curl": _curl(path, method, operation, parameters, examples),
        "can_be_tried": method == "get" and path.endswith("/") and not path.startswith(DESK),
        "description": prose(operation["description"]),
        "parameters": [
            {
                "name": parameter["name"],
                "place": parameter["in"],
                "is_required": parameter.get("required", False),
                "type": kind(parameter["schema"]),
                "example": _example(parameter),
                "description": prose(parameter["description"]),
            }
            for parameter in parameters
        ],
        "bodies": [
            (media, kind(of.get("schema", {})))
            for media, of in _content(operation.get("requestBody", {}))
        ],
        "sent": list(_examples(operation.get("requestBody", {}))),
        "answers": [
            (status, prose(answer["description"]), _joined(", ", _media(answer)))
            for status, answer in responses.items()
        ],
        "examples": [example for example in examples if example["asks"]] or examples[:1],
    }


def _example(parameter: Mapping[str, Any]) -> str:
    """Return a value of a parameter; "" if its declaration has none."""
    [*_, first] = ["", *map(str, parameter["schema"].get("examples", [])[:1])]
    return first


def _curl(
    path: str,
    method: str,
    operation: Mapping[str, Any],
    parameters: Sequence[Mapping[str, Any]],
    examples: Sequence[Mapping[str, Any]],
) -> str:
    """Return a command that asks what the first example asks,
    else the operation with values of its path.
    """
    asked = [example["asks"] for example in examples if example["asks"]]
    address = asked[0] if asked else path
    for parameter in parameters:
        value = _example(parameter) or parameter["name"].upper()
        address = address.replace(f"{{{parameter['name']}}}", value)
    command = ["curl"]
    if method != "get":
        command += ["-X", method.upper()]
    if path.startswith(DESK):
        command += ["-H", '"Authorization: Bearer $TOKEN"']
    bodies = [media for media, _ in _content(operation.get("requestBody", {}))]
    if bodies:
        command += ["-H", f"'Content-Type: {bodies[0]}'", "--data-binary", "@FILE"]
    return " ".join([*command, f"'{ORIGIN_MARK}{address}'"])


def _content(of: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    content: Mapping[str, Any] = of.get("content", {})
    return content.items()


def _media(answer: Mapping[str, Any]) -> Iterable[SafeString]:
    for media, of in _content(answer):
        yield format_html(
            "<code>{}</code>{}{}", media, ": " if "schema" in of else "", kind(of.get("schema", {}))
        )


def _examples(of: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for _, body in _content(of):
        for example in body.get("examples", {}).values():
            asks = ASKS.search(example.get("description", ""))
            value = example.get("value")
            yield {
                "summary": _inline(example.get("summary", "")),
                "asks": asks[1] if asks else "",
                "value": value
                if isinstance(value, str)
                else json.dumps(value, ensure_ascii=False, indent=2),
            }


def _schema(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    required = schema.get("required", ())
    return {
        "name": name,
        "description": prose(schema.get("description", "")),
        "type": "" if "properties" in schema else kind(schema),
        "fields": [
            (field, kind(of), prose(of.get("description", "")), field in required)
            for field, of in schema.get("properties", {}).items()
        ],
    }


def kind(schema: Mapping[str, Any]) -> SafeString:
    """Return in words of which kind a value is, with a link to each schema that it names."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return format_html('<a href="#schema-{}">{}</a>', name, name)
    if "enum" in schema:
        return _joined(
            " or ", (format_html("<code>{}</code>", json.dumps(term)) for term in schema["enum"])
        )
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _joined(" or ", map(kind, schema[several]))
    types = schema.get("type", "any")
    return _joined(
        " or ", (_of_type(name, schema) for name in ([types] if isinstance(types, str) else types))
    )


def _of_type(name: str, schema: Mapping[str, Any]) -> SafeString:
    if name == "array" and "items" in schema:
        return format_html("list of {}", kind(schema["items"]))
    values = schema.get("additionalProperties")
    if name == "object" and isinstance(values, dict):
        return format_html("object of {}", kind(values))
    return format_html(
        "{}", f"{name} ({schema['format']})" if "format" in schema and name != "null" else name
    )


def _joined(by: str, parts: Iterable[Any]) -> SafeString:
    return format_html_join(by, "{}", ((conditional_escape(part),) for part in parts))


def _resolved(document: Document, part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a part of a document says, where it only refers to it."""
    if "$ref" not in part:
        return part
    _, _, sort, name = part["$ref"].split("/")
    resolved: Mapping[str, Any] = document["components"][sort][name]
    return resolved
