"""The tracker for a WSGI server,
whose statements end in time and who looks for no garbage in what stays.

With the desk it doesn't start on a database of a newer version.

A page makes thousands of objects, so Python looks for garbage every few pages: among all that was
loaded, too, unless that is set aside. Workers share it as long as nobody writes to it.
"""

import atexit
import gc
import logging
import os
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from time import time
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections
from django.utils.module_loading import import_string
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]

from config.log import JsonFormatter, LineFormatter
from config.postgres.locks import open_lock, try_alone
from config.postgres.own_server import refuse_other_version
from config.postgres.trouble import TroubleError


def count_in_files() -> None:
    """Let the processes of this server count in a directory that goes with it,
    in memory if it may be.

    Each process has a number, by a lock that goes with it, however it ends:
    who has it next counts on in its files.
    """
    memory, master = "/dev/shm", os.getpid()  # noqa: S108 (mkdtemp makes a directory of its own there)
    place = memory if os.access(memory, os.W_OK) else gettempdir()
    for lock in Path(place).glob("tracker-metrics-*/0"):
        with suppress(OSError), lock.open("r+b") as file:
            # who begins has it within a minute
            if time() - lock.stat().st_mtime > 60 and try_alone(file.fileno()):
                rmtree(lock.parent)  # of a server that was killed
    directory = mkdtemp(prefix="tracker-metrics-", dir=place)

    @cache
    def number_of(_: int) -> int:
        return next(
            number for number in count() if try_alone(open_lock(Path(directory, str(number))))
        )

    def remove() -> None:
        if os.getpid() == master:  # a worker that ends leaves what it counted
            rmtree(directory, ignore_errors=True)

    atexit.register(remove)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = directory
    values: Any = import_module("prometheus_client.values")
    values.ValueClass = values.MultiProcessValue(lambda: number_of(os.getpid()))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
databases: dict[str, Any] = settings.DATABASES
for alias, seconds in settings.STATEMENT_SECONDS.items():
    databases[alias]["OPTIONS"]["options"] += f" -c statement_timeout={seconds}s"

if settings.METRICS_TOKEN:  # before what counts is loaded
    count_in_files()
application: Any = get_wsgi_application()
if settings.PLANS:
    count_answer = (
        import_string("tracker.public.api.metrics.count") if settings.METRICS_TOKEN else None
    )
    application = import_string("tracker.public.http.plans.PlannedFirst")(application, count_answer)
try:
    if settings.DESK:
        refuse_other_version(connections["default"])
except TroubleError as trouble:
    print(trouble, file=sys.stderr, flush=True)
    sys.exit(Arbiter.WORKER_BOOT_ERROR)  # by which gunicorn starts no other
except DatabaseError:
    pass  # who asks is told so
finally:
    connections.close_all()
# What the settings say of logs would take gunicorn's handlers away;
# those that its own settings name stay as they are.
logging.getLogger("gunicorn.error").addFilter(
    import_string("tracker.public.http.unavailable.OneLine")()
)
for handler in (
    *logging.getLogger("gunicorn.error").handlers,
    *logging.getLogger("gunicorn.access").handlers,
):
    handler.addFilter(import_string("tracker.public.http.request_ids.RequestFilter")())
    if type(plain := handler.formatter or logging.Formatter()) is logging.Formatter:
        handler.setFormatter(
            formatter := JsonFormatter() if settings.LOG_FORMAT == "json" else LineFormatter()
        )
        # its pattern and dates, which were read from the settings when it was made
        vars(formatter).update(vars(plain))
if settings.METRICS_TOKEN:
    import_module("config.worker").REFUSALS.append(
        import_string("tracker.public.api.metrics.count_refusal")
    )
import_module(settings.ROOT_URLCONF)
# A page makes some ten thousand objects: Python would look through all that is loaded, 50 ms, every
# few pages. What is loaded before workers fork is set aside, which also leaves its memory shared;
# garbage is looked for less often.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
