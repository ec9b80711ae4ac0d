"""Version 1 only ever gains things:
its document is held against the one that was committed before it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contract.committed import COMMITTED, ROOT
from tests.contract.comparison import bare, breaks
from tests.contract.mutations import ABSENT, SMALL, changed
from tests.contract.promise import broken, promised
from tracker.public.api.documentation import document, publication
from tracker.values.vocabularies import OpenVocabulary

PROMISED = bare(document())
SCHEMAS = PROMISED["components"]["schemas"]
# What is sent may come to need less; what is answered may not.
SENT = {name for name, schema in SCHEMAS.items() if schema.get("additionalProperties") is False}
OBJECTS = [name for name, schema in SCHEMAS.items() if "properties" in schema]
ONLY_ASKED_FOR = {"Choice"}  # ballots are lists, which are called by its terms
VOCABULARIES = [name for name, schema in SCHEMAS.items() if "enum" in schema]
ONE_IN = 10  # all are compared alike; each kind of difference is in test_comparison
COMPARED = {
    *(
        "type",
        "format",
        "enum",
        "pattern",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
    ),
    *(
        "anyOf",
        "items",
        "properties",
        "required",
        "additionalProperties",
        "$ref",
        "description",
        "title",
        "examples",
    ),
}


def only(*paths: str) -> dict[str, Any]:
    """Return what is promised of some paths; the whole takes a second to compare."""
    return {**PROMISED, "paths": {path: PROMISED["paths"][path] for path in paths}}


def told_by(name: str) -> list[str]:
    """Return the first path whose operations take or answer a schema,
    themselves or in another one.
    """
    return [path for path, item in PROMISED["paths"].items() if name in named(str(item))][:1]


def responses_of(item: dict[str, Any]) -> list[Any]:
    return [operation["responses"] for operation in item.values()]


@cache
def named(node: str) -> set[str]:
    """Return the schemas that a part of the document refers to, also by others."""
    seen, new = set[str](), {node}
    while new:
        refers = {
            match
            for text in new
            for match in re.findall(r"#/components/((?:schemas|responses)/\w+)", text)
        }
        texts = {
            name: str(PROMISED["components"][name.split("/")[0]][name.split("/")[1]])
            for name in refers - seen
        }
        seen |= refers
        new = set(texts.values())
    return {name.split("/")[1] for name in seen}


def test_nothing_that_version_1_promised_is_lost_or_changed() -> None:
    """A client that worked with it once works with it for ever:
    take the change back, or make it a gain.
    """
    assert broken(promised(COMMITTED.read_text(encoding="utf-8")), publication()) == []


def test_what_was_promised_is_the_last_document_that_was_another() -> None:
    """Of the commits, once what is here is committed; what is here, where there are no commits."""
    text = COMMITTED.read_text(encoding="utf-8")
    assert promised("another") in (yaml.safe_load(text), promised(text))


def test_what_is_taken_back_with_a_reason_is_no_break() -> None:
    lost = changed(SMALL, "paths /things/ get parameters 1", ABSENT)
    lost_more = changed(lost, "paths /things/ post", ABSENT)
    size = "GET /things/: parameter size (query): lost"

    assert broken(SMALL, lost, {size: "It never did anything."}) == []
    assert broken(SMALL, lost_more, {size: "It never did anything."}) == [
        "/things/: method post: lost"
    ]


def test_the_document_says_nothing_of_values_that_would_not_be_compared() -> None:
    """Else a change of it would not be found."""
    assert {keyword for schema in schemas(document()) for keyword in schema} <= COMPARED


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema in a part of the document, and the schemas in it."""
    for inner in (
        node if isinstance(node, list) else node.values() if isinstance(node, dict) else []
    ):
        yield from schemas(inner)
    if isinstance(node, dict):
        yield from (node["schemas"].values() if isinstance(node.get("schemas"), dict) else [])
        yield from ([node["schema"]] if isinstance(node.get("schema"), dict) else [])
        yield from (node["properties"].values() if isinstance(node.get("properties"), dict) else [])
        yield from (node["anyOf"] if isinstance(node.get("anyOf"), list) else [])
        yield from (
            node[name]
            for name in ("items", "additionalProperties")
            if isinstance(node.get(name), dict)
        )


@pytest.mark.parametrize("name", OBJECTS[::ONE_IN])
def test_every_field_of_an_answer_is_kept(name: str) -> None:
    """As it would not be if any of these were lost, or only sometimes there."""
    fields, required = list(SCHEMAS[name]["properties"]), SCHEMAS[name].get("required", [])

    part = only(*told_by(name))
    lost = breaks(part, changed(part, f"components schemas {name} properties", {}))
    missing = breaks(part, changed(part, f"components schemas {name} required", []))

    assert [
        field for field in fields if not any(text.endswith(f".{field}: lost") for text in lost)
    ] == []
    assert [
        field
        for field in required
        if not any(f".{field}: may be missing" in text for text in missing)
    ] == (required if name in SENT else [])


@pytest.mark.parametrize("path", [*PROMISED["paths"]][::ONE_IN])
def test_every_parameter_and_ending_of_an_operation_is_kept(path: str) -> None:
    """As they would not be if any of these were lost."""
    part = only(path)
    for method, operation in PROMISED["paths"][path].items():
        without = breaks(part, changed(part, f"paths {path} {method} parameters", []))
        endless = breaks(part, changed(part, f"paths {path} {method} responses", {}))

        assert len(without) == len(operation["parameters"])
        assert len(endless) == len(operation["responses"])
    lost = [f"{path}: method {method}: lost" for method in PROMISED["paths"][path]]
    assert breaks(part, changed(part, f"paths {path}", ABSENT)) == lost


@pytest.mark.parametrize("name", VOCABULARIES)
def test_only_an_open_vocabulary_may_gain_a_term(name: str) -> None:
    """Since others are what programs decide by;
    but for what is only asked for, and in no answer.
    """
    terms = SCHEMAS[name]["enum"]

    answering = [
        path for path, item in PROMISED["paths"].items() if name in named(str(responses_of(item)))
    ]
    part = only(*(answering[:1] or told_by(name)))
    gained = breaks(part, changed(part, f"components schemas {name} enum {len(terms)}", "new_term"))

    may_grow = {
        vocabulary.__name__ for vocabulary in OpenVocabulary.__subclasses__()
    } | ONLY_ASKED_FOR
    assert bool(gained) == (name not in may_grow)


@pytest.mark.slow
def test_a_document_that_breaks_a_promise_is_not_written(tmp_path: Path) -> None:
    before, broken = COMMITTED.read_bytes(), tmp_path / "openapi.yaml"
    broken.write_text(
        yaml.safe_dump(changed(document(), "paths /api/v1/codebook/", ABSENT), sort_keys=False)
    )

    command = [sys.executable, "-m", "tests.contract", str(broken)]
    shell = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    answer = subprocess.run(command, cwd=ROOT, env=shell, capture_output=True, text=True)

    assert (answer.returncode, answer.stdout.splitlines()[0]) == (
        1,
        "/api/v1/codebook/: method get: lost",
    )
    assert COMMITTED.read_bytes() == before
