"""Pages of the desk, which are of no edition."""

from collections.abc import Iterable

from django.http import HttpResponse

from tracker.public.api.http.responses import json_response, page_body


def desk_page(results: Iterable[bytes], following: str | None, count: int | None) -> HttpResponse:
    """Return a page of the desk's, which is of no edition."""
    response = json_response(page_body(b"", results, following, count))
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response
