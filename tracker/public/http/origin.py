"""Where the tracker is reached: what absolute addresses in its answers begin with."""

from django.conf import settings
from django.http import HttpRequest


def origin(request: HttpRequest) -> str:
    """Return scheme, host and port: as TRACKER_URL has them, else by which it was asked, if it may be called so.

    Raises DisallowedHost for a name that is none of ours.
    """
    return settings.URL or f"{request.scheme}://{request.get_host()}"
