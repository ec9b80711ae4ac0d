"""The OpenAPI document says everything that a client has to know, and is valid."""

from typing import Annotated, Any

import msgspec
import pytest
from django.core.management import call_command
from drf_spectacular.plumbing import ComponentRegistry
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.public.api.contract import parameters, public_operations, resolved
from tracker.public.api.documentation import document
from tracker.public.api.openapi.operations import OperationSchema
from tracker.public.api.openapi.structs import StructExtension, schemas
from tracker.schema.growth import gained
from tracker.schema.markers import SinceShape
from tracker.schema.records import CLAIMS, FILTERS, SHAPES
from tracker.values.nouns import Noun

OPERATIONS = public_operations()


@pytest.mark.slow
def test_it_is_made_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True)

    captured = capsys.readouterr()
    assert captured.out.startswith("openapi: 3.1.0\n")
    assert captured.err == ""


def test_two_structs_of_one_name_are_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    auto_schema, registry = OperationSchema(), ComponentRegistry()
    auto_schema.registry = registry

    for says in ("One.", "Another."):
        inner = msgspec.defstruct("Inner", [("value", int)], namespace={"__doc__": says})
        outer = msgspec.defstruct(f"Outer{says[:-1]}", [("inner", inner)])
        StructExtension(outer).map_serializer(auto_schema, "response")

    assert (
        'components with identical names "Inner" and different identities'
        in capsys.readouterr().err
    )


def test_a_field_that_a_shape_gained_may_be_absent() -> None:
    shape = msgspec.defstruct("Shape", [("old", int), ("new", Annotated[int, SinceShape(shape=2)])])
    holder = msgspec.defstruct("Holder", [("shapes", list[shape])])  # type: ignore[valid-type]

    by_name = schemas(holder)

    assert by_name["Shape"]["required"] == ["old"]
    assert list(by_name["Shape"]["properties"]) == ["old", "new"]
    assert by_name["Holder"]["required"] == ["shapes"]


def test_it_is_valid() -> None:
    assert document()["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document()).iter_errors()) == []


def test_the_publication_only_has_get() -> None:
    public = [methods for path, methods in document()["paths"].items() if path in OPERATIONS]

    assert {method for methods in public for method in methods} == {"get"}


def test_each_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]

    assert len(names) == len(set(names))
    assert {"StanceList", "StanceDetail", "StanceHistory", "StanceVersion", "ChangeList"} <= set(
        names
    )


@pytest.mark.parametrize("path", OPERATIONS)
def test_everything_about_an_operation_is_described(path: str) -> None:
    operation = OPERATIONS[path]

    assert operation["summary"]
    assert operation["description"].endswith(".")
    assert operation["tags"][0] in {tag["name"] for tag in document()["tags"]}
    assert all(parameter["description"].endswith(".") for parameter in parameters(operation))
    assert all(
        resolved(response)["description"].endswith(".")
        for response in operation["responses"].values()
    )


@pytest.mark.parametrize("name", document()["components"]["schemas"])
def test_everything_in_an_answer_is_described(name: str) -> None:
    """Each schema, and each field by itself or by what it refers to."""
    schema = document()["components"]["schemas"][name]

    assert schema["description"][-1] in ".\n" or "\n* `" in schema["description"]
    assert [
        field for field, inner in schema.get("properties", {}).items() if not is_described(inner)
    ] == []


def is_described(schema: dict[str, Any]) -> bool:
    """Tell whether a field says what it is, itself or by a schema that it refers to."""
    inner = [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
    return (
        "description" in schema or "$ref" in schema or any(is_described(branch) for branch in inner)
    )


@pytest.mark.parametrize("noun", Noun)
def test_each_filter_of_a_list_is_in_it(noun: Noun) -> None:
    documented = parameters(OPERATIONS[f"/api/v1/{noun.plural}/"])
    names = [parameter["name"] for parameter in documented if parameter["in"] == "query"]

    usual = [
        "as_of",
        "edition",
        "release",
        "ordering",
        "fields",
        "page_size",
        "count",
        "cursor",
        "format",
    ]
    assert sorted(names) == sorted([*(declared.name for declared in FILTERS[noun]), *usual])


@pytest.mark.parametrize("noun", Noun)
def test_a_record_has_the_fields_of_its_shape(noun: Noun) -> None:
    schema = document()["components"]["schemas"][SHAPES[noun].__name__]

    head = ["edition", "is_stale"] if noun in CLAIMS else ["edition"]
    assert list(schema["properties"]) == [*head, *SHAPES[noun].__struct_fields__]
    later = {"is_stale", *(field.name for field in gained(SHAPES[noun]))}
    assert schema["required"] == [name for name in schema["properties"] if name not in later]
    assert later - {"is_stale"} <= set(schema["properties"])
