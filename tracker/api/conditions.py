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
        return unquote_to_bytes(request.headers.get(REASON, "")).decode().strip()
    except UnicodeDecodeError:
        raise NotDone(400, BAD_REASON, [DeskFault(code="invalid", detail=BAD_REASON, parameter=REASON)]) from None


def missing_reason(request: Request) -> list[DeskFault]:
    """Return the fault of a request that says no reason and needs one."""
    return [] if reason(request) else [DeskFault(code="required", detail=NO_REASON, parameter=REASON)]


def check_reason(request: Request) -> None:
    """Raise NotDone if a request says no reason and needs one."""
    if unsaid := missing_reason(request):
        raise NotDone(400, NOT_TAKEN, unsaid)
