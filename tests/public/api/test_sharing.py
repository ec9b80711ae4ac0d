"""Pages of other sites may read the publication, and nothing else; who asks makes no difference."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from tests.factories import ActorFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import publish

pytestmark = pytest.mark.django_db

ELSEWHERE = "https://newsroom.example.org"


@pytest.fixture
def published() -> None:
    publish(ActorFactory(slug="china"))


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "actors/",
            "actors/china/",
            "actors/nobody/",
            "actors/?colour=red",
            "codebook/",
            "changes/",
        ),
        *("nothing/", "nothing", "actors/china/nothing/", "/api/v2/", "/api/nothing"),
    ],
)
def test_a_page_of_another_site_may_read_every_answer(
    reader: Reader, published: None, address: str
) -> None:
    """Errors too, and the headers that a client needs; never with the cookies of who reads."""
    for headers in ({}, {"origin": ELSEWHERE}):
        response = reader.get(address, **headers)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert {"ETag", "Edition", "Link", "Content-Range", "Accept-Ranges", "X-Request-Id"} <= set(
            response.headers["Access-Control-Expose-Headers"].split(", ")
        )


def leave_for(address: str) -> HttpResponse:
    return Client().options(
        address,
        headers={
            "origin": ELSEWHERE,
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )


@pytest.mark.parametrize(
    "address", ["/api/v1/actors/", "/api/v1/actors", "/api/v1/nothing/", "/api/v2/"]
)
def test_a_browser_that_asks_first_may_send_what_its_clients_send(
    published: None, address: str
) -> None:
    """Whatever it is; what is asked for may be nowhere, which it is to be told as well."""
    leave = leave_for(address)

    assert (leave.status_code, leave.content) == (204, b"")
    assert leave.headers["Access-Control-Allow-Origin"] == "*"
    assert leave.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    named = {
        "Content-Type",
        "Cache-Control",
        "X-Requested-With",
        "Range",
        "If-None-Match",
        "Authorization",
        "*",
    }
    assert named <= set(leave.headers["Access-Control-Allow-Headers"].split(", "))


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/admin/login/", "/healthz/live", "/static/tracker/admin.css", "/nothing/"),
        *("/api/v1/desk/", "/api/v1/desk/stances/", "/api/v1/desk/nothing/"),
    ],
)
def test_nothing_else_may_be_read_by_pages_of_other_sites(published: None, path: str) -> None:
    response = Client().get(path, headers={"origin": ELSEWHERE})
    response.close()

    assert "Access-Control-Allow-Origin" not in response.headers


def test_who_asks_makes_no_difference(published: None) -> None:
    user = User.objects.create_superuser("somebody")
    client = Client()
    client.force_login(user)

    mine, anybodys = (reader.get("/api/v1/actors/china/") for reader in (client, Client()))
    assert mine.headers.pop("X-Request-Id") != anybodys.headers.pop("X-Request-Id")
    assert (mine.content, mine.headers.items()) == (anybodys.content, anybodys.headers.items())
    assert "Cookie" not in mine.headers["Vary"]
    assert not mine.cookies
