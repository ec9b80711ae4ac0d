"""The publication answers first:
its addresses go straight to their views, before all that people with a session need.

So the same request gets the same bytes, whoever asks: nobody here reads a cookie.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from tracker.public.api.http.exceptions import bad_request
from tracker.public.api.http.responses import slash_added
from tracker.public.api.views import PublicView
from tracker.public.http.plans import COUNTED
from tracker.public.http.problems import API, is_for_programs, problem_response
from tracker.public.http.throttling import seconds_to_wait
from tracker.public.site.page import Page, PageError, error_page

GetResponse = Callable[[HttpRequest], HttpResponseBase]
DESK = "/api/v1/desk/"
UNCOUNTED = (DESK, "/admin/", "/healthz/", "/static/")  # who count otherwise, or needn't
OF_API = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Content-Disposition, Content-Range, Edition, ETag, Link, Retry-After, "
        "X-Request-Id"
    ),
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
# As everywhere, and no script at all.
OF_PAGES = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action "
        "'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    # Nothing that a header says does any harm here; those that are named are for browsers that
    # don't know “*”, and Authorization, which it doesn't stand for.
    "Access-Control-Allow-Headers": (
        "*, Accept, Authorization, Cache-Control, Content-Type, If-None-Match, If-Range, Pragma, "
        "Range, X-Requested-With"
    ),
    "Access-Control-Max-Age": "86400",
}
TOO_MANY = "Too many requests came from your address: {} a second are answered. Try again in {} s"
FEWER = "{}; with page_size=500, or a list as a whole (format=ndjson), you need fewer."


class PublicationFirst:
    """Count and answer what is asked of the publication, and pass all else on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.answer = cast(GetResponse, convert_exception_to_response(answer))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or pass on; an address that leads nowhere is passed on too."""
        path, view = request.path_info, _view_of(request)
        is_api = path.startswith(API) and not path.startswith(DESK)
        is_preflight = is_api and _is_preflight(request)
        if not (is_preflight or path.startswith(UNCOUNTED)) and (
            refusal := _refused(request, is_api)
        ):
            return _with_headers(refusal, is_api)
        if is_preflight and (view is None or issubclass(view, PublicView)):
            return _with_headers(HttpResponse(status=204, headers=PREFLIGHT), is_api)
        if view and issubclass(view, PublicView | Page):
            return _with_headers(self.answer(request), is_api)
        response = self._elsewhere(request, view)
        return _with_headers(response, is_api) if is_api and view is None else response

    def _elsewhere(self, request: HttpRequest, view: type | None) -> HttpResponseBase:
        """Answer what is not asked of the publication."""
        if any("\x00" in value for value in request.COOKIES.values()):
            return bad_request(request)  # whoever looks for it in the database would be refused
        match: Any = request.resolver_match  # perhaps that of the address with a slash at its end
        is_short = (
            view is not None and not request.path_info.endswith("/") and match.route.endswith("/")
        )
        return slash_added(request) if is_short else self.get_response(request)


def answer(request: HttpRequest) -> HttpResponseBase:
    """Answer by the view of the address; raise DisallowedHost for a name that isn't ours."""
    request.get_host()
    match: Any = request.resolver_match
    view = _class_of(match.func)
    response = (
        view.answer(request, match)
        if issubclass(view, PublicView)
        else match.func(request, **match.kwargs)
    )
    return cast(HttpResponseBase, response)


def _view_of(request: HttpRequest) -> type | None:
    """Return the view of an address, of the API also with the slash at its end;
    None if it leads nowhere.
    """
    path = request.path_info
    for address in (
        (path,) if path.endswith("/") or not path.startswith(API) else (path, f"{path}/")
    ):
        with suppress(Resolver404):
            request.resolver_match = resolve(address)
            return _class_of(request.resolver_match.func)
    return None


def _class_of(view: Any) -> type:
    return cast(type, getattr(view, "cls", getattr(view, "view_class", object)))


def _is_preflight(request: HttpRequest) -> bool:
    """Tell whether a browser asks if a page of another site may ask."""
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def _refused(request: HttpRequest, is_api: bool) -> HttpResponse | None:
    """Count a request to the publication;
    return its refusal if too many came from this address, else None.
    """
    seconds = 0 if COUNTED in request.META else seconds_to_wait(request.META)
    if not seconds:
        return None
    says = TOO_MANY.format(settings.READS_PER_SECOND, seconds)
    if is_api:
        response = problem_response(429, FEWER.format(says))
    elif is_for_programs(request.path_info):
        response = problem_response(429, f"{says}.")
    else:
        response = error_page(request, PageError(429, f"{says}."))
    response.headers["Retry-After"] = str(seconds)
    return response


def _with_headers(response: HttpResponseBase, is_api: bool) -> HttpResponseBase:
    """Add what every answer of the API, or every page, says in its header;
    a picture has a policy of its own.
    """
    for name, value in (OF_API if is_api else OF_PAGES).items():
        response.headers.setdefault(name, value)
    return response
