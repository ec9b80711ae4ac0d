"""Answers of the publication: JSON as bytes, with the headers that all of them carry."""

from collections.abc import Generator, Iterable, Iterator
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase

from tracker.publication.read.editions import Answering

Response = TypeVar("Response", bound=HttpResponseBase)


class Tagged(HttpResponse):
    """An answer that can be asked for again on condition that it changed.

    `subject` is what it depends on in the publication; see `tracker.api.http.caching`.
    """

    subject: str


class Streamed(StreamingHttpResponse):
    """The same, but its body is made while it is sent, of `source`.

    That ends with the answer, and not when it is collected: it may have a connection in use until then.
    """

    subject: str
    source: Generator[bytes]

    def close(self) -> None:
        """End the source first, also if the reader left in the midst of it."""
        self.source.close()
        super().close()


class MovedPermanently(HttpResponseRedirect):
    """A 308: the same request again, at another address."""

    status_code = 308


def of_edition(number: int | None, stamp: int | None) -> str:
    """Return the subject of an answer that depends on an edition.

    Its moment is in it too, since a dump that is restored counts its editions again.
    """
    return f"{number or 0}-{stamp}" if stamp else "0"


def answer(body: bytes, *, on: str, edition: int | None = None, media_type: str = "application/json") -> HttpResponse:
    """Return what is ready, JSON usually, and depends on the subject `on`; say which edition it was read from."""
    response = Tagged(body, content_type=media_type)
    response.subject = on
    return with_headers(response, edition)


def file(
    pieces: Iterator[bytes], *, source: Generator[bytes], media_type: str, name: str, answering: Answering
) -> Streamed:
    """Return a whole list, streamed, as a file of this name; its pieces are made of the source."""
    response = with_headers(Streamed(pieces, content_type=media_type), answering.number or 0)
    response.source = source
    response.subject = of_edition(answering.number, answering.stamp)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def with_headers(response: Response, edition: int | None) -> Response:
    """Add what every answer of the publication says in its header."""
    if edition is not None:
        response.headers["Edition"] = str(edition)
    response.headers["Link"] = f'<{settings.DATA_LICENSE}>; rel="license"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def listing(
    results: Iterable[bytes],
    *,
    answering: Answering,
    following: str | None,
    count: int | None,
    is_capped: bool = False,
) -> HttpResponse:
    """Return a page of results that are JSON already; `following` is the address of the next page."""
    edition = answering.number or 0
    counted = b"" if count is None else b'"count":%d,%b' % (count, b'"count_is_capped":true,' if is_capped else b"")
    head = b'{"edition":%d,"next":%b,%b"results":[' % (edition, as_json(following), counted)
    body = b"".join([head, b",".join(results), b"]}"])
    response = answer(body, on=of_edition(answering.number, answering.stamp), edition=edition)
    if following:
        response.headers["Link"] += f', <{following}>; rel="next"'
    return response


def as_json(value: Any) -> bytes:
    """Return a value as JSON."""
    return msgspec.json.encode(value)


def moved(request: HttpRequest, address: str, *, edition: int) -> HttpResponse:
    """Return a 308 to `address`, with the query string kept."""
    query = request.META.get("QUERY_STRING", "")
    return with_headers(MovedPermanently(f"{address}?{query}" if query else address), edition)
