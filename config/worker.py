"""gunicorn's threaded worker; what it can't read it refuses as the API refuses everything, by a problem (RFC 9457)."""

import json
from socket import socket

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]


class Worker(ThreadWorker):  # type: ignore[misc]
    """The worker to run the tracker with: gunicorn's own, once this module has been imported."""


def write_problem(client: socket, status: int, reason: str, detail: str) -> None:
    """Refuse what is no request, or longer than is read, before the tracker hears of it."""
    body = json.dumps({"type": "about:blank", "title": reason, "status": status, "detail": detail})
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
        f"Content-Length: {len(body)}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n"
    )
    util.write_nonblock(client, f"{head}{body}".encode())


# The one place where gunicorn says no, as a page; it has no setting for that.
util.write_error = write_problem
