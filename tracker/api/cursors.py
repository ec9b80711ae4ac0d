"""Cursors: where a page begins, as an opaque text that only `next` hands out."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest

from tracker.publication.shapes.filters import BadValue


def encode(place: tuple[Any, ...]) -> str:
    """Return a cursor for a place in a list."""
    return urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def decode(cursor: str, *kinds: type) -> tuple[Any, ...]:
    """Return the place that a cursor stands for, made of values of these types; raise BadValue."""
    try:
        place = msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return msgspec.convert(tuple(place), tuple[kinds])  # type: ignore[valid-type]
    except (ValueError, TypeError):
        raise BadValue(f"“{cursor}” is no cursor; take it from “next”, as it is") from None


def next_address(request: HttpRequest, **changed: str | int) -> str:
    """Return the root-relative address of the next page: this query, with some parameters changed."""
    kept = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
    left_out = {*changed, "as_of"}
    query = [pair for pair in kept if pair[0] not in left_out] + list(changed.items())
    return f"{request.path}?{urlencode(query, safe=',:')}"
