"""What a request to write says in its headers: which version it is about, and why it is made."""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from rest_framework.request import Request

from tracker.api.refusals import NOT_TAKEN, NotDone
from tracker.api.shapes import DeskChange, DeskFault

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
    """Raise NotDone unless the request is about this version: 428 if it says none, 412 with what changed `since`."""
    said = request.headers.get(IF_MATCH, "*").strip()
    if said == "*":
        raise NotDone(428, NO_VERSION, [DeskFault(code="required", detail=NO_VERSION, parameter=IF_MATCH)])
    seen = [int(number) for number in TAG.findall(said)]
    if version not in seen:
        raise NotDone(412, OUTDATED, version=version, changes=since(max(seen)) if seen else [])


def reason(request: Request) -> str:
    """Return why a change is made; raise NotDone for what is no text."""
    try:
        said = unquote_to_bytes(request.headers.get(REASON, "").encode("ascii")).decode().strip()
        if "\x00" in said:
            raise ValueError("a NUL")
        return said
    except ValueError:
        raise NotDone(400, BAD_REASON, [DeskFault(code="invalid", detail=BAD_REASON, parameter=REASON)]) from None


def missing_reason(request: Request) -> list[DeskFault]:
    """Return the fault of a request that says no reason and needs one."""
    return [] if reason(request) else [DeskFault(code="required", detail=NO_REASON, parameter=REASON)]


def check_reason(request: Request) -> None:
    """Raise NotDone if a request says no reason and needs one."""
    if unsaid := missing_reason(request):
        raise NotDone(400, NOT_TAKEN, unsaid)


def check_body(request: Request) -> None:
    """Raise NotDone if a body is too big, or comes in a way in which it isn't read; nothing of it is read here."""
    said = request.headers
    if said.get("Transfer-Encoding") and not said.get("Content-Length"):
        raise NotDone(411, NO_LENGTH)
    length = said.get("Content-Length") or "0"
    if len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
        raise NotDone(413, TOO_BIG)
    if said.get("Content-Encoding", "identity").lower() != "identity":
        raise NotDone(415, NOT_PLAIN)
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise NotDone(415, NOT_UTF_8)
