"""Ranges: a part of a file, as who lost a connection or reads Parquet asks for it (RFC 9110, 14): one at a time."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase

A_RANGE = re.compile(r"bytes=\s*(?:(?P<first>[0-9]{1,18})-(?P<last>[0-9]{0,18})|-(?P<suffix>[0-9]{1,18}))\s*", re.ASCII)


class UnsatisfiableError(Exception):
    """A range that begins where the file has ended."""


def requested_range(request: HttpRequest, size: int, tag: str) -> range | None:
    """Return the bytes, by number, that a request asks for of a file of this size and entity tag; None for all of it.

    All of it comes too where several ranges are asked for, or those of another version (`If-Range`). Raises
    Unsatisfiable.
    """
    match = A_RANGE.fullmatch(request.headers.get("Range", "")) if request.method == "GET" else None
    if match is None or request.headers.get("If-Range", tag) != tag:
        return None
    if match["suffix"]:
        first, stop = max(0, size - int(match["suffix"])), size
    else:
        first = int(match["first"])
        stop = min(int(match["last"]) + 1, size) if match["last"] else size
        if match["last"] and int(match["last"]) < first:
            return None  # no range at all
    if first >= size:
        raise UnsatisfiableError
    return range(first, stop)


def mark_part(response: HttpResponseBase, part: range | None, size: int) -> None:
    """Let a response say that parts can be asked for, how long it is, and which part of so many bytes; None is all."""
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(size if part is None else len(part))
    if part is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
