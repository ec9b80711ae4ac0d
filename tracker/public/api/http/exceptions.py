"""Exceptions as RFC 9457 problems: `application/problem+json` with all that is wrong, at once."""

import sys
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from rest_framework.exceptions import APIException
from rest_framework.views import exception_handler

from tracker.public.api.http.responses import with_headers
from tracker.public.http.clients import origin
from tracker.public.http.costly import BusyError
from tracker.public.http.parameters import BadRequestError
from tracker.public.http.problems import (
    API,
    is_for_programs,
    parameters_problem,
    problem_response,
    unavailable,
    withheld_problem,
)
from tracker.public.http.request_ids import current_id
from tracker.public.http.unavailable import TOOK_TOO_LONG, UNREACHABLE, reason
from tracker.public.read.records import AbsentError
from tracker.public.read.withheld import WithheldError

RETRY_AFTER = 10  # seconds


class BehindError(APIException):
    """What a copy asks for that holds more than is published here."""

    status_code = 409


def handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Answer an exception of a view as a problem; None for what is a bug."""
    if isinstance(error, SuspiciousOperation):
        return problem_response(400, "The request was refused as it looks.")
    if isinstance(error, WithheldError):
        return withheld_problem(error, origin(context["request"]))
    if isinstance(error, BusyError):
        return unavailable(str(error), error.seconds)
    if isinstance(error, AbsentError):
        return _absent(error)
    if isinstance(error, BadRequestError):
        return parameters_problem(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    answered = problem_response(response.status_code, _detail(error))
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in response.headers:
            answered.headers[name] = response.headers[name]
    return answered


def _detail(error: Exception) -> str:
    if isinstance(error, Http404):
        return str(error) or "There is nothing at this address."
    if isinstance(error, PermissionDenied):
        return "You may not do this."
    return str(getattr(error, "detail", error))


def _absent(error: AbsentError) -> HttpResponse:
    if error.is_gone:
        return with_headers(problem_response(410, str(error)), error.lookup.answering.number or 0)
    return problem_response(404, str(error))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere:
    as a problem below /api/ and for a file, else as a page.
    """
    if request.path.startswith(API):
        return problem_response(
            404, "There is nothing at this address; /api/v1/ lists what there is."
        )
    if is_for_programs(request.path):
        return problem_response(
            404, "There is nothing at this address; /sitemap.xml lists the pages."
        )
    return defaults.page_not_found(
        request, exception or Http404(), template_name="tracker/404.html"
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug, or what can't be done now:
    as a problem below /api/ and for a file, else as a page.
    """
    for_programs = is_for_programs(request.path)
    if why := reason(sys.exception()):
        remedy = "Ask for less at once, or try" if why == TOOK_TOO_LONG else "Nothing was done; try"
        # it may be gone amid COMMIT
        if why == UNREACHABLE and request.method not in ("GET", "HEAD", "OPTIONS"):
            remedy = "It may have been done all the same: look before you try"
        detail = f"{why} {remedy} again in {RETRY_AFTER} s."
        context = {"says": detail, "typed": request.method == "POST", "request_id": current_id()}
        if for_programs:
            return unavailable(detail, RETRY_AFTER)
        headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
        return HttpResponse(
            render_to_string("tracker/503.html", context), status=503, headers=headers
        )
    if for_programs:
        return problem_response(500, "Something went wrong here; it was logged.")
    return HttpResponse(
        render_to_string("tracker/500.html", {"request_id": current_id()}), status=500
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that no view was asked for:
    as a problem below /api/ and for a file, else as a page.
    """
    if is_for_programs(request.path):
        return problem_response(400, "The request was refused as it looks.")
    return defaults.bad_request(
        request, exception or SuspiciousOperation(), template_name="tracker/400.html"
    )
