"""An answer that breaks the contract fails the test that asked for it, however it asked."""

from collections.abc import Callable
from http.client import HTTPConnection

import pytest
from django.http import HttpResponse
from django.test import Client

from tracker.public.api.documentation import document
from tracker.public.api.http.responses import tagged_response
from tracker.public.api.index import CodebookView
from tracker.public.http.problems import problem_response

CODEBOOK = "/api/v1/codebook/"


def broken(kind: str) -> HttpResponse:
    """Return an answer of the codebook that is right but for one thing."""
    right = '{"vocabularies":[],"words":[]}'
    if kind == "a status":
        return problem_response(410, "It was retracted.")
    made = tagged_response(
        '{"vocabularies":[],"words":[],"more":1}' if kind == "a field" else right, on=""
    )
    if kind == "a missing field":
        made.content = b"{}"
    if kind == "a media type":
        made.headers["Content-Type"] = "text/html"
    if kind == "a header":
        del made.headers["Link"]
    if kind == "a 304 with a body":
        made.status_code = 304
    return made


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[HttpResponse], None]:
    """Return a function that lets the codebook answer this."""

    def let(response: HttpResponse) -> None:
        monkeypatch.setattr(CodebookView, "get", lambda *_: response)

    return let


@pytest.mark.parametrize(
    ("kind", "complaint"),
    [
        ("a status", "no 410 is documented"),
        ("a field", "'more' was unexpected"),
        ("a missing field", "'vocabularies' is a required property"),
        ("a media type", "no text/html is documented"),
        ("a header", "no header Link"),
        ("a 304 with a body", "a body that is not documented"),
    ],
)
def test_what_breaks_the_contract_is_found(client, answering, kind, complaint):
    answering(broken("nothing"))
    assert client.get(CODEBOOK).status_code == 200

    answering(broken(kind))
    with pytest.raises(AssertionError, match=complaint):
        client.get(CODEBOOK)


def test_a_parameter_that_is_not_documented_is_found(
    client: Client, answering: Callable[[HttpResponse], None]
) -> None:
    """Where the view takes it; where it does not, it answers 400."""
    assert client.get(f"{CODEBOOK}?colour=red").status_code == 400

    answering(broken("nothing"))
    with pytest.raises(AssertionError, match="colour"):
        client.get(f"{CODEBOOK}?colour=red")


def test_an_address_that_is_not_documented_is_found(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(document()["paths"], CODEBOOK)

    with pytest.raises(AssertionError, match=f"{CODEBOOK} is not documented"):
        client.get(CODEBOOK)


@pytest.mark.django_db(transaction=True)
def test_a_server_that_a_test_starts_is_watched_too(live_server, answering):
    answering(broken("a field"))
    connection = HTTPConnection(live_server.thread.host, live_server.thread.port)

    connection.request("GET", CODEBOOK)

    assert connection.getresponse().status == 500
    connection.close()
