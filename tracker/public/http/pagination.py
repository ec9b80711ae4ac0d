"""Pagination of the API: the cursor of the next page, an opaque text that only `next` hands out.

Pages are cut by `paginate` in `public/read/pagination.py`.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest

from tracker.public.http.clients import origin
from tracker.public.read.pagination import Page, Place
from tracker.schema.filters import BadValueError

SAFE = ",:"


def encode(place: Place) -> str:
    """Return a cursor for a place in a list."""
    return urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def decode(cursor: str, *kinds: type) -> Place:
    """Return the place that a cursor stands for, made of values of these types;
    raise BadValueError.
    """
    try:
        written = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        place: Place = msgspec.json.decode(written, type=tuple[kinds])  # type: ignore[valid-type]
        if encode(place) != cursor or any(
            "\x00" in part for part in place if isinstance(part, str)
        ):
            raise ValueError("not as encode() writes it")
    except ValueError:
        raise BadValueError(f"“{cursor}” is no cursor; take it from “next”, as it is") from None
    return place


def next_page(request: HttpRequest, page: Page[Any], *, pinned: bool = True) -> str | None:
    """Return the address of the next page, `pinned` to the edition of this one;
    None on the last.
    """
    if pinned:
        return next_pinned(beginning_of_next(request), page)
    return with_changed(request, cursor=encode(page.after)) if page.after else None


def next_pinned(beginning: str, page: Page[Any]) -> str | None:
    """Return the same of a page that is pinned, by the beginning of the address,
    which no edition changes.
    """
    return f"{beginning}edition={page.edition}&cursor={encode(page.after)}" if page.after else None


def beginning_of_next(request: HttpRequest) -> str:
    """Return how the address of a next page begins that is pinned:
    with all parameters that stay as they are.
    """
    address = without(request, ("edition", "as_of", "release", "cursor"))
    return f"{address}{'&' if '?' in address else '?'}"


def with_changed(request: HttpRequest, **changed: str | int | None) -> str:
    """Return the absolute address of this request with some parameters changed,
    or without them (None).

    An `edition` replaces `as_of` and `release`.
    """
    address = without(
        request, {*changed, *(("as_of", "release") if changed.get("edition") is not None else ())}
    )
    query = urlencode(
        [(name, value) for name, value in changed.items() if value is not None], safe=SAFE
    )
    return f"{address}{('&' if '?' in address else '?') * bool(query)}{query}"


def without(request: HttpRequest, names: Collection[str]) -> str:
    """Return the absolute address of this request without some parameters."""
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in names
    ]
    query = urlencode(kept, safe=SAFE)
    return f"{origin(request)}{request.path}{'?' * bool(query)}{query}"
