"""Errors as RFC 9457 problems: `application/problem+json` with all that is wrong, at once."""

from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults
from rest_framework.exceptions import APIException
from rest_framework.views import exception_handler

from tracker.api.statuses import title
from tracker.publication.shapes.answers import Fault, Problem

PROBLEM = "application/problem+json"


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
    """Answer a bug: as a problem below /api/, else as a page."""
    if request.path.startswith("/api/"):
        return problem(500, "Something went wrong here; it was logged.")
    return defaults.server_error(request, template_name="tracker/500.html")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that was refused before it reached a view: as a problem below /api/, else as a page."""
    if request.path.startswith("/api/"):
        return problem(400, "The request was refused as it looks.")
    return defaults.bad_request(request, exception or SuspiciousOperation())
