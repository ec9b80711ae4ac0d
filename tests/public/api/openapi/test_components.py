"""What operations of the OpenAPI document share:
how they end, their headers, pages and vocabularies.
"""

import pytest

from tests.public.api.contract import public_operations, resolved
from tracker.public.api.documentation import document
from tracker.values.nouns import Noun

OPERATIONS = public_operations()


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/api/v1/stances/", "200 304 400 406 414 429 451 503"),
        ("/api/v1/stances/{key}/", "200 304 308 400 404 406 410 414 429 451 503"),
        ("/api/v1/stances/{key}/history/", "200 304 308 400 404 406 414 429 451 503"),
        ("/api/v1/stances/{key}/history/{edition}/", "200 304 308 400 404 406 414 429 451 503"),
        ("/api/v1/editions/{number}/", "200 304 400 404 406 414 429 503"),
        ("/api/v1/codebook/", "200 304 400 406 414 429 503"),
    ],
)
def test_an_operation_says_how_it_can_end(path: str, statuses: str) -> None:
    responses = OPERATIONS[path]["responses"]

    assert sorted(responses) == statuses.split()
    assert all(
        list(resolved(response)["content"]) == ["application/problem+json"]
        for status, response in responses.items()
        if status >= "400"
    )


@pytest.mark.parametrize("path", OPERATIONS)
def test_an_operation_says_what_its_headers_tell(path: str) -> None:
    """How an answer is kept, and asked for again;
    which edition answered, but for what is the same in all.
    """
    responses = {
        status: resolved(response) for status, response in OPERATIONS[path]["responses"].items()
    }

    kept = {"ETag", "Cache-Control", "Vary"}
    also = {"Link"} | ({"Edition"} if "codebook" not in path else set())
    also |= {"Accept-Ranges", "Content-Length"} if "files" in path else set()
    assert set(responses["200"]["headers"]) == kept | also
    assert set(responses["304"]["headers"]) == kept
    assert "308" not in responses or "Location" in responses["308"]["headers"]
    assert all("Cache-Control" in response["headers"] for response in responses.values())


def test_terms_that_may_grow_are_told_from_those_that_may_not() -> None:
    """Where version 1 may gain a term any text may come, so that no client is broken by it."""
    schemas = document()["components"]["schemas"]

    region = schemas["Issue"]["properties"]["region"]["anyOf"]
    assert region == [{"$ref": "#/components/schemas/AnyRegion"}, {"type": "null"}]
    assert schemas["AnyRegion"]["anyOf"] == [
        {"$ref": "#/components/schemas/Region"},
        {"type": "string"},
    ]
    assert "may gain terms" in schemas["Region"]["description"]
    assert schemas["Stance"]["properties"]["position"] == {"$ref": "#/components/schemas/Position"}
    assert "may gain terms" not in schemas["Position"]["description"]


def test_only_the_feed_never_ends() -> None:
    """Its `next` is never null; that of all other lists is on the last page."""
    schemas = document()["components"]["schemas"]
    pages = {
        name: schema["properties"]["next"]["type"]
        for name, schema in schemas.items()
        if name.endswith("Page")
    }

    assert {name for name, kind in pages.items() if kind == "string"} == {"ChangePage"}
    assert {f"{noun.capitalize()}Page" for noun in Noun} < pages.keys()


def test_terms_are_told_with_their_coding_rules() -> None:
    position = document()["components"]["schemas"]["Position"]

    assert "no_evidence" in position["enum"]
    assert "Looked for, and nothing was found" in position["description"]
