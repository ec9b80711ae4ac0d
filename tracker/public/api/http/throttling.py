"""Throttling: from where too many requests to read come is refused with 429; `public/http/throttling.py` counts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker.public.api.http.exceptions import problem_response
from tracker.public.http.throttling import seconds_to_wait

TOO_MANY = (
    "Too many requests came from your address: {} a second are answered. Try again in {} s; with page_size=500, or"
    " a list as a whole (format=ndjson), you need fewer."
)


def refused_read(request: HttpRequest) -> HttpResponse | None:
    """Count a request to the publication; return its refusal if too many came from this address, else None."""
    seconds = seconds_to_wait(request)
    if not seconds:
        return None
    response = problem_response(429, TOO_MANY.format(settings.READS_PER_SECOND, seconds))
    response.headers["Retry-After"] = str(seconds)
    return response
