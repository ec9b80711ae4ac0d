"""What a request to write says in its headers: which version it is about, and why it is made."""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from rest_framework.request import Request

from tracker.desk.api.http.exceptions import RequestRefusedError, of_header
from tracker.desk.api.shapes import DeskChange
from tracker.values.problems import InvalidError, Problem
from tracker.values.texts import stripped

IF_MATCH, REASON, CLOCK_CHECKED = "If-Match", "Change-Reason", "Clock-Checked"
NO_VERSION = (
    "Say in “If-Match” which version this is about: the `ETag` with which you read the {what}."
)
OUTDATED = "Nothing was done: somebody changed the {what} since{told}. Look again, then try again."
NO_REASON = "the record has been public: say why it changes, in UTF-8, percent-encoded"
BAD_REASON = "it is no percent-encoded UTF-8; write e.g. New%20source"
TAG = re.compile(r'(?<!W/)"([0-9]{1,10})"')


def tag(version: int) -> str:
    return f'"{version}"'


def check_version(
    request: Request,
    version: int,
    since: Callable[[int], list[DeskChange]] | None = None,
    what: str = "record",
) -> None:
    """Raise RefusedError unless the request is about this version.

    428 if it says none, 412 with what changed `since`.
    """
    tags = request.headers.get(IF_MATCH, "*").strip()
    if tags == "*":
        says = NO_VERSION.format(what=what)
        raise RequestRefusedError(428, says, [of_header(IF_MATCH, "required", says)])
    seen = [int(number) for number in TAG.findall(tags)]
    if version not in seen:
        outdated = OUTDATED.format(what=what, told="; “changes” says what" if since else "")
        changes = since(max(seen)) if since and seen else []
        raise RequestRefusedError(412, outdated, version=version, changes=changes)


def reason(request: Request) -> str:
    """Return why a change is made; raise InvalidError for what is no text."""
    try:
        text = unquote_to_bytes(request.headers.get(REASON, "").encode("ascii")).decode()
        if "\x00" in text:
            raise ValueError("a NUL")
        return stripped(text)
    except ValueError:
        raise InvalidError([of_header(REASON, "invalid", BAD_REASON)]) from None


def missing_reason(request: Request) -> list[Problem]:
    """Return what is wrong with a request that says no reason and needs one."""
    return [] if reason(request) else [of_header(REASON, "required", NO_REASON)]


def check_reason(request: Request) -> None:
    """Raise InvalidError if a request says no reason and needs one."""
    if missing := missing_reason(request):
        raise InvalidError(missing)
