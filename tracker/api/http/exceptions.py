"""Errors as RFC 9457 problems: `application/problem+json` with all that is wrong, at once."""

import sys
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from psycopg.errors import QueryCanceled
from rest_framework.exceptions import APIException
from rest_framework.views import exception_handler

from tracker.api.http.statuses import title
from tracker.schema.answers import Fault, Problem

PROBLEM = "application/problem+json"
AFTER = 10  # seconds
CONNECTION = "08000"
OF_THE_SERVER = ("08", "53", "57")  # SQLSTATE: no connection, no room, stopped by somebody


class BadRequest(APIException):
    """A request that can't be answered as asked; `faults` says why, all at once."""

    status_code = 400

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("The request has parameters that are unknown or can't be used as given.")


def handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Answer an exception of a view as a problem; None for what is a bug."""
    if isinstance(error, SuspiciousOperation):
        return problem(400, "The request was refused as it looks.")
    response = exception_handler(error, context)
    if response is None:
        return None
    answer = problem(response.status_code, _detail(error), error.faults if isinstance(error, BadRequest) else [])
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer


def _detail(error: Exception) -> str:
    if isinstance(error, Http404):
        return str(error) or "There is nothing at this address."
    if isinstance(error, PermissionDenied):
        return "You may not do this."
    return str(getattr(error, "detail", error))


def problem(status: int, detail: str, faults: list[Fault] | None = None) -> HttpResponse:
    """Return a problem: its status, title, detail and, if any, the single faults."""
    said = Problem("about:blank", title(status), status, detail, faults or msgspec.UNSET)
    answer = HttpResponse(msgspec.json.encode(said), status=status, reason=title(status), content_type=PROBLEM)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere: as a problem below /api/, else as a page."""
    if request.path.startswith("/api/"):
        return problem(404, "There is nothing at this address; /api/v1/ lists what there is.")
    return defaults.page_not_found(request, exception or Http404(), template_name="tracker/404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug, or a database that can't answer now: as a problem below /api/, else as a page."""
    if says := _unavailable(sys.exception()):
        return _not_now(request, says)
    if request.path.startswith("/api/"):
        return problem(500, "Something went wrong here; it was logged.")
    return defaults.server_error(request, template_name="tracker/500.html")


def _unavailable(error: BaseException | None) -> str | None:
    """Return what to say of a database that can't be reached, has no room, or took too long; None for another error."""
    while error is not None and not isinstance(error, OperationalError | InterfaceError):
        error = error.__cause__
    cause = error.__cause__ if error else None
    if isinstance(cause, QueryCanceled):
        return f"It took too long to answer, and was stopped. Ask for less at once, or try again in {AFTER} s."
    state = getattr(cause, "sqlstate", None) or CONNECTION
    if error is None or state[:2] not in OF_THE_SERVER:
        return None
    return f"The database can't be reached, or has no room for more at once. Nothing was done; try again in {AFTER} s."


def _not_now(request: HttpRequest, says: str) -> HttpResponse:
    is_api = request.path.startswith("/api/")
    content = "" if is_api else render_to_string("tracker/503.html", {"says": says, "typed": request.method == "POST"})
    answer = problem(503, says) if is_api else HttpResponse(content, status=503)
    answer.headers["Retry-After"] = str(AFTER)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that was refused before it reached a view: as a problem below /api/, else as a page."""
    if request.path.startswith("/api/"):
        return problem(400, "The request was refused as it looks.")
    return defaults.bad_request(request, exception or SuspiciousOperation())
