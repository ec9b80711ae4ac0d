"""What a request to write says in its headers: which version it is about, and why it is made."""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from rest_framework.request import Request

from tracker.api.http.desk_exceptions import RequestRefused, of_header
from tracker.api.shapes import DeskChange
from tracker.values.problems import Invalid, Problem

IF_MATCH, REASON = "If-Match", "Change-Reason"
NO_VERSION = "Say in “If-Match” which version this is about: the `ETag` with which you read the record."
OUTDATED = "Nothing was done: somebody changed the record since; “changes” says what. Look again, then try again."
NO_REASON = "the record has been public: say why it changes, in UTF-8, percent-encoded"
LARGEST_BODY = 1_000_000  # bytes
TOO_BIG = "Nothing was done: the body has more than 1 MB. Send less at a time, or import a file."
NO_LENGTH = "Nothing was done: the body comes without “Content-Length”. Send it whole, not in chunks."
NOT_PLAIN = "Nothing was done: the body is compressed. Send it as it is, without “Content-Encoding”."
NOT_UTF_8 = "Nothing was done: the body is to be JSON in UTF-8; “Content-Type” says otherwise."
BAD_REASON = "it is no percent-encoded UTF-8; write e.g. New%20source"
TAG = re.compile(r'(?<!W/)"([0-9]{1,10})"')


def tag(version: int) -> str:
    """Return the `ETag` of a record at the desk."""
    return f'"{version}"'


def check_version(request: Request, version: int, since: Callable[[int], list[DeskChange]]) -> None:
    """Raise Refused unless the request is about this version: 428 if it says none, 412 with what changed `since`."""
    said = request.headers.get(IF_MATCH, "*").strip()
    if said == "*":
        raise RequestRefused(428, NO_VERSION, [of_header(IF_MATCH, "required", NO_VERSION)])
    seen = [int(number) for number in TAG.findall(said)]
    if version not in seen:
        raise RequestRefused(412, OUTDATED, version=version, changes=since(max(seen)) if seen else [])


def reason(request: Request) -> str:
    """Return why a change is made; raise Invalid for what is no text."""
    try:
        said = unquote_to_bytes(request.headers.get(REASON, "").encode("ascii")).decode().strip()
        if "\x00" in said:
            raise ValueError("a NUL")
        return said
    except ValueError:
        raise Invalid([of_header(REASON, "invalid", BAD_REASON)]) from None


def missing_reason(request: Request) -> list[Problem]:
    """Return what is wrong with a request that says no reason and needs one."""
    return [] if reason(request) else [of_header(REASON, "required", NO_REASON)]


def check_reason(request: Request) -> None:
    """Raise Invalid if a request says no reason and needs one."""
    if unsaid := missing_reason(request):
        raise Invalid(unsaid)


def check_body(request: Request) -> None:
    """Raise Refused if a body is too big, or comes in a way in which it isn't read; nothing of it is read here."""
    check_length(request, LARGEST_BODY, TOO_BIG)
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise RequestRefused(415, NOT_UTF_8)


def check_length(request: Request, largest: int, too_big: str) -> None:
    """Raise Refused if a body is larger, or comes in pieces or compressed."""
    said = request.headers
    if said.get("Transfer-Encoding") and not said.get("Content-Length"):
        raise RequestRefused(411, NO_LENGTH)
    length = said.get("Content-Length") or "0"
    if len(length) > len(str(largest)) or int(length) > largest:
        raise RequestRefused(413, too_big)
    if said.get("Content-Encoding", "identity").lower() != "identity":
        raise RequestRefused(415, NOT_PLAIN)
