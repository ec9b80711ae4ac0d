"""The parts of the OpenAPI document that operations share: what answers hold, how else they end, their headers."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import msgspec

from tracker.api.statuses import title
from tracker.schema import answers
from tracker.schema.codebook import used
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind, Instrument, MeetingKind, Outlet, ParticipantRole, Region, Theme
from tracker.values.vocabulary import Vocabulary

SCHEMAS = "#/components/schemas/"
TOLD = (answers.Edition, answers.Release, answers.Change, answers.Version, answers.Codebook, answers.Problem)
OPEN = frozenset({ActorKind, Instrument, MeetingKind, Outlet, ParticipantRole, Region, Theme})
MAY_GROW = "Version 1 may gain terms here: take one that you don't know as a text."
NULL = {"type": "null"}
Schema = dict[str, Any]


def components() -> dict[str, dict[str, Schema]]:
    """Return everything that operations refer to, by kind and name."""
    always = {name: {**header, "required": True} for name, header in HEADERS.items()}
    return {"schemas": dict(sorted(_schemas().items())), "responses": _endings(), "headers": always}


def reference(kind: str, name: str) -> Schema:
    """Return a reference to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


HEADERS: dict[str, Schema] = {
    "ETag": {
        "description": "Changes whenever the answer does; send it as `If-None-Match` next time.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {
        "description": "How long it may be kept: a day if the address names an edition or a release, else only as long "
        "as the tracker, asked on condition, says 304.",
        "schema": {"type": "string"},
    },
    "Accept-Ranges": {"description": "That parts of it can be asked for.", "schema": {"type": "string"}},
    "Content-Length": {"description": "How many bytes come.", "schema": {"type": "integer", "minimum": 0}},
    "Content-Range": {"description": "Which bytes come, and of how many.", "schema": {"type": "string"}},
    "Vary": {"description": "The headers of the request on which it depends.", "schema": {"type": "string"}},
    "Edition": {"description": "The edition that answered.", "schema": {"type": "integer", "minimum": 0}},
    "Link": {"description": "The data's licence and, in lists, the next page, absolute.", "schema": {"type": "string"}},
    "Location": {"description": "Where to go on.", "schema": {"type": "string", "format": "uri-reference"}},
    "Retry-After": {"description": "How many seconds to wait.", "schema": {"type": "integer", "minimum": 1}},
}
ENDINGS: dict[int, tuple[str, tuple[str, ...]]] = {
    304: ("Nothing changed since the answer that `If-None-Match` tells of.", ("ETag", "Cache-Control", "Vary")),
    308: ("The key is an older one or a code, or the record was merged into another: go to `Location`.",
          ("Location", "Cache-Control", "Edition", "Link")),
    400: ("A parameter is unknown or can't be used as given; `errors` names each.", ("Cache-Control",)),
    404: ("Nothing was ever published here, or not yet in this edition.", ("Cache-Control",)),
    406: ("The form that `Accept` asks for is not to be had.", ("Cache-Control",)),
    410: ("The record was retracted; its history still answers.", ("Cache-Control", "Edition", "Link")),
    414: ("The address is longer than is read: ask for less at a time.", ("Cache-Control",)),
    416: ("The range begins after the end of the file.", ("Content-Range", "Cache-Control")),
    429: ("Too many requests came from your address: wait as long as `Retry-After` says.",
          ("Retry-After", "Cache-Control")),
    503: ("The database can't be reached or has no room for more, or the answer took too long. Nothing was done: "
          "wait as long as `Retry-After` says.", ("Retry-After", "Cache-Control")),
}  # fmt: skip


def headers(*names: str) -> Schema:
    """Return the headers of an answer, by reference; it always has them."""
    return {name: reference("headers", name) for name in names}


def ending(status: int) -> Schema:
    """Return how an operation can end other than well, by reference."""
    return reference("responses", _title(status))


def page(name: str, *, endless: bool, capped: bool) -> Schema:
    """Return the schema of a page of results of this name; `next` is never null if the list is `endless`."""
    cap = {"type": "boolean", "description": "There, and true, if a search found more than it counts and gives."}
    following = {"type": "string" if endless else ["string", "null"], "format": "uri"}
    says = "Where to go on, now or later; absolute." if endless else "The next page, absolute; null on the last."
    return {
        "type": "object",
        "description": f"One page of a list; each result is one {name}.",
        "properties": {
            "edition": {"type": "integer", "description": "The edition that answered; 0 before the first."},
            "next": {**following, "description": says},
            "count": {"type": "integer", "description": "How many results there are in all, if asked for."},
            **({"count_is_capped": cap} if capped else {}),
            "results": {"type": "array", "items": reference("schemas", name)},
        },
        "required": ["edition", "next", "results"],
    }


def _title(status: int) -> str:
    return title(status).replace(" ", "")


def _endings() -> dict[str, Schema]:
    problem = {"application/problem+json": {"schema": reference("schemas", "Problem")}}
    return {
        _title(status): {
            "description": says,
            "headers": headers(*carried),
            **({"content": problem} if status >= HTTPStatus.BAD_REQUEST else {}),
        }
        for status, (says, carried) in ENDINGS.items()
    }


def _schemas() -> dict[str, Schema]:
    found = shaped([*SHAPES.values(), *TOLD])
    records = [shape.__name__ for shape in SHAPES.values()]
    listed = [*records, "Version", "Edition", "Release", "Change"]
    return {
        **found,
        **{name: _with_edition(found[name]) for name in records},
        **{vocabulary.__name__: terms(vocabulary) for vocabulary in used()},
        **{f"Any{kind.__name__}": _open(kind) for kind in OPEN},
        **{f"{name}Page": page(name, endless=name == "Change", capped=name in records) for name in listed},
        "Index": _index(),
    }


def shaped(types: Iterable[type]) -> dict[str, Schema]:
    """Return the schemas of types, and of those in them, by name; no title, by which generators would call them too."""
    found = msgspec.json.schema_components(types, schema_hook=vocabulary, ref_template=SCHEMAS + "{name}")[1]
    return {
        name: {key: said for key, said in plain(schema).items() if key != "title"} for name, schema in found.items()
    }


def terms(vocabulary: type[Vocabulary]) -> Schema:
    """Return the schema of a vocabulary, with its coding rules."""
    says = f"{vocabulary.definition()} {MAY_GROW}" if vocabulary in OPEN else vocabulary.definition()
    rules = "".join(f"\n* `{term.value}`: {term.rule}" for term in vocabulary)
    return {"type": "string", "enum": vocabulary.values, "description": f"{says}\n{rules}"}


def _open(kind: type[Vocabulary]) -> Schema:
    """Return the schema of a term of a vocabulary that may grow.

    It has a name of its own, since a choice without one has made generators of clients go round in circles.
    """
    says = f"{kind.definition()} A term of `{kind.__name__}`, or one that version 1 gained since."
    return {"description": says, "anyOf": [reference("schemas", kind.__name__), {"type": "string"}]}


def vocabulary(kind: type) -> Schema:
    """Return a reference to the schema of a term in an answer: any text may come where the vocabulary may grow."""
    if not issubclass(kind, Vocabulary):
        raise TypeError(f"{kind} has no public form")
    return reference("schemas", f"Any{kind.__name__}" if kind in OPEN else kind.__name__)


def plain(schema: Any) -> Any:
    """Return a schema that says the same as tools like it best.

    It has no choice in a choice, null as a second type where there is one other, and says that a list holds anything.
    """
    if isinstance(schema, list):
        return [plain(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    anything: Schema = {"items": {}} if schema.get("type") == "array" else {}
    said = {**anything, **{name: plain(inner) for name, inner in schema.items()}}
    if "anyOf" in said:
        branches = [inner for branch in said["anyOf"] for inner in branch.get("anyOf", [branch])]
        if len(branches) == 2 and branches[1] == NULL and "type" in branches[0]:
            del said["anyOf"]
            return {**said, **branches[0], "type": [branches[0]["type"], "null"]}
        said["anyOf"] = branches
    return said


def _with_edition(schema: Schema) -> Schema:
    number = {"type": "integer", "description": "The number of the edition that opened this version of the record."}
    return {
        **schema,
        "properties": {"edition": number, **schema["properties"]},
        "required": ["edition", *schema["required"]],
    }


def _index() -> Schema:
    latest = {"type": "integer", "description": "The latest edition; 0 before the first."}
    address = {"type": "string", "format": "uri-reference"}
    lists = {noun.plural: {**address, "description": f"The {noun.plural}."} for noun in Noun}
    others = {
        "editions": "What was published when.",
        "changes": "What changed, in order.",
        "releases": "Editions with a name, to be cited.",
        "codebook": "What the terms mean.",
        "schema": "This document.",
        "docs": "This document, to be read and tried out.",
    }
    records = {
        "type": "array",
        "description": "Where all records of an edition are, in the order in which its digest takes them.",
        "items": {
            "type": "object",
            "properties": {
                "resource": {"type": "string", "description": "The plural in addresses."},
                "url": {**address, "description": "All of them, contested ones too."},
            },
            "required": ["resource", "url"],
        },
    }
    links = {**lists, **{name: {**address, "description": says} for name, says in others.items()}}
    return {
        "type": "object",
        "description": "What is here: addresses by name.",
        "properties": {"edition": latest, **links, "records": records},
        "required": ["edition", *links, "records"],
    }
