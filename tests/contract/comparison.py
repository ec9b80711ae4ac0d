"""Comparing two OpenAPI documents: what in the new one would break a client of the old one."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.contract.schemas import answered, asked

Node = Mapping[str, Any]
ASKED_FOR = ("206", "304")  # come only to who asks for them
PROSE = {"info", "summary", "description", "title", "example", "examples"}
BY_NAME = {"paths", "properties", "responses", "headers", "content", "schemas", "parameters"}


def breaks(old: Node, new: Node) -> list[str]:
    """Return everything that the new document has lost or changed, in words;
    nothing if it only gained.
    """
    return list(_documents(Whole(bare(old)).document, Whole(bare(new)).document))


def bare(node: Any, *, names: bool = False) -> Any:
    """Return a part of a document without prose;
    its keys may be `names` of anything, a field `title` say.
    """
    if isinstance(node, list):
        return [bare(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    return {
        key: bare(inner, names=not names and key in BY_NAME)
        for key, inner in node.items()
        if names or key not in PROSE
    }


class Whole:
    """A document with everything that its operations refer to in its place;
    a part of itself is left out.
    """

    def __init__(self, document: Node) -> None:
        self.parts: dict[str, Any] = {}
        self.components = document.get("components", {})
        self.document = {
            name: self.of(node) for name, node in document.items() if name != "components"
        }

    def of(self, node: Any) -> Any:
        """Return a part of the document with what it refers to."""
        if isinstance(node, list):
            return [self.of(inner) for inner in node]
        if not isinstance(node, dict):
            return node
        if "$ref" not in node:
            return {name: self.of(inner) for name, inner in node.items()}
        return {
            **self.part(node["$ref"]),
            **{name: self.of(inner) for name, inner in node.items() if name != "$ref"},
        }

    def part(self, reference: str) -> dict[str, Any]:
        """Return a component; nothing of it inside itself."""
        if reference not in self.parts:
            self.parts[reference] = {}
            _, _, kind, name = reference.split("/")
            self.parts[reference] = self.of(self.components[kind][name])
        component: dict[str, Any] = self.parts[reference]
        return component


def _documents(old: Node, new: Node) -> Iterator[str]:
    if old["openapi"].rpartition(".")[0] != new["openapi"].rpartition(".")[0]:
        yield f"OpenAPI {old['openapi']} is now {new['openapi']}"
    yield from _lost(_urls(old), _urls(new), "server")
    for path, operations in old["paths"].items():
        others = new["paths"].get(path, {})
        yield from _lost(operations, others, f"{path}: method")
        for method in _both(operations, others):
            where = f"{method.upper()} {path}"
            if _login(operations[method], old) != _login(others[method], new) == "needed":
                yield f"{where}: needs a login now"
            yield from _operations(operations[method], others[method], where)


def _login(operation: Node, document: Node) -> str:
    return "needed" if operation.get("security", document.get("security")) else "not needed"


def _operations(old: Node, new: Node, where: str) -> Iterator[str]:
    for name in ("operationId", "tags"):
        if old.get(name) != new.get(name):
            yield f"{where}: {name} {old.get(name)} is now {new.get(name)}"
    yield from _parameters(_by_name(old), _by_name(new), where)
    yield from _requests(old.get("requestBody"), new.get("requestBody"), where)
    yield from _lost(old["responses"], new["responses"], f"{where}: status")
    for status in new["responses"]:
        if status not in old["responses"] and status < "400" and status not in ASKED_FOR:
            yield f"{where}: status {status}: new"
    for status in _both(old["responses"], new["responses"]):
        yield from _responses(
            old["responses"][status], new["responses"][status], f"{where} {status}"
        )


def _parameters(old: Node, new: Node, where: str) -> Iterator[str]:
    yield from _lost(old, new, f"{where}: parameter")
    for name, parameter in new.items():
        before = old.get(name, {})
        parameter_of = f"{where}: parameter {name}"
        if parameter.get("required") and not before.get("required"):
            yield f"{parameter_of}: is required now"
        if not before:
            continue
        for how in ("style", "explode"):
            if before.get(how) != parameter.get(how):
                yield f"{parameter_of}: {how} {before.get(how)} is now {parameter.get(how)}"
        if "default" in before["schema"] and before["schema"]["default"] != parameter["schema"].get(
            "default"
        ):
            yield f"{parameter_of}: means something else where it is left out"
        yield from asked(before["schema"], parameter["schema"], parameter_of)


def _requests(old: Node | None, new: Node | None, where: str) -> Iterator[str]:
    if old and not new:
        yield f"{where}: takes no body any more"
    if new and new.get("required") and not (old or {}).get("required"):
        yield f"{where}: a body is required now"
    if old and new:
        yield from _contents(old["content"], new["content"], f"{where} body", is_response=False)


def _responses(old: Node, new: Node, where: str) -> Iterator[str]:
    before, after = old.get("headers", {}), new.get("headers", {})
    yield from _lost(before, after, f"{where}: header")
    for name in _both(before, after):
        if before[name].get("required") and not after[name].get("required"):
            yield f"{where}: header {name}: may be missing now"
        yield from answered(
            before[name]["schema"], after[name]["schema"], f"{where}: header {name}"
        )
    yield from _contents(old.get("content", {}), new.get("content", {}), where, is_response=True)


def _contents(old: Node, new: Node, where: str, *, is_response: bool) -> Iterator[str]:
    yield from _lost(old, new, f"{where}: media type")
    if is_response and old and new and next(iter(old)) != next(iter(new)):
        yield f"{where}: {next(iter(new))} comes first now, so it may come to who says nothing"
    for media_type in _both(old, new):
        compared = answered if is_response else asked
        yield from compared(
            old[media_type].get("schema", {}), new[media_type].get("schema", {}), where
        )


def _lost(old: Node, new: Node, what: str) -> Iterator[str]:
    yield from (f"{what} {name}: lost" for name in old if name not in new)


def _both(old: Node, new: Node) -> list[str]:
    return [name for name in old if name in new]


def _by_name(operation: Node) -> dict[str, Any]:
    return {
        f"{parameter['name']} ({parameter['in']})": parameter
        for parameter in operation.get("parameters", [])
    }


def _urls(document: Node) -> dict[str, Any]:
    return {server["url"]: server for server in document.get("servers", [])}
