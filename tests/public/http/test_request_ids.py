"""Each request has an id, which its answer, its log and its errors tell;
who may choose it is a proxy of ours alone.
"""

import logging
import re
from typing import Any

import pytest
from django.test import Client, override_settings

from tests.public.api.contract import check_problem
from tracker.public.api.index import CodebookView
from tracker.public.http import request_ids
from tracker.public.http.costly import BusyError
from tracker.public.http.request_ids import RequestFilter

MADE = r"[0-9a-f]{16}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/admin/login/",
        "/api/v1/",
        "/api/v1/nowhere/",
        "/api/v1/codebook",
        "/nowhere/",
        "/healthz/live",
        "/admin",
    ],
)
def test_each_answer_names_its_request(client: Client, path: str) -> None:
    """Redirects and errors too;
    no two requests have one id, and what is kept for others has none in it.
    """
    names = [client.get(path).headers["X-Request-Id"] for _ in range(3)]

    assert len(set(names)) == 3
    assert all(re.fullmatch(MADE, name) for name in names)


@pytest.mark.parametrize(
    ("forwarded", "is_taken"),
    [
        ("5f0c6a1e-1b7b-4d0e-9f0a-2f6f1c1d4e5f", True),
        ("a", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("", False),
        ("a b", False),
        ("a\n", False),
        ("<b>", False),
        ("a,b", False),
        ("é", False),
    ],
)
def test_only_a_proxy_may_name_it_and_only_by_a_short_word(
    client: Client, forwarded: str, is_taken: bool
) -> None:
    """Where none stands in front, whoever asks could make it up."""
    for proxies, expected in ((1, is_taken), (0, False)):
        with override_settings(PROXIES=proxies):
            name = client.get("/healthz/live", headers={"x-request-id": forwarded}).headers[
                "X-Request-Id"
            ]
        assert (name == forwarded) == expected
        assert expected or re.fullmatch(MADE, name)


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("secret"), 500), (BusyError("Later."), 503)]
)
def test_a_problem_of_ours_quotes_it(
    monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    """What is the asker's has it in the header alone: such answers are compared, and kept."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(CodebookView, "get", fail)
    response = Client(raise_request_exception=False).get("/api/v1/codebook/")

    assert (response.status_code, response.json()["request_id"]) == (
        status,
        response.headers["X-Request-Id"],
    )
    check_problem(response)
    assert "request_id" not in Client().get("/api/v1/nowhere/").json()


@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError("secret"), 500), (BusyError("Later."), 503), (OSError(28, "full"), 503)],
)
def test_a_page_of_an_error_quotes_it(
    monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("tracker.public.site.dates.answering", fail)
    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == status
    assert f"<code>{response.headers['X-Request-Id']}</code>" in response.content.decode()


def test_what_is_logged_of_a_request_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    records: list[Any] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    handler = Handler()
    handler.addFilter(RequestFilter())
    monkeypatch.setattr(logging.getLogger("django.request"), "handlers", [handler])
    monkeypatch.setattr("tracker.public.site.dates.answering", lambda *_: 1 / 0)
    response = Client(raise_request_exception=False).get("/about/?q=secret")

    [record] = records
    assert (record.request_id, record.method, record.path) == (
        response.headers["X-Request-Id"],
        "GET",
        "/about/",
    )


def test_what_is_logged_of_no_request_names_none() -> None:
    token = request_ids.CURRENT.set(None)
    try:
        record = logging.makeLogRecord({"msg": "x"})
        assert RequestFilter().filter(record)
        assert not hasattr(record, "request_id")
        assert request_ids.current_id() != request_ids.current_id()
    finally:
        request_ids.CURRENT.reset(token)
