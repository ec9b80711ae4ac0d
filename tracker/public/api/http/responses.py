"""Responses: JSON as bytes, pages, files, redirects,
with the headers that all of the publication's carry.
"""

from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase

from tracker.public.http.plans import Answer, Plan, Question, link
from tracker.public.read.editions import AnsweringEdition

Response = TypeVar("Response", bound=HttpResponseBase)
as_json = msgspec.json.encode


class TaggedResponse(HttpResponse):
    """A response that can be asked for again on condition that it changed.

    `subject` is what it depends on in the publication; see `tracker.public.api.http.caching`.
    With a `question` it can be answered again by a `plan`.
    """

    subject: str
    question: Question | None = None
    plan: Plan | None = None


class StreamedResponse(StreamingHttpResponse):
    """The same, but its body is made while it is sent, of `source`.

    That ends with the response, and not when it is collected:
    it may have a connection in use until then.
    """

    subject: str
    source: Generator[bytes]

    def close(self) -> None:
        """End the source first, also if the reader left in the midst of it."""
        self.source.close()
        super().close()


class PermanentRedirect(HttpResponseRedirect):
    """A 308: the same request again, at another address."""

    status_code = 308


def of_edition(number: int | None, stamp: int | None) -> str:
    """Return the subject of a response that depends on an edition.

    Its moment is in it too, since a dump that is restored counts its editions again.
    """
    return f"{number or 0}-{stamp}" if stamp else "0"


def tagged_response(
    body: bytes, *, on: str, edition: int | None = None, media_type: str = "application/json"
) -> TaggedResponse:
    """Return what is ready, JSON usually, and depends on the subject `on`;
    say which edition it was read from.
    """
    response = TaggedResponse(body, content_type=media_type)
    response.subject = on
    return with_headers(response, edition)


def file_response(
    pieces: Iterator[bytes],
    *,
    source: Generator[bytes],
    media_type: str,
    name: str,
    answering: AnsweringEdition,
    at_once: int = 0,
) -> TaggedResponse | StreamedResponse:
    """Return a file of this name, streamed; its pieces are made of the source.
    Up to `at_once` bytes are sent at once.

    A browser shows what is for people to read, and saves what is for programs.
    """
    begun, is_whole = _begun(pieces, source, at_once)
    response: TaggedResponse | StreamedResponse
    if is_whole:
        response = TaggedResponse(b"".join(begun), content_type=media_type)
    else:
        response = StreamedResponse(chain(begun, pieces), content_type=media_type)
        response.source = source
    with_headers(response, answering.number or 0)
    response.subject = of_edition(answering.number, answering.stamp)
    shown = "inline" if media_type.startswith(("text/markdown", "text/plain")) else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    return response


def _begun(
    pieces: Iterator[bytes], source: Generator[bytes], size: int
) -> tuple[list[bytes], bool]:
    """Return the first pieces, until they have more than so many bytes,
    and whether these are all.
    """
    begun: list[bytes] = []
    try:
        while sum(map(len, begun)) < size:
            if (piece := next(pieces, None)) is None:
                return begun, True
            begun.append(piece)
    except BaseException:
        source.close()
        raise
    return begun, False


def page_answer(
    results: Iterable[bytes],
    *,
    answering: AnsweringEdition,
    following: str | None,
    count: int | None,
    is_capped: bool = False,
) -> Answer:
    """Return a page of results that are JSON already;
    `following` is the address of the next page.
    """
    edition = answering.number or 0
    head = b'"edition":%d,' % edition
    body = page_body(
        head, results, following, count, b'"count_is_capped":true,' if is_capped else b""
    )
    return Answer(body, of_edition(answering.number, answering.stamp), edition, following)


def page_response(results: Iterable[bytes], **which: Any) -> TaggedResponse:
    """Return a page, of which `page_answer` is told."""
    return answer_response(page_answer(results, **which))


def answer_response(answer: Answer, question: Question | None = None) -> TaggedResponse:
    """Return the response that an answer, to a question, is."""
    response = tagged_response(answer.body, on=answer.subject, edition=answer.edition)
    response.headers["Link"] = link(answer.following)
    response.question = question
    return response


def page_body(
    head: bytes,
    results: Iterable[bytes],
    following: str | None,
    count: int | None,
    more: bytes = b"",
) -> bytes:
    """Return a page of results that are JSON already, after what stands at its head."""
    counted = b"" if count is None else b'"count":%d,%b' % (count, more)
    return b'{%b"next":%b,%b"results":[%b]}' % (
        head,
        as_json(following),
        counted,
        b",".join(results),
    )


def json_response(body: Any, status: int = 200) -> HttpResponse:
    """Return a value as JSON, or what is JSON already."""
    written = body if isinstance(body, bytes) else as_json(body)
    return HttpResponse(written, status=status, content_type="application/json")


def redirect(request: HttpRequest, address: str) -> PermanentRedirect:
    """Return a 308 to `address`, with the query string kept."""
    query = request.META.get("QUERY_STRING", "")
    return PermanentRedirect(f"{address}?{query}" if query else address)


def slash_added(request: HttpRequest) -> PermanentRedirect:
    """Return a 308 to the same address with a slash at its end."""
    return PermanentRedirect(request.get_full_path(force_append_slash=True))


def with_headers(response: Response, edition: int | None) -> Response:
    """Add what every response of the publication says in its header."""
    if edition is not None:
        response.headers["Edition"] = str(edition)
    response.headers["Link"] = link()
    response.headers["Cache-Control"] = "no-cache"
    return response
