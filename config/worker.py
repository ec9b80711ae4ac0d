"""gunicorn's threaded worker; what it can't read it refuses as the API refuses everything, by a problem (RFC 9457)."""

import json
import os
import signal
from socket import socket
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

REMEDIES = {414: "Ask for less at a time, e.g. by fewer values of a parameter."}
STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGQUIT}


class Worker(ThreadWorker):  # type: ignore[misc]
    """The worker to run the tracker with: gunicorn's own, once this module has been imported.

    Asked to stop while it begins, it stops once it can: gunicorn would lose the signal, wait, and kill it.

    No header changes what was asked, where or how: what proxies say the settings believe, if there are any. gunicorn
    would take SCRIPT_NAME, or X-Forwarded-Ssl, from whoever connects from this machine, as a proxy on it does.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        for name, nothing in {"forwarder_headers": "", "secure_scheme_headers": {}}.items():
            self.cfg.set(name, nothing)

    def init_signals(self) -> None:
        """Take the signals that came since the fork, and all to come."""
        super().init_signals()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)


def write_problem(client: socket, status: int, reason: str, detail: str) -> None:
    """Refuse what is no request, or longer than is read, before the tracker hears of it."""
    detail = f"{detail}. {REMEDIES[status]}" if status in REMEDIES else detail
    body = json.dumps({"type": "about:blank", "title": reason, "status": status, "detail": detail})
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
        f"Content-Length: {len(body)}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        "Access-Control-Allow-Origin: *\r\n\r\n"
    )
    util.write_nonblock(client, f"{head}{body}".encode())


os.register_at_fork(
    before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING),
    after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING),
)
# The one place where gunicorn says no, as a page; it has no setting for that.
util.write_error = write_problem
