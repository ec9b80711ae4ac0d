"""Pages for readers are answered before all that people with a session need: nobody here reads a cookie."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from tracker.public.http.throttling import seconds_to_wait
from tracker.public.site.page import Page, refused

OTHERS = ("/admin/", "/api/", "/healthz/", "/static/")  # who count otherwise, or needn't
# As everywhere, and no script at all.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PagesFirst:
    """Answer what is asked of pages for readers, and pass all else on; count whatever isn't of OTHERS."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.answer = cast(GetResponse, convert_exception_to_response(answer))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or pass on."""
        if not request.path_info.startswith(OTHERS) and (seconds := seconds_to_wait(request.META)):
            return _with_policy(refused(request, seconds))
        with suppress(Resolver404):
            match = resolve(request.path_info)
            if issubclass(getattr(match.func, "view_class", object), Page):
                request.resolver_match = match
                return _with_policy(self.answer(request))
        return self.get_response(request)


def _with_policy(response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Frame-Options"] = "DENY"
    return response


def answer(request: HttpRequest) -> HttpResponseBase:
    """Answer by the view of the address; raise DisallowedHost for a name that isn't ours."""
    request.get_host()
    match: Any = request.resolver_match
    return cast(HttpResponseBase, match.func(request, **match.kwargs))
