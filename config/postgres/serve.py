"""The web server: gunicorn in this process, WEB_CONCURRENCY workers of four threads,
until Ctrl-C or SIGTERM.
"""

import os
import signal
import socket
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

WORKERS, THREADS = 2, 4
SECONDS_TO_FINISH = 10
# characters: as many as gunicorn allows, for searches that aren't in Latin letters
LONGEST_ADDRESS = 8190


class Application(BaseApplication):  # type: ignore[misc]
    """The tracker, on a socket that is bound already and becomes gunicorn's;
    `ready` is called once it listens.
    """

    def __init__(self, listener: socket.socket, ready: Callable[[], None]) -> None:
        self.descriptor = listener.detach()
        self.ready = ready
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        for name, value in {
            "bind": f"fd://{self.descriptor}",
            "worker_class": "config.worker.Worker",
            "workers": int(os.environ.get("WEB_CONCURRENCY") or WORKERS),
            "threads": THREADS,
            "limit_request_line": LONGEST_ADDRESS,
            "preload_app": True,
            "graceful_timeout": SECONDS_TO_FINISH,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": self.when_ready,
        }.items():
            self.cfg.set(name, value)

    def when_ready(self, arbiter: Any) -> None:
        """End with the terminal too:
        gunicorn would reload at SIGHUP, which a loaded application can't.
        """

        def end(*_: object) -> None:
            arbiter.SIG_QUEUE.put_nowait(signal.SIGTERM)

        signal.signal(signal.SIGHUP, signal.SIG_IGN if hangup_is_ignored else end)
        self.ready()

    def load(self) -> Any:
        return import_string(settings.WSGI_APPLICATION)


hangup_is_ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def serve(listener: socket.socket, ready: Callable[[], None]) -> int:
    """Serve until asked to stop, and return the exit status;
    in a worker process it doesn't return.
    """
    master = os.getpid()
    try:
        Application(listener, ready).run()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if os.getpid() != master:
            os._exit(status)
        return status
    return 0
