"""The OpenAPI document and its public part as YAML and as JSON, and the pages over them."""

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import yaml
from django.test import Client, override_settings
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.public.api.contract import check_problem
from tracker.public.api.documentation import COMMITTED, LOADER, document, publication

ADDRESSES = {"/api/v1/schema/": document, "/api/v1/schema/public/": publication}


@pytest.mark.parametrize("address", ADDRESSES)
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
def test_the_document_comes_as_yaml_or_as_json(client, address, query, accept, media_type):
    response = client.get(f"{address}{query}", headers={"accept": accept})

    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    read = json.loads if "json" in media_type else partial(yaml.load, Loader=LOADER)
    assert read(response.content) == ADDRESSES[address]()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("query", "accept", "status"), [("?format=xml", "*/*", 400), ("?lang=de", "*/*", 400), ("", "text/html", 406)]
)
def test_other_forms_are_not_to_be_had(client: Client, address: str, query: str, accept: str, status: int) -> None:
    response = client.get(f"{address}{query}", headers={"accept": accept})

    assert response.status_code == status
    check_problem(response)


def test_it_is_the_committed_file(client: Client) -> None:
    assert client.get("/api/v1/schema/").content == COMMITTED.read_bytes()


def test_the_public_part_has_all_that_the_publication_is_and_nothing_of_the_desk() -> None:
    """Each part of it as in the whole, and nothing that no operation refers to."""
    whole, part = document(), publication()
    kinds = {kind: set(named) for kind, named in part["components"].items()}

    assert part["paths"] == {path: path_item for path, path_item in whole["paths"].items() if "/desk/" not in path}
    assert all(
        whole["components"][kind][name] == part["components"][kind][name] for kind in kinds for name in kinds[kind]
    )
    assert {f"#/components/{kind}/{name}" for kind, names in kinds.items() for name in names} == set(references(part))
    assert list(OpenAPIV31SpecValidator(part).iter_errors()) == []
    assert not [tag for tag in part["tags"] if tag["name"].startswith("desk")]
    assert set(kinds) == {"schemas", "responses", "headers", "parameters"}


def references(part: Any) -> Iterator[str]:
    yield from re.findall(r'"\$ref": "(.*?)"', json.dumps(part))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("form", ["json", "yaml"])
def test_it_names_the_licence_that_the_data_have_here(client: Client, address: str, form: str) -> None:
    """Which is a setting; so its tag is another one then."""
    usual = client.get(f"{address}?format={form}")

    with override_settings(DATA_LICENSE="https://example.org/licence"):
        other = client.get(f"{address}?format={form}")

    licences = [yaml.load(response.content, Loader=LOADER)["info"]["license"]["url"] for response in (usual, other)]
    assert licences == ["https://creativecommons.org/licenses/by/4.0/", "https://example.org/licence"]
    assert usual.headers["ETag"] != other.headers["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("query", ["", "?format=json"])
@pytest.mark.parametrize("accept", ["*/*", "application/yaml", "application/json"])
def test_it_is_not_sent_again_to_who_has_it(client: Client, address: str, query: str, accept: str) -> None:
    whole = client.get(f"{address}{query}", headers={"accept": accept})

    unchanged = client.get(f"{address}{query}", headers={"accept": accept, "if-none-match": whole.headers["ETag"]})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["ETag"] == whole.headers["ETag"]
    assert whole.headers["Cache-Control"] == unchanged.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    ("page", "schema", "other"),
    [("/api/v1/docs/", "/api/v1/schema/public/", "/api/v1/docs/whole/"),
     ("/api/v1/docs/whole/", "/api/v1/schema/", "/api/v1/docs/")],
)  # fmt: skip
def test_the_page_shows_the_publication_first_and_leads_to_the_whole(client, page, schema, other):
    shown = client.get(page).content.decode()

    counts = [sum(map(len, part["paths"].values())) for part in (publication(), document())]
    assert f'href="{schema}"' in shown
    assert f'href="{other}"' in shown
    assert all(str(count) in shown for count in counts)


@pytest.mark.parametrize("page", ["/api/v1/docs/", "/api/v1/docs/whole/"])
def test_the_page_loads_nothing_from_elsewhere_and_has_no_inline_script_or_style(client: Client, page: str) -> None:
    """Under the strict policy of all pages, without a script at all."""
    response = client.get(page)
    text = response.content.decode()

    policy = response.headers["Content-Security-Policy"]
    assert {"script-src 'self'", "style-src 'self'", "img-src 'self'"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    assert "<style" not in text
    assert "style=" not in text
    assert "<script" not in text
    loaded = re.findall(r'<(?:link|img)[^>]* (?:href|src)="([^"]*)"', text)
    assert [url for url in loaded if url and not url.startswith("/static/")] == []


def test_the_page_is_only_read(client: Client) -> None:
    for page in ("/api/v1/docs/", "/api/v1/docs/whole/"):
        assert client.head(page).status_code == 200
        assert client.post(page).status_code == 405


def test_the_page_leads_to_every_schema_that_it_names(client: Client) -> None:
    text = client.get("/api/v1/docs/whole/").content.decode()
    names = re.findall(r' id="([^"]+)"', text)

    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(names)
    assert {f"schema-{name}" for name in document()["components"]["schemas"]} <= set(names)
    assert "`" not in re.sub(r"<pre>.*?</pre>", "", text, flags=re.DOTALL)
    assert "**" not in re.sub(r"<(pre|code)>.*?</\1>", "", text, flags=re.DOTALL)
