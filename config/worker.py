"""gunicorn's threaded worker, whose threads wait for nobody;
refusals are problems (RFC 9457), as those of the API.

Its loop receives requests and sends what clients don't take at once; a thread has a request from
when it is there until its answer is made. What is too long for memory a thread waits for: an
upload, an answer in pieces. Half of them may.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from importlib import import_module
from resource import RLIMIT_NOFILE, getrlimit
from selectors import EVENT_READ, EVENT_WRITE
from socket import SHUT_WR, socket
from threading import Semaphore
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

from config.connections import SECONDS, Client, Need, need

PIECE = 65_536  # bytes
LINGER = 2.0  # seconds in which a client may read why it was refused before it is cut off
# bytes of begun requests and finished answers that wait for clients, in each process
MOST_KEPT = 64 * 1024 * 1024
FULL = "As many long answers and uploads as there is room for are under way. Try again in 5 s."
LATE = f"The request wasn't here within {SECONDS:.0f} s."
LARGE = "The headers are larger than 64 KiB. Leave some out."
REMEDIES = {414: "Ask for less at a time, e.g. by fewer values of a parameter."}
request_ids = import_module("tracker.public.http.request_ids")
REFUSALS: list[Callable[[int], None]] = []  # who wants to hear of the status of each
STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGQUIT}


class Connection(TConn):  # type: ignore[misc]
    """A connection, with what is `received` of a request;
    it waits since a moment, until `timeout` at most.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.received, self.since, self.stays = bytearray(), 0.0, True

    @property
    def size(self) -> int:
        return len(self.received) + len(self.sock.unsent)


class Worker(ThreadWorker):  # type: ignore[misc]
    """The worker to run the tracker with: gunicorn's own, once this module has been imported.

    Asked to stop while it begins, it stops once it can:
    gunicorn would lose the signal, wait, and kill it.

    No header changes what was asked, where or how: what proxies say the settings believe, if there
    are any. gunicorn would take SCRIPT_NAME, or X-Forwarded-Ssl, from whoever connects from this
    machine, as a proxy on it does.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        for name, nothing in {"forwarder_headers": "", "secure_scheme_headers": {}}.items():
            self.cfg.set(name, nothing)
        self.worker_connections: int = min(
            self.cfg.worker_connections, getrlimit(RLIMIT_NOFILE)[0] // 2
        )
        self.slots = Semaphore(max(1, self.cfg.threads // 2))
        self.waiting: set[Connection] = set()
        self.next_look, self.arrived = 0.0, 0

    def init_signals(self) -> None:
        """Take the signals that came since the fork, and all to come."""
        super().init_signals()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)

    def load_wsgi(self) -> None:
        """Let no more answers be sent piece by piece than there are slots."""
        self.wsgi: Any = partial(answer, self.app.wsgi())

    def accept(self, listener: socket) -> None:
        """Take a connection in; if there is no room, who has waited longest goes."""
        with suppress(BlockingIOError, ConnectionAbortedError):
            accepted, address = listener.accept()
            if self.nr_conns >= self.worker_connections - 1:
                self._end_longest(self.waiting)
            self.nr_conns += 1
            conn = Connection(
                self.cfg, Client(accepted, self.slots), address, listener.getsockname()
            )
            conn.init()
            self._wait(conn, SECONDS, EVENT_READ, self._receive)

    def handle(self, conn: Connection) -> Any:
        """Answer a request, which has an id before it is read: what is none is told by it, too."""
        request_ids.begin()
        return super().handle(conn)

    def finish_request(self, conn: Connection, done: Any) -> None:
        """Go on after an answer, or after what is no request."""
        conn.sock.give_slot_back()
        conn.stays = (
            not done.cancelled()
            and not done.exception()
            and bool(done.result())
            and not conn.sock.is_late
        )
        if conn.sock.unsent:
            self._wait(conn, SECONDS, EVENT_WRITE, self._send)
            conn.sock.left, conn.sock.since = SECONDS, conn.since
            self._make_room()
        else:
            self._go_on(conn)

    def murder_pending(self) -> None:
        """End what is overdue; a request of which a part is there is told so."""
        now = time.monotonic()
        if now < self.next_look:
            return
        self.next_look = now + 0.5
        for conn in list(self.waiting):
            if conn.sock.unsent and conn.timeout < now:
                conn.timeout = now + conn.sock.look(now)
            if conn.received and conn.timeout < now:
                self._refuse(conn, 408, "Request Timeout", LATE)
            elif conn.timeout < now or not (
                self.alive or conn.sock.unsent or now < conn.since + LINGER
            ):
                self._end(conn)

    def _wait(
        self, conn: Connection, seconds: float, event: int, happens: Callable[[Connection], None]
    ) -> None:
        conn.since = time.monotonic()
        conn.timeout = conn.since + seconds
        with suppress(ValueError):  # closed by gunicorn, since an answer broke off
            self.poller.register(conn.sock, event, partial(self._look, conn, happens))
        self.waiting.add(conn)

    def _look(
        self, conn: Connection, happens: Callable[[Connection], None], client: Client
    ) -> None:
        if conn not in self.waiting:
            return  # it was ended by what came just before
        try:
            happens(conn)
        except OSError:
            self._end(conn)

    def _end_longest(self, among: Iterable[Connection]) -> None:
        if longest := min(among, key=lambda conn: conn.since, default=None):
            self._end(longest)

    def _make_room(self) -> None:
        while sum(each.size for each in self.waiting) > MOST_KEPT:
            self._end_longest(each for each in self.waiting if each.size)

    def _leave(self, conn: Connection) -> None:
        self.waiting.discard(conn)
        with suppress(KeyError, ValueError):
            self.poller.unregister(conn.sock)

    def _end(self, conn: Connection) -> None:
        self._leave(conn)
        self.nr_conns -= 1
        conn.close()

    def _receive(self, conn: Connection) -> None:
        try:
            piece = socket.recv(conn.sock, PIECE)
        except BlockingIOError:
            return
        if not conn.received:
            if not piece:
                self._end(conn)
                return
            conn.since = time.monotonic()
            conn.timeout = conn.since + SECONDS
        conn.received += piece
        self.arrived += len(piece)
        self._take(conn, is_over=not piece)
        if self.arrived > PIECE:  # seldom, since it looks at all
            self.arrived = 0
            self._make_room()

    def _take(self, conn: Connection, is_over: bool = False) -> None:
        """Give a request to a thread once it is here."""
        needed = Need.NOTHING if is_over else need(conn.received, self.cfg.limit_request_line)
        if needed is Need.SMALLER_HEAD:
            self._refuse(conn, 431, "Request Header Fields Too Large", LARGE)
        elif needed is Need.SLOT and not conn.sock.take_slot():
            self._refuse(conn, 503, "Service Unavailable", FULL)
        elif needed in (Need.NOTHING, Need.SLOT):
            self._leave(conn)
            conn.parser.unreader.unread(bytes(conn.received))
            conn.received.clear()
            self.enqueue_req(conn)
        elif needed is Need.BODY:
            conn.timeout = time.monotonic() + SECONDS

    def _refuse(self, conn: Connection, status: int, reason: str, detail: str) -> None:
        self._leave(conn)
        conn.received.clear()
        conn.stays = False
        with suppress(OSError):
            write_problem(conn.sock, status, reason, detail)
        self._go_on(conn)

    def _send(self, conn: Connection) -> None:
        conn.sock.send_rest()
        now = time.monotonic()
        conn.timeout = now + conn.sock.look(now)
        if not conn.sock.unsent:
            self._leave(conn)
            self._go_on(conn)

    def _go_on(self, conn: Connection) -> None:
        """Wait for the next request, or until the client hangs up."""
        if conn.stays:
            conn.received += conn.parser.unreader.take_buffered()
            self._wait(
                conn, SECONDS if conn.received else self.cfg.keepalive, EVENT_READ, self._receive
            )
            if conn.received:
                self._take(conn)
            return
        try:
            conn.sock.shutdown(SHUT_WR)
        except OSError:
            self._end(conn)
        else:
            self._wait(conn, LINGER, EVENT_READ, self._pass_over)

    def _pass_over(self, conn: Connection) -> None:
        if not socket.recv(conn.sock, PIECE):
            self._end(conn)


def answer(
    application: Any, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    """Answer by a WSGI application;
    an answer that is made while it is sent needs a slot, or is refused.
    """
    heads: list[Any] = []
    response: Any = application(environ, lambda *head: heads.append(head))
    is_streamed = getattr(response, "streaming", False) and environ["REQUEST_METHOD"] != "HEAD"
    if is_streamed and not environ["gunicorn.socket"].take_slot():
        response.close()
        headers, body = problem(503, "Service Unavailable", FULL)
        heads, response = [("503 Service Unavailable", [*headers.items()])], [body]
    start_response(*heads[0])
    return response  # type: ignore[no-any-return]


def problem(status: int, reason: str, detail: str) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of a refusal."""
    detail = f"{detail}. {REMEDIES[status]}" if status in REMEDIES else detail
    for count in REFUSALS:
        count(status)
    request_id = request_ids.current_id()
    members = {"type": "about:blank", "title": reason, "status": status, "detail": detail}
    body = json.dumps(members | ({"request_id": request_id} if status >= 500 else {})).encode()
    headers = {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Retry-After, X-Request-Id",
        request_ids.HEADER: request_id,
    }
    return headers | ({"Retry-After": "5"} if status == 503 else {}), body


def write_problem(client: socket, status: int, reason: str, detail: str) -> None:
    """Refuse what is no request, or longer than is read, before the tracker hears of it."""
    headers, body = problem(status, reason, detail)
    lines = [
        f"HTTP/1.1 {status} {reason}",
        "Connection: close",
        *(f"{name}: {headers[name]}" for name in headers),
    ]
    client.sendall("\r\n".join([*lines, "", ""]).encode() + body)


# A signal to stop that comes before a new worker has its handlers waits until `init_signals`.
os.register_at_fork(
    before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING),
    after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING),
)
# The one place where gunicorn says no, as a page; it has no setting for that.
util.write_error = write_problem
