"""Every answer below /api/v1/ that any test gets from this process
is checked against the OpenAPI document.

The check is a middleware around all others, so neither a client nor a server that a test starts can
go round it: what breaks the contract fails the test's request.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tests.public.api.contract import ROOT, check


class Checked:
    """Check what is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, unless the answer breaks the contract; raise AssertionError then."""
        response = self.get_response(request)
        if request.path_info.startswith(ROOT):
            check(request, response)
        return response


settings.MIDDLEWARE.insert(0, f"{__name__}.{Checked.__name__}")
