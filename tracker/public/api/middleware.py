"""The publication answers first: its addresses go straight to their views, before all that people with a session need.

So the same request gets the same bytes, whoever asks: nobody here reads a cookie.
"""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, resolve

from tracker.public.api.http.caching import tagged, unchanged
from tracker.public.api.http.exceptions import bad_request, problem_response
from tracker.public.api.http.responses import PermanentRedirect, with_headers
from tracker.public.api.views import PublicView
from tracker.public.http.plans import COMPARED, COUNTED, OUTCOME
from tracker.public.http.throttling import seconds_to_wait

GetResponse = Callable[[HttpRequest], HttpResponseBase]
PREFIX, DESK = "/api/", "/api/v1/desk/"
EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Disposition, Content-Range, Edition, ETag, Link, "
    "Retry-After, X-Request-Id",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
WITHOUT_A_BODY = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    # Nothing that a header says does any harm here; those that are named are for browsers that don't know “*”, and
    # Authorization, which it doesn't stand for.
    "Access-Control-Allow-Headers": "*, Accept, Authorization, Cache-Control, Content-Type, If-None-Match, If-Range, "
    "Pragma, Range, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}
TOO_MANY = (
    "Too many requests came from your address: {} a second are answered. Try again in {} s; with page_size=500, or"
    " a list as a whole (format=ndjson), you need fewer."
)


class PublicApiMiddleware:
    """Answer what is asked of the publication, and pass all else on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.respond = cast(GetResponse, convert_exception_to_response(respond))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or pass on; an address that leads nowhere is passed on too."""
        is_here = request.path_info.startswith(PREFIX) and not request.path_info.startswith(DESK)
        view = _view_of(request) if request.path_info.startswith(PREFIX) else None
        if view is None or not issubclass(view, PublicView):
            counts = is_here and not _is_preflight(request)
            response = (refused_read(request) if counts else None) or self._elsewhere(request, view)
            return _with_headers(response) if is_here and view is None else response
        response = self.respond(request)
        if isinstance(response, HttpResponse):
            if not response.content and response.status_code != HTTPStatus.OK:
                del response.headers["Content-Type"]
            if response.status_code not in WITHOUT_A_BODY:
                response.headers["Content-Length"] = str(len(response.content))
        elif isinstance(response, StreamingHttpResponse) and request.method == "HEAD":
            response.streaming_content = ()
        return _with_headers(response)

    def _elsewhere(self, request: HttpRequest, view: type | None) -> HttpResponseBase:
        """Answer what is not asked of the publication."""
        if any("\x00" in value for value in request.COOKIES.values()):
            return bad_request(request)  # whoever looks for it in the database would be refused
        if view is None and _is_preflight(request) and request.path_info.startswith(PREFIX):
            return HttpResponse(status=204, headers=PREFLIGHT)
        match: Any = request.resolver_match  # perhaps that of the address with a slash at its end
        is_short = view is not None and not request.path_info.endswith("/") and match.route.endswith("/")
        return (
            PermanentRedirect(request.get_full_path(force_append_slash=True))
            if is_short
            else self.get_response(request)
        )


def _with_headers(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in EVERYWHERE.items():
        response.headers[name] = value
    return response


def _is_preflight(request: HttpRequest) -> bool:
    """Tell whether a browser asks if a page of another site may ask."""
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def _view_of(request: HttpRequest) -> type | None:
    """Return the view of an address, or of the same with the slash at its end; None if it leads nowhere."""
    path = request.path_info
    for address in (path,) if path.endswith("/") else (path, f"{path}/"):
        with suppress(Resolver404):
            request.resolver_match = resolve(address)
            return getattr(request.resolver_match.func, "cls", object)
    return None


def respond(request: HttpRequest) -> HttpResponseBase:
    """Answer a request to one of the views of the publication."""
    request.get_host()  # refuses names that are not ours
    match: Any = request.resolver_match
    if _is_preflight(request):
        return HttpResponse(status=204, headers=PREFLIGHT)
    if refused := refused_read(request):
        return refused
    view: PublicView = match.func.cls(**match.func.initkwargs)
    if not request.path_info.endswith("/") and not (view.is_file or view.only):
        return with_headers(PermanentRedirect(request.get_full_path(force_append_slash=True)), None)
    reads = request.method in ("GET", "HEAD")
    is_compared = COMPARED in request.META or OUTCOME in request.META
    response: HttpResponseBase | None = unchanged(request, view, match.kwargs) if reads and not is_compared else None
    if response is None:
        response = tagged(match.func(request, **match.kwargs), request, view, match.kwargs)
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    return response


def refused_read(request: HttpRequest) -> HttpResponse | None:
    """Count a request to the publication; return its refusal if too many came from this address, else None."""
    seconds = 0 if COUNTED in request.META else seconds_to_wait(request.META)
    if not seconds:
        return None
    response = problem_response(429, TOO_MANY.format(settings.READS_PER_SECOND, seconds))
    response.headers["Retry-After"] = str(seconds)
    return response
