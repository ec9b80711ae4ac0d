"""Which request is answered:
its id is in each answer and line of the log, and in what errors tell, to be quoted.
"""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from secrets import token_hex
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "X-Request-Id"
SAFE = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class CurrentRequest(NamedTuple):
    """What the log tells of a request;
    method and path are empty until it is read, and queries may be private.
    """

    request_id: str
    method: str = ""
    path: str = ""


CURRENT: ContextVar[CurrentRequest | None] = ContextVar("current_request", default=None)


def begin(method: str = "", path: str = "", forwarded: str = "") -> str:
    """Return the id of a request that this thread answers from now on:
    the one forwarded, if it will do.
    """
    request_id = forwarded if SAFE.fullmatch(forwarded) else new_id()
    CURRENT.set(CurrentRequest(request_id, method, path))
    return request_id


def current_id() -> str:
    """Return the id of the request that this thread answers, or a new one if it answers none."""
    request = CURRENT.get()
    return request.request_id if request else new_id()


def new_id() -> str:
    """Return an id that no other request has."""
    return token_hex(8)


class RequestIds:
    """Give each request its id, which a client can't choose: a proxy may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and name the request in the answer."""
        forwarded = request.META.get("HTTP_X_REQUEST_ID", "") if settings.PROXIES else ""
        request_id = begin(request.method or "", request.path, forwarded)
        response = self.get_response(request)
        response.headers[HEADER] = request_id
        return response


class RequestFilter(logging.Filter):
    """Tells in each record of the log to which request it belongs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add id, method and path to a record; let all through."""
        if request := CURRENT.get():
            vars(record).update(request._asdict())
        return True
