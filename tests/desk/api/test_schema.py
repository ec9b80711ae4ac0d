"""What the OpenAPI document says of the desk: every operation, what it takes and how it ends."""

import pytest

from tests.public.api.contract import DESK, parameters, resolved
from tracker.models.nouns import RECORDS
from tracker.public.api.documentation import document
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

OPERATIONS = {
    operation["operationId"]: (path, method, operation)
    for path, methods in document()["paths"].items()
    if path.startswith(DESK)
    for method, operation in methods.items()
}
TAGS = {tag["name"] for tag in document()["tags"]}
SCHEMAS = document()["components"]["schemas"]


def test_every_operation_has_a_name_of_its_own():
    count = sum(
        len(methods) for path, methods in document()["paths"].items() if path.startswith(DESK)
    )

    assert len(OPERATIONS) == count
    made = ("List", "Create", "Detail", "Update")
    assert {f"Desk{noun.capitalize()}{kind}" for noun in Noun for kind in made} <= set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_everything_about_an_operation_is_described(name):
    path, method, operation = OPERATIONS[name]
    headers = {
        parameter["name"] for parameter in parameters(operation) if parameter["in"] == "header"
    }

    assert operation["summary"]
    assert operation["description"].endswith(".")
    assert operation["tags"][0] in TAGS
    assert operation["security"] == [{"token": []}, {"session": []}]
    assert all(parameter["description"].endswith(".") for parameter in parameters(operation))
    assert all(
        resolved(response)["description"].endswith(".")
        for response in operation["responses"].values()
    )
    assert ("If-Match" in headers) == (("{key}" in path or "{upload}" in path) and method != "get")
    assert ("Idempotency-Key" in headers) == (method == "post")
    assert {"400", "401", "403", "429", "503"} <= operation["responses"].keys()


@pytest.mark.parametrize("noun", Noun)
def test_a_body_says_what_the_fields_of_the_tables_say(noun):
    new, changed = (SCHEMAS[f"{prefix}{SHAPES[noun].__name__}"] for prefix in ("New", "Changed"))

    assert new["properties"] == changed["properties"]
    assert "required" not in changed
    for name in new["required"]:
        field = RECORDS[noun]._meta.get_field(name)
        assert new["properties"][name]["description"] == field.help_text
    assert set(new["properties"]) - {"ref"} <= set(SHAPES[noun].__struct_fields__)
    assert set(SHAPES[noun].__struct_fields__) - set(new["properties"]) <= {"id", "score"}


def test_a_term_of_the_codebook_is_told_with_its_coding_rules():
    position = SCHEMAS["NewStance"]["properties"]["position"]

    assert position["$ref"] == "#/components/schemas/Position"
    assert "* `supports`:" in SCHEMAS["Position"]["description"]


def test_only_the_desk_takes_a_login():
    assert document()["security"] == []
    assert set(document()["components"]["securitySchemes"]) == {"token", "session"}
