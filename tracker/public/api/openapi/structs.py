"""Schemas of Structs, and the extension by which drf-spectacular takes what views declare."""

from collections.abc import Iterator
from typing import Any

import msgspec
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from msgspec import Struct

from tracker.schema.fields import fields
from tracker.schema.growth import gained
from tracker.values.vocabularies import OpenVocabulary, Vocabulary

MAY_GROW = "Version 1 may gain terms here: take one that you don't know as a text."
NULL = {"type": "null"}
Schema = dict[str, Any]


class StructExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Lets views declare Structs as what they take and answer."""

    target_class = Struct
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: Any) -> str:
        """Return what the Struct is called."""
        return str(self.target.__name__)

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> Schema:
        """Return its schema, having registered those of the Structs in it."""
        by_name = schemas(self.target)
        component: Any = ResolvedComponent  # which isn't typed
        for kind in _structs(self.target):  # by the class, so that two of one name are told of
            name = kind.__name__
            auto_schema.registry.register_on_missing(
                component(name, ResolvedComponent.SCHEMA, by_name[name], kind)
            )
        return by_name[self.target.__name__]


def reference(kind: str, name: str) -> Schema:
    """Return a reference to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


def schemas(*types: type) -> dict[str, Schema]:
    """Return the schemas of types, and of those in them, by name."""
    template = reference("schemas", "{name}")["$ref"]
    components = msgspec.json.schema_components(
        types, schema_hook=_vocabulary, ref_template=template
    )[1]
    # What a shape gained is absent in what was published before.
    later = {kind.__name__: {field.name for field in gained(kind)} for kind in _structs(*types)}
    for name, schema in components.items():
        if "description" in schema:
            schema["description"] = line(schema["description"])
        if later[name]:
            schema["required"] = [field for field in schema["required"] if field not in later[name]]
    return {name: plain(schema) for name, schema in components.items()}


def line(text: str | None) -> str:
    """Return a docstring on one line."""
    return " ".join((text or "").split())


def _structs(*types: type) -> Iterator[type]:
    """Yield Structs, and those in them."""
    for kind in types:
        yield kind
        yield from _structs(*{field.type for field in fields(kind).values() if field.is_a(Struct)})


def terms(vocabulary: type[Vocabulary]) -> dict[str, Schema]:
    """Return the schema of a vocabulary, with its coding rules, by name.

    One that may grow has another, of a term of it or any text. That has a name of its own, since a
    choice without one has made generators of clients go round in circles.
    """
    name, says = vocabulary.__name__, vocabulary.definition()
    rules = "".join(f"\n* `{term.value}`: {term.rule}" for term in vocabulary)
    if not issubclass(vocabulary, OpenVocabulary):
        return {
            name: {"type": "string", "enum": vocabulary.values, "description": f"{says}\n{rules}"}
        }
    any_term = {
        "description": f"{says} A term of `{name}`, or one that version 1 gained since.",
        "anyOf": [reference("schemas", name), {"type": "string"}],
    }
    closed = {
        "type": "string",
        "enum": vocabulary.values,
        "description": f"{says} {MAY_GROW}\n{rules}",
    }
    return {name: closed, f"Any{name}": any_term}


def _vocabulary(kind: type) -> Schema:
    """Return a reference to the schema of a term in an answer:
    any text may come where the vocabulary may grow.
    """
    if not issubclass(kind, Vocabulary):
        raise TypeError(f"{kind} has no public form")
    return reference(
        "schemas", f"Any{kind.__name__}" if issubclass(kind, OpenVocabulary) else kind.__name__
    )


def plain(schema: Any) -> Any:
    """Return a schema that says the same as tools like it best.

    It has no choice in a choice, null as a second type where there is one other, and says that a
    list holds anything; no title, by which generators would call types too; and not that null is
    the default.
    """
    if isinstance(schema, list):
        return [plain(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    anything: Schema = {"items": {}} if schema.get("type") == "array" else {}
    merged = {
        **anything,
        **{name: plain(inner) for name, inner in schema.items() if not _is_noise(name, inner)},
    }
    if "anyOf" in merged:
        branches = [inner for branch in merged["anyOf"] for inner in branch.get("anyOf", [branch])]
        if len(branches) == 2 and branches[1] == NULL and "type" in branches[0]:
            del merged["anyOf"]
            return {**merged, **branches[0], "type": [branches[0]["type"], "null"]}
        merged["anyOf"] = branches
    return merged


def _is_noise(name: str, inner: Any) -> bool:
    return (name == "title" and isinstance(inner, str)) or (name == "default" and inner is None)
