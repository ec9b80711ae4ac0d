"""The examples of the desk:
what is sent, what is answered and how it is refused, as the OpenAPI document says.

That they are what the team sends to a tracker with the first dataset, and gets, is proved where the
document is made again: `test_openapi`.
"""

import pytest
from jsonschema import Draft202012Validator

from tests.public.api.contract import DESK, check_body, parameters
from tracker.desk.api.openapi.operations import DESK_ENDINGS, DESK_HEADERS, desk_ending
from tracker.public.api.documentation import document

OPERATIONS = {
    operation["operationId"]: operation
    for path, methods in document()["paths"].items()
    if path.startswith(DESK)
    for operation in methods.values()
}
BODIES = {
    name: next(
        media for media in operation["requestBody"]["content"].values() if "examples" in media
    )
    for name, operation in OPERATIONS.items()
    if "requestBody" in operation
}
RESPONSES = {
    f"{name} {status}": content
    for name, operation in OPERATIONS.items()
    for status, response in operation["responses"].items()
    if status < "400"
    for content in response.get("content", {}).values()
}
PROBLEMS = {
    status: document()["components"]["responses"][desk_ending(status)]
    for status in DESK_ENDINGS
    if status >= 400
}


@pytest.mark.parametrize("name", BODIES)
def test_every_body_has_an_example_that_is_as_its_schema_says(name):
    examples = BODIES[name]["examples"].values()

    assert all(example["summary"].endswith(".") for example in examples)
    # A date may be a text here,
    # which the stricter check of answers takes for a term of a vocabulary.
    schema = {**BODIES[name]["schema"], "components": document()["components"]}
    for example in examples:
        Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
            example["value"]
        )


@pytest.mark.parametrize("name", RESPONSES)
def test_every_answer_has_an_example_that_is_as_its_schema_says(name):
    for example in RESPONSES[name]["examples"].values():
        assert f"{DESK}" in example["description"]
        check_body(example["value"], RESPONSES[name]["schema"])


@pytest.mark.parametrize("status", PROBLEMS)
def test_every_way_to_be_refused_has_an_example(status):
    content = PROBLEMS[status]["content"]["application/problem+json"]
    for example in content["examples"].values():
        assert example["value"]["status"] == status
        check_body(example["value"], content["schema"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_parameter_has_an_example(name):
    for parameter in parameters(OPERATIONS[name]):
        shown = (
            parameter["example"]
            if parameter["in"] == "path"
            else parameter["schema"]["examples"][0]
        )
        check_body(shown, parameter["schema"])


@pytest.mark.parametrize("name", DESK_HEADERS)
def test_every_header_has_an_example(name):
    header = document()["components"]["headers"][name]

    check_body(header["example"], header["schema"])
