"""Errors: problems below /api/, pages elsewhere, and nothing that leads nowhere."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from rest_framework.exceptions import Throttled

from tests.factories import ActorFactory
from tests.public.api.contract import check_problem
from tests.public.api.publishing import publish
from tracker.public.api.http import exceptions
from tracker.public.api.index import CodebookView


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/api/v1/codebook/", {"if-none-match": "{tag}"}, 304),
        ("/api/v1/codebook", {}, 308),
        ("/api/v1/actors/CHN/", {}, 308),
    ],
)
def test_what_has_no_body_says_nothing_of_its_form(
    address: str, headers: dict[str, str], status: int
) -> None:
    publish(ActorFactory(iso3="CHN"))
    held = Client().get("/api/v1/codebook/").headers["ETag"]

    response = Client().get(
        address, headers={name: value.format(tag=held) for name, value in headers.items()}
    )

    assert (response.status_code, response.content) == (status, b"")
    assert "Content-Type" not in response.headers


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that lets the codebook's view raise an error, and asks for it."""

    def ask(error: Exception) -> Any:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr(CodebookView, "get", fail)
        return Client(raise_request_exception=False).get("/api/v1/codebook/")

    return ask


def test_a_bug_is_a_problem_that_tells_nothing(failing: Any) -> None:
    response = failing(RuntimeError("secret"))

    assert response.status_code == 500
    check_problem(response)
    assert b"secret" not in response.content


@pytest.mark.parametrize(
    ("error", "status", "detail"),
    [
        (PermissionDenied(), 403, "You may not do this."),
        (Throttled(wait=7), 429, "Request was throttled. Expected available in 7 seconds."),
    ],
)
def test_what_is_refused_is_a_problem(
    failing: Any, error: Exception, status: int, detail: str
) -> None:
    response = failing(error)

    assert (response.status_code, response.json()["detail"]) == (status, detail)
    check_problem(response)
    assert response.headers.get("Retry-After") == ("7" if status == 429 else None)


@pytest.mark.django_db
def test_more_parameters_than_anybody_needs_are_a_problem() -> None:
    response = Client().get(
        "/api/v1/stances/?" + "&".join(f"id={number}" for number in range(1, 10_002))
    )

    assert response.status_code == 400
    check_problem(response)


def test_a_host_that_is_not_ours_is_refused() -> None:
    request = Client().get("/healthz/live").wsgi_request

    request.path = "/api/v1/"
    check_problem(exceptions.bad_request(request))
    request.path = "/"
    page = exceptions.bad_request(request)
    assert page.status_code == 400
    assert "This request can’t be understood" in page.content.decode()


@pytest.mark.parametrize("address", ["/nothing", "/stances/", "/api"])
def test_elsewhere_an_address_that_leads_nowhere_is_a_page(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")
    assert "There is nothing at this address" in response.content.decode()
    assert 'href="/api/v1/docs/"' in response.content.decode()


def test_elsewhere_a_bug_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("tracker.public.site.dates.answering", lambda _: fail())

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()
    assert "secret" not in response.content.decode()
