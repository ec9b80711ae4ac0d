"""The OpenAPI document and its public part as YAML and as JSON, and the pages over them."""

import gzip
import json
import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Any

import pytest
import yaml
from django.test import Client, override_settings
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.public.api.contract import check_problem
from tracker.public.api.documentation import DOCUMENT, LOADER, document, publication

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
    ("query", "accept", "status"),
    [("?format=xml", "*/*", 400), ("?lang=de", "*/*", 400), ("", "text/html", 406)],
)
def test_other_forms_are_not_to_be_had(
    client: Client, address: str, query: str, accept: str, status: int
) -> None:
    response = client.get(f"{address}{query}", headers={"accept": accept})

    assert response.status_code == status
    check_problem(response)


def test_it_is_the_committed_file(client: Client) -> None:
    assert client.get("/api/v1/schema/").content == DOCUMENT.read_bytes()


def test_the_public_part_has_all_that_the_publication_is_and_nothing_of_the_desk() -> None:
    """Each part of it as in the whole, and nothing that no operation refers to."""
    whole, part = document(), publication()
    kinds = {kind: set(named) for kind, named in part["components"].items()}

    assert part["paths"] == {
        path: path_item for path, path_item in whole["paths"].items() if "/desk/" not in path
    }
    assert all(
        whole["components"][kind][name] == part["components"][kind][name]
        for kind in kinds
        for name in kinds[kind]
    )
    assert {
        f"#/components/{kind}/{name}" for kind, names in kinds.items() for name in names
    } == set(references(part))
    assert list(OpenAPIV31SpecValidator(part).iter_errors()) == []
    assert not [tag for tag in part["tags"] if tag["name"].startswith("desk")]
    assert set(kinds) == {"schemas", "responses", "headers", "parameters"}


def references(part: Any) -> Iterator[str]:
    yield from re.findall(r'"\$ref": "(.*?)"', json.dumps(part))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("form", ["json", "yaml"])
def test_it_names_the_licence_that_the_data_have_here(
    client: Client, address: str, form: str
) -> None:
    """Which is a setting; so its tag is another one then."""
    usual = client.get(f"{address}?format={form}")

    with override_settings(DATA_LICENSE="https://example.org/licence"):
        other = client.get(f"{address}?format={form}")

    licences = [
        yaml.load(response.content, Loader=LOADER)["info"]["license"]["url"]
        for response in (usual, other)
    ]
    assert licences == [
        "https://creativecommons.org/licenses/by/4.0/",
        "https://example.org/licence",
    ]
    assert usual.headers["ETag"] != other.headers["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("query", ["", "?format=json"])
@pytest.mark.parametrize("accept", ["*/*", "application/yaml", "application/json"])
def test_it_is_not_sent_again_to_who_has_it(
    client: Client, address: str, query: str, accept: str
) -> None:
    whole = client.get(f"{address}{query}", headers={"accept": accept})

    unchanged = client.get(
        f"{address}{query}", headers={"accept": accept, "if-none-match": whole.headers["ETag"]}
    )

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["ETag"] == whole.headers["ETag"]
    assert (
        whole.headers["Cache-Control"] == unchanged.headers["Cache-Control"] == "public, no-cache"
    )


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
def test_the_page_loads_nothing_from_elsewhere_and_has_no_inline_script_or_style(
    client: Client, page: str
) -> None:
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


def page_of(client: Client, address: str, **headers: str) -> str:
    return unescape(client.get(address, headers=headers).content.decode())


@pytest.mark.parametrize(
    "address", ["/api/v1/docs/", "/api/v1/docs/whole/", "/api/v1/docs/?q=stance"]
)
def test_the_page_is_compressed_for_who_takes_that(client: Client, address: str) -> None:
    response = client.get(address, headers={"accept-encoding": "gzip"})

    assert (response.headers["Content-Encoding"], response.headers["Vary"]) == (
        "gzip",
        "Accept-Encoding",
    )
    assert gzip.decompress(response.content).decode() == client.get(address).content.decode()
    assert len(response.content) < 200_000  # of 1.3 and 2.3 MB


def test_the_page_lists_all_operations_and_leads_to_each(client: Client) -> None:
    page = page_of(client, "/api/v1/docs/")
    contents = page[
        page.index('id="all-operations"') : page.index("</nav>", page.index('id="all-operations"'))
    ]
    anchors = re.findall(r'href="#([^"]+)"', contents)

    assert set(anchors) == {
        of["operationId"] for methods in publication()["paths"].values() for of in methods.values()
    }
    assert all(page.count(f'id="{anchor}"') == 1 for anchor in anchors)


@pytest.mark.parametrize(
    ("searched", "first"),
    [
        ("cited_on", ("GET /api/v1/sources/: cited_on", "SourceList")),
        ("CONFIDENCE", ("GET /api/v1/alignments/: confidence", "AlignmentList")),
        ("Stance", ("Stance", "schema-Stance")),
        ("/api/v1/changes/", ("GET /api/v1/changes/", "ChangeList")),
    ],
)
def test_an_operation_a_parameter_or_a_field_is_found(
    client: Client, searched: str, first: tuple[str, str]
) -> None:
    """What is called so comes first; each leads to its place on the page."""
    page = page_of(client, f"/api/v1/docs/?q={searched}")
    [anchor, name] = re.findall(r'<dt><a href="/api/v1/docs/#([^"]+)"><code>([^<]+)</code>', page)[
        0
    ]

    assert (name, anchor) == first
    assert f'id="{anchor}"' in page_of(client, "/api/v1/docs/")


def test_a_search_finds_nothing_of_the_desk_where_it_is_not_shown(client: Client) -> None:
    assert "has this in its name" in page_of(client, "/api/v1/docs/?q=If-Match")
    assert "<dt>" in page_of(client, "/api/v1/docs/whole/?q=If-Match")
    assert "“<bdi><b></bdi>”" in page_of(client, "/api/v1/docs/?q=%3Cb%3E")
    assert "<bdi><b>" not in client.get("/api/v1/docs/?q=%3Cb%3E").content.decode()


def test_an_operation_is_tried_with_values_of_ones_own(client: Client) -> None:
    """The fields that were left empty are left out;
    without a value that the address needs one is back at the form.
    """
    tried = {
        "StanceList/?actor=&issue=a%26b&on=2019-01-01": (
            "/api/v1/stances/?issue=a%26b&on=2019-01-01"
        ),
        "StanceList/": "/api/v1/stances/",
        "StanceDetail/?key=35&fields=": "/api/v1/stances/35/",
        "StanceDetail/?key=../desk/users": "/api/v1/stances/..%2Fdesk%2Fusers/",
        "StanceDetail/?key=": "/api/v1/docs/#StanceDetail",
    }
    for sent, address in tried.items():
        assert client.get(f"/api/v1/docs/try/{sent}").headers["Location"] == address
    assert client.get("/api/v1/docs/try/nothing/").status_code == 404


def test_every_form_on_the_page_is_of_an_operation_that_reads(client: Client) -> None:
    page = page_of(client, "/api/v1/docs/whole/")
    forms = re.findall(r'<form method="get" action="/api/v1/docs/try/([^/]+)/">', page)

    reads = {
        methods["get"]["operationId"]
        for path, methods in publication()["paths"].items()
        if "get" in methods and path.endswith("/")
    }
    assert set(forms) == reads
    assert "<script" not in page


@pytest.mark.django_db
def test_each_command_of_the_publication_is_answered(client: Client, first_dataset: None) -> None:
    """At the address of this tracker; with an answer that the page shows."""
    commands = re.findall(
        r"<code>curl '([^']+)'</code>", page_of(client, "/api/v1/docs/", host="testserver")
    )

    assert len(commands) == sum(map(len, publication()["paths"].values()))
    for address in commands:
        assert address.startswith("http://testserver/api/v1/")
        assert client.get(address.removeprefix("http://testserver")).status_code in (200, 302), (
            address
        )


def test_commands_of_the_desk_have_a_token_and_no_braces(client: Client) -> None:
    """curl would take what stands in braces for a list."""
    commands = re.findall(r"<code>(curl [^<]+)</code>", page_of(client, "/api/v1/docs/whole/"))
    of_the_desk = [command for command in commands if "/api/v1/desk/" in command]

    assert of_the_desk
    assert [
        command for command in of_the_desk if "Bearer $TOKEN" not in command or "{" in command
    ] == []
