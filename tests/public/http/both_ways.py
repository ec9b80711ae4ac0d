"""Asking the WSGI callable for the same thing with plans and without:
what comes back must be the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from math import inf
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tracker.public.http.plans import PlannedFirst

Header = tuple[str, str]


@dataclass(frozen=True)
class Answered:
    """What was answered, with how many statements;
    the id of the request apart, which no two have in common.
    """

    status: str
    headers: list[Header]
    body: bytes
    statements: int

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, "")


class BothWays:
    """Django's application by itself, and behind plans; `passed_on` counts what they left to it."""

    def __init__(self) -> None:
        self.django = get_wsgi_application()
        self.passed_on = 0
        self.planned = PlannedFirst(self._django)
        self.planned.here.looked_at = inf  # that of a test is in a transaction, and would be ended

    def _django(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.passed_on += 1
        return self.django(environ, start_response)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answered:
        """Return the answer to a request, after it was compared with that of a plan,
        as long as there is one.

        The first of those who ask meets Django, and the second the plan, if it has one by now.
        """
        alone = answered(self.django, address, method, headers)
        for _ in range(2):
            planned = answered(self.planned, address, method, headers)
            assert (planned.status, planned.body) == (alone.status, alone.body), address
            assert planned.headers == alone.headers, (
                address,
                {*planned.headers} ^ {*alone.headers},
            )
            assert planned.statements <= alone.statements, address
        return alone

    def is_planned(self, address: str, method: str = "GET", **headers: str) -> bool:
        """Tell whether a request is answered by a plan, once it was answered without."""
        answered(self.planned, address, method, headers)
        before = self.passed_on
        answered(self.planned, address, method, headers)
        return self.passed_on == before


def answered(application: Any, address: str, method: str, headers: dict[str, str]) -> Answered:
    """Ask a WSGI application as a server does."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
    }
    setup_testing_defaults(environ)
    for name, value in headers.items():
        environ[name if name in ("REMOTE_ADDR", "wsgi.url_scheme") else f"HTTP_{name.upper()}"] = (
            value
        )
    heads: list[Any] = []
    connections["publication"].queries_log.clear()  # Django warns of 9,000
    with CaptureQueriesContext(connections["publication"]) as queries:
        response = application(environ, lambda *head: heads.append(head))
        body = b"".join(response)
        getattr(response, "close", lambda: None)()
    status, sent = heads[0]
    named = sorted(header for header in sent if header[0] != "X-Request-Id")
    assert len(named) == len(sent) - 1
    return Answered(
        status, named, body.replace(dict(sent)["X-Request-Id"].encode(), b"its id"), len(queries)
    )
