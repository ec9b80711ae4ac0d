"""Why nothing can be done now, which is nobody's fault who asks:
said over HTTP (503), by commands, and in the log.
"""

import logging
import os
import re
from errno import EDQUOT, ENOSPC

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest
from psycopg.errors import UndefinedTable

FULL = "The server's disk is full: somebody must make room on it."
TOOK_TOO_LONG = "It took too long to answer, and was stopped."
DESK = ("/admin/", "/api/v1/desk/")
UNREACHABLE = "The database can't be reached, or has no room for more at once."
# By the beginning of the SQLSTATE, the first that fits: out of time, no room on disk; then what
# else is of the moment or the machine: no connection, no room, stopped, a fault of the system,
# read-only, undone for somebody else.
REASONS = {
    "57014": TOOK_TOO_LONG,
    "53100": FULL,
    **dict.fromkeys(("08", "53", "57", "58"), UNREACHABLE),
    "25006": "The database takes no changes at this moment.",
    "40": "The database was being changed at the same moment.",
}
OURS = re.compile(r"\b(tracker|auth|django)_\w")
RESTORED = "The database is being restored, or made ready: a table is missing."


def reason(error: BaseException | None) -> str:
    """Return in a sentence why what was asked can't be done now;
    an empty text for what is a bug's.
    """
    while error is not None and not isinstance(error, DatabaseError | InterfaceError):
        if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
            return FULL
        error = error.__cause__
    cause = error.__cause__ if error else None
    state = (cause.sqlstate if isinstance(cause, psycopg.Error) else None) or ""
    if isinstance(cause, UndefinedTable):
        return RESTORED if OURS.search(cause.diag.message_primary or "") else ""
    # one that can't be made
    is_of_connection = isinstance(error, OperationalError) or "connection" in str(error)
    if not state and isinstance(error, OperationalError | InterfaceError) and is_of_connection:
        return FULL if os.strerror(ENOSPC) in str(error) else UNREACHABLE
    return next((says for beginning, says in REASONS.items() if state.startswith(beginning)), "")


def in_a_line(error: BaseException) -> str:
    """Return what an error says, without the ends of lines in it."""
    return " ".join(str(error).split()) or type(error).__name__


def _public_path(request: HttpRequest) -> str:
    """Return a path with its query string, but at the desk,
    where that may tell what isn't public.
    """
    return request.path if request.path.startswith(DESK) else request.get_full_path()


class OneLine(logging.Filter):
    """Tells in one line of the log what couldn't be done:
    what was asked, where that is known, and the cause.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record that tells so; let all through."""
        error = record.exc_info[1] if record.exc_info else None
        if error and reason(error):
            request = getattr(record, "request", None)
            says = (
                f"Service Unavailable: {request.method} {_public_path(request)}"
                if request
                else record.getMessage()
            )
            record.msg, record.args, record.exc_info = "%s: %s", (says, in_a_line(error)), None
        return True
