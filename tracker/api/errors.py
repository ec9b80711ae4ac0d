"""Errors as RFC 9457 problems: `application/problem+json` with all that is wrong, at once."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.exceptions import APIException
from rest_framework.views import exception_handler


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a request: which parameter, a code for programs, and words for people."""

    parameter: str
    code: str
    detail: str


class BadRequest(APIException):
    """A request that can't be answered as asked; `faults` says why, all at once."""

    status_code = 400

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("The request has parameters that are unknown or do not parse.")


class Gone(APIException):
    """A record that was withdrawn."""

    status_code = 410
    default_detail = "This record was retracted. Its history tells which versions were public."


def handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Answer an exception of a view as a problem; None for what is a bug."""
    response = exception_handler(error, context)
    if response is None:
        return None
    faults = error.faults if isinstance(error, BadRequest) else []
    if isinstance(error, Http404):
        detail = str(error) or "There is nothing at this address."
    elif isinstance(error, PermissionDenied):
        detail = "You may not do this."
    else:
        detail = str(getattr(error, "detail", error))
    answer = problem(response.status_code, detail, faults)
    for name, value in response.headers.items():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def problem(status: int, detail: str, faults: list[Fault] | None = None) -> HttpResponse:
    """Return a problem: its status, title, detail and, if any, the single faults."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if faults:
        said["errors"] = faults
    answer = HttpResponse(msgspec.json.encode(said), status=status, content_type="application/problem+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere: as a problem below /api/, else as a page."""
    from django.views.defaults import page_not_found

    if request.path.startswith("/api/"):
        return problem(404, "There is nothing at this address; /api/v1/ lists what there is.")
    return page_not_found(request, exception or Http404())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug: as a problem below /api/, else as a page."""
    from django.views.defaults import server_error as page

    if request.path.startswith("/api/"):
        return problem(500, "Something went wrong here; it was logged.")
    return page(request)
