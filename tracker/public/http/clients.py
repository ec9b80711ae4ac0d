"""From where a request comes, and where it reaches the tracker."""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv6Address
from typing import Any

from django.conf import settings
from django.http import HttpRequest

# of an IPv6 address: one network, usually of one household or machine, has all that begin alike
HOST_BITS = 64


def address_of(meta: Mapping[str, Any]) -> str:
    """Return the address of the client:
    what the outermost of our proxies says, where there are some, else who is connected.
    """
    forwarded = str(meta.get("HTTP_X_FORWARDED_FOR", "")) if settings.PROXIES else ""
    if not forwarded:
        return str(meta.get("REMOTE_ADDR", ""))
    # Each of our proxies added one; whatever stands before those the client may have made up.
    return forwarded.split(",")[-settings.PROXIES :][0].strip()[:100]


@lru_cache(maxsize=1000)
def network_of(address: str) -> str:
    """Return by what an address is counted:
    by itself or, of IPv6, of which anybody has many, by its network.
    """
    if ":" not in address:
        return address
    with suppress(ValueError):
        known = IPv6Address(address)
        return str(known.ipv4_mapped or IPv6Address(int(known) >> HOST_BITS << HOST_BITS))
    return address


def origin(request: HttpRequest) -> str:
    """Return scheme, host and port:
    as TRACKER_URL has them, else by which it was asked, if it may be called so.

    Raises DisallowedHost for a name that is none of ours.
    """
    return settings.URL or f"{request.scheme}://{request.get_host()}"
