"""The OpenAPI document as YAML and as JSON, and the page over it."""

import json
from functools import partial

import pytest
import yaml
from django.test import Client, override_settings

from tests.api.contract import check_problem
from tracker.api.documentation import COMMITTED, LOADER, document


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        ("", "*/*", "application/vnd.oai.openapi"),
        ("", "application/vnd.oai.openapi", "application/vnd.oai.openapi"),
        ("", "application/yaml", "application/yaml"),
        ("?format=yaml", "application/json", "application/vnd.oai.openapi"),
        ("", "application/json", "application/json"),
        ("", "application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("?format=json", "*/*", "application/json"),
        ("?format=json", "text/html", "application/json"),
    ],
)
def test_the_document_comes_as_yaml_or_as_json(client: Client, query: str, accept: str, media_type: str) -> None:
    """By `format`, else by `Accept`; it is the same."""
    response = client.get(f"/api/v1/schema/{query}", headers={"accept": accept})

    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    read = json.loads if "json" in media_type else partial(yaml.load, Loader=LOADER)
    assert read(response.content) == document()


@pytest.mark.parametrize(
    ("query", "accept", "status"), [("?format=xml", "*/*", 400), ("?lang=de", "*/*", 400), ("", "text/html", 406)]
)
def test_other_forms_are_not_to_be_had(client: Client, query: str, accept: str, status: int) -> None:
    """As everywhere in the API."""
    response = client.get(f"/api/v1/schema/{query}", headers={"accept": accept})

    assert response.status_code == status
    check_problem(response)


def test_it_is_the_committed_file(client: Client) -> None:
    """To the byte."""
    assert client.get("/api/v1/schema/").content == COMMITTED.read_bytes()


def test_it_names_the_licence_that_the_data_have_here(client: Client) -> None:
    """Which is a setting; so its tag is another one then."""
    usual = client.get("/api/v1/schema/?format=json")

    with override_settings(DATA_LICENSE="https://example.org/licence"):
        other = client.get("/api/v1/schema/?format=json")

    licences = [response.json()["info"]["license"]["url"] for response in (usual, other)]
    assert licences == ["https://creativecommons.org/licenses/by/4.0/", "https://example.org/licence"]
    assert usual.headers["ETag"] != other.headers["ETag"]


@pytest.mark.parametrize("query", ["", "?format=json"])
@pytest.mark.parametrize("accept", ["*/*", "application/yaml", "application/json"])
def test_it_is_not_sent_again_to_who_has_it(client: Client, query: str, accept: str) -> None:
    """It depends on no edition: nobody asks the database."""
    whole = client.get(f"/api/v1/schema/{query}", headers={"accept": accept})

    unchanged = client.get(
        f"/api/v1/schema/{query}", headers={"accept": accept, "if-none-match": whole.headers["ETag"]}
    )

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["ETag"] == whole.headers["ETag"]
    assert whole.headers["Cache-Control"] == unchanged.headers["Cache-Control"] == "public, no-cache"


def test_the_page_loads_nothing_from_elsewhere_and_has_no_inline_script_or_style(client: Client) -> None:
    """Under the strict policy of all pages, but for pictures that are in the style sheet."""
    response = client.get("/api/v1/docs/")
    page = response.content.decode()

    policy = response.headers["Content-Security-Policy"]
    assert {"script-src 'self'", "style-src 'self'", "img-src 'self' data:"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == page.count('<script src="/static/')
    assert "http" not in page


def test_the_page_is_only_read(client: Client) -> None:
    """By GET and HEAD."""
    assert client.head("/api/v1/docs/").status_code == 200
    assert client.post("/api/v1/docs/").status_code == 405
