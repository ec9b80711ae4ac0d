"""Conditional requests: strong entity tags, and 304s that build no body and ask no view.

A tag is `"<subject>.<fingerprint>"`. The subject is what the answer depends on in the publication:
for a list the edition that answers, for one record the edition that opened its version, so what an
edition did not touch keeps its tag. The fingerprint is over all else: the address with its origin,
the query in canonical order, the form and encoding, the build of this code, and the settings that
answers depend on.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, ClassVar, Protocol
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import ResolverMatch
from isal import isal_zlib
from rest_framework.renderers import BaseRenderer

from tracker.public.api.http.responses import Response, StreamedResponse, TaggedResponse
from tracker.public.http import caching
from tracker.public.http.caching import GZIP, IDENTITY
from tracker.public.http.plans import ANY, COMPARED, OUTCOME, TAG, Plan, Question
from tracker.public.http.problems import problem_response
from tracker.public.read.withheld import WithheldError

AS_GZIP = 16  # to `wbits`
BEYOND = "“{}” has {:,} bytes; the range begins after them. What is there already may be all of it."
A_RANGE = re.compile(
    r"bytes=\s*(?:(?P<first>[0-9]{1,18})-(?P<last>[0-9]{0,18})|-(?P<suffix>[0-9]{1,18}))\s*",
    re.ASCII,
)


class Cacheable(Protocol):
    """What is asked of a view whose answers are tagged; see `tracker.public.api.views`."""

    pinned: ClassVar[bool]
    is_file: ClassVar[bool]

    def has_parts(self) -> bool:
        """Tell whether parts of its answers can be asked for."""

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str | None:
        """Return what an answer would depend on; None if there would be none."""

    def form(self, request: HttpRequest) -> type[BaseRenderer] | None:
        """Return the renderer that a request asks for; None if there is none."""


def answered(request: HttpRequest, view: Cacheable, match: ResolverMatch) -> HttpResponseBase:
    """Return a view's answer with its tag, or that it is unchanged."""
    reads = request.method in ("GET", "HEAD")
    is_compared = COMPARED in request.META or OUTCOME in request.META
    response: HttpResponseBase | None = (
        unchanged(request, view, match.kwargs) if reads and not is_compared else None
    )
    if response is None:
        response = tagged(match.func(request, **match.kwargs), request, view, match.kwargs)
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    return response


def plan_of(
    request: HttpRequest, view: Cacheable, path: Mapping[str, Any], question: Question | None = None
) -> Plan:
    """Return how a request is answered again that was read without a fault."""
    fingerprints = {encoding: fingerprint(request, view, encoding) for encoding in _encodings(view)}
    return Plan(partial(view.subject, request.GET, path), fingerprints, question)


def unchanged(
    request: HttpRequest, view: Cacheable, path: Mapping[str, Any]
) -> HttpResponse | None:
    """Return a 304 if the client holds what would be answered."""
    held = request.headers.get("If-None-Match", "")
    if not TAG.search(held):
        return None
    plan = plan_of(request, view, path)
    try:
        tag = plan.unchanged(held, caching.takes_gzip(request))
    except WithheldError:
        return None
    if tag is None:
        return None
    response = _tagged(TaggedResponse(status=304), request, view, tag)
    response.plan = plan
    return response


def tagged(
    response: HttpResponseBase, request: HttpRequest, view: Cacheable, path: Mapping[str, Any]
) -> HttpResponseBase:
    """Tag an answer that has a subject,
    and compress it where the client takes that and it is worth it.

    Of one that is ready a part comes, if that is asked for; of one that is made while it is sent,
    always all. Who holds any answer at all (`If-None-Match: *`) is told that there is one.
    """
    if not isinstance(response, TaggedResponse | StreamedResponse):
        return response
    if request.headers.get("If-None-Match", "").strip() == ANY:
        if isinstance(response, StreamedResponse):
            response.source.close()
        return _tagged(
            HttpResponse(status=304), request, view, tag(request, view, response.subject)
        )
    if isinstance(response, TaggedResponse) and response.question:
        response.plan = plan_of(request, view, path, response.question)
    encoding = IDENTITY
    if GZIP not in _encodings(view):
        pass  # a file
    elif isinstance(response, TaggedResponse):
        encoding = caching.encode(response, request)
    elif caching.takes_gzip(request):
        encoding = response.headers["Content-Encoding"] = GZIP
        response.streaming_content = _compressed(iter(response))
    whole = _tagged(response, request, view, tag(request, view, response.subject, encoding))
    return (
        _part(whole, request) if isinstance(whole, TaggedResponse) and view.has_parts() else whole
    )


def _part(response: TaggedResponse, request: HttpRequest) -> HttpResponse:
    size = len(response.content)
    try:
        part = requested_range(request, size, response.headers["ETag"])
    except UnsatisfiableError:
        return beyond(request.path_info.rpartition("/")[2], size)
    mark_part(response, part, size)
    if part is not None:
        response.content = response.content[part.start : part.stop]
    return response


def beyond(name: str, size: int) -> HttpResponse:
    """Return what is answered if a range begins where a file has ended."""
    refused = problem_response(416, BEYOND.format(name, size))
    refused.headers["Content-Range"] = f"bytes */{size}"
    return refused


def tag(request: HttpRequest, view: Cacheable, subject: str, encoding: str = IDENTITY) -> str:
    """Return the tag of an answer that depends on a subject."""
    return f'"{subject}.{fingerprint(request, view, encoding)}"'


def _compressed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a gzip file of all pieces; the first is sent at once."""
    packer = isal_zlib.compressobj(level=2, wbits=isal_zlib.MAX_WBITS | AS_GZIP)
    for place, piece in enumerate(pieces):
        packed = packer.compress(piece) + (b"" if place else packer.flush(isal_zlib.Z_SYNC_FLUSH))
        if packed:
            yield packed
    yield packer.flush()


def _tagged(response: Response, request: HttpRequest, view: Cacheable, tag: str) -> Response:
    pinned = view.pinned or "edition" in request.GET or "release" in request.GET
    return caching.with_tag(response, tag, "Accept, Accept-Encoding", is_frozen=pinned)


def fingerprint(request: HttpRequest, view: Cacheable, encoding: str) -> str:
    """Return the part of a tag that no edition changes; in whatever order the parameters are."""
    query = urlencode(
        sorted((name, value) for name, values in request.GET.lists() for value in values)
    )
    form = view.form(request)
    return caching.fingerprint(request, query, encoding, form.media_type if form else "")


def _encodings(view: Cacheable) -> tuple[str, ...]:
    """Return in which encodings it may be answered; a file has a length, and parts, as it is."""
    return (IDENTITY,) if view.is_file else (IDENTITY, GZIP)


class UnsatisfiableError(Exception):
    """A range that begins where the file has ended."""


def requested_range(request: HttpRequest, size: int, tag: str) -> range | None:
    """Return the bytes, by number, that a request asks for of a file of this size and entity tag;
    None for all of it.

    All of it comes too where several ranges are asked for, or those of another version
    (`If-Range`). Raises Unsatisfiable.
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
    """Let a response say that parts can be asked for, how long it is,
    and which part of so many bytes; None is all.
    """
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(size if part is None else len(part))
    if part is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
