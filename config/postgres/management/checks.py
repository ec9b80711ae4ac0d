"""What `manage.py doctor` looks at of this machine and of PostgreSQL.

A check is a function that returns Django's messages: an Error is a fault, a Warning advice, Info a
note. CHECKS, each by what it looks at, are made in any case; DATABASE_CHECKS once the database is
there, with its roles and all migrations. Other apps have theirs in `management/checks.py`, too.
"""

import os
import shutil
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.core.checks import CheckMessage, Error, Info, Warning, run_checks
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from config.checks import INSTALLATION
from config.postgres import embedded, own_server
from config.postgres.own_server import has_own_server, refuse_other_version
from config.postgres.serve import THREADS, WORKERS
from config.postgres.trouble import TroubleError, is_full

Check = Callable[[], Iterable[CheckMessage]]
MIB = 1024 * 1024
LEAST_FREE = 64 * MIB  # some files of PostgreSQL's log of changes, which has 16 MiB in each
LEAST_DAYS = 14
SECONDS = 5.0
ALIASES = ("default", "publication")  # connections of each thread
HARMFUL = {
    "fsync": "A power cut can destroy the database",
    "full_page_writes": "A power cut can destroy the database",
    "synchronous_commit": "A crash can lose what somebody was told is saved",
}
SLOW = dict.fromkeys(("autovacuum", "track_counts"), "Queries become slower and slower")
OFF = "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off' ORDER BY name"
CONNECTIONS = """
    SELECT least(sum(CASE name WHEN 'max_connections' THEN 1 ELSE -1 END * setting::int), (
        SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database()
    )) FROM pg_settings WHERE name IN ('max_connections', 'superuser_reserved_connections',
        'reserved_connections')
"""
NEVER_COUNTED = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND reltuples < 0
        AND pg_relation_size(oid) > 1048576
    ORDER BY relname
"""


def column_of(sql: str, *values: list[str]) -> list[Any]:
    """Return the one column that a query has."""
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, values)
        return [value for (value,) in cursor.fetchall()]


def check_settings() -> list[CheckMessage]:
    """Return what `manage.py check --deploy` says of settings,
    and whether readers share the desk's login.
    """
    messages = run_checks(tags=[INSTALLATION], include_deployment_checks=True)
    logins = own_server.logins()
    if has_own_server() and logins[settings.READER] == logins[settings.APPLICATION]:
        what = (
            f"Readers and the desk share the login {logins[settings.READER]}: who steals it from "
            f"one has the other."
        )
        messages.append(Warning(what, "Set DATABASE_READER_URL to a login of the reader's own."))
    return messages


def check_temporary_files() -> Iterator[CheckMessage]:
    """Yield that there is no room for uploads and pictures."""
    place = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - Python would take another if it is full
    if is_full(Path(place)):
        yield Error(
            f"The disk that holds {place} is full.",
            "Free some space on it, or set TMPDIR to another one.",
        )


def check_site() -> Iterator[CheckMessage]:
    """Yield that pages would lack their styles and scripts."""
    if settings.STATIC_ROOT and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        what = f"The site's files aren't in {settings.STATIC_ROOT}, so no page can be shown."
        yield Error(what, "Run `manage.py collectstatic --no-input`.")


def check_certificate() -> Iterator[CheckMessage]:
    """Yield whether browsers believe the address, and for how many days;
    nobody may be reachable from here.
    """
    url = urlsplit(settings.URL)
    if url.scheme != "https":
        return
    try:
        with (
            socket.create_connection((url.hostname, url.port or 443), timeout=SECONDS) as plain,
            ssl.create_default_context().wrap_socket(
                plain, server_hostname=url.hostname
            ) as connection,
        ):
            ends = ssl.cert_time_to_seconds(str((connection.getpeercert() or {})["notAfter"]))
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", "") or error.reason or error
        yield Error(
            f"Browsers refuse {settings.URL}: {why}.",
            "Give the proxy that ends TLS a valid certificate.",
        )
        return
    except OSError as error:
        yield Info(
            f"{settings.URL} can't be reached from here ({error}), so its certificate wasn't "
            f"looked at."
        )
        return
    days = int((ends - time.time()) // 86_400)
    if days < LEAST_DAYS:
        yield Warning(
            f"The certificate of {settings.URL} ends in {days} days.",
            "Renew it, and see why nobody did.",
        )
    else:
        yield Info(f"The certificate of {settings.URL} is valid for {days} days.")


def check_database() -> Iterator[CheckMessage]:
    """Yield why the database isn't of use:
    unreachable, without its roles, of another version, not migrated.
    """
    try:
        if not has_own_server():
            if not embedded.cluster().exists:
                raise TroubleError(
                    f"There is no database in {settings.DATA_DIR}: run `manage.py up`, or "
                    f"set DATABASE_URL."
                )
            embedded.server()
        if troubles := list(own_server.troubles()):
            yield from map(Error, dict.fromkeys(map(str, troubles)))
            return
        refuse_other_version(connections["default"])
    except TroubleError as trouble:
        yield Error(str(trouble))
        return
    executor = MigrationExecutor(connections["default"])
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        name = f"{plan[0][0].app_label}.{plan[0][0].name}"
        yield Error(
            f"The database isn't migrated: {name} is next, {len(plan)} in all.",
            "Run `manage.py migrate`.",
        )


def check_room() -> Iterator[CheckMessage]:
    """Yield how little room the disk has that holds the embedded database."""
    if has_own_server():
        yield Info("How much room the disk of the database's server has can't be seen from here.")
        return
    [size] = column_of("SELECT pg_database_size(current_database())")
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < max(LEAST_FREE, size):
        kind = Error if free < max(LEAST_FREE, size / 10) else Warning
        yield kind(
            f"{free // MIB:,} MiB are free for a database of {size // MIB:,}, on the disk of "
            f"{settings.DATA_DIR}.",
            "Free some space on it, or move the directory to a larger one and set "
            "TRACKER_DATA_DIR.",
        )


def check_extensions() -> list[CheckMessage]:
    """Return which extensions are missing that migrations made."""
    migrations = MigrationLoader(None).disk_migrations.values()
    made = {
        each.name
        for migration in migrations
        for each in migration.operations
        if isinstance(each, CreateExtension)
    }
    missing = made.difference(column_of("SELECT extname FROM pg_extension"))
    return [
        Error(
            f"The extension {name} isn't in the database.",
            f"Run `CREATE EXTENSION {name}` in it, as the owner.",
        )
        for name in sorted(missing)
    ]


def check_durability() -> list[CheckMessage]:
    """Return which settings of PostgreSQL lose data, and which make it slow."""
    hint = (
        "Set it to on where PostgreSQL is configured (the embedded one: "
        "TRACKER_POSTGRES_OPTIONS), and restart it."
    )
    return [
        *(Error(f"{HARMFUL[name]}: {name} is off.", hint) for name in column_of(OFF, [*HARMFUL])),
        *(Warning(f"{SLOW[name]}: {name} is off.", hint) for name in column_of(OFF, [*SLOW])),
    ]


def check_connections() -> Iterator[CheckMessage]:
    """Yield that PostgreSQL lets in fewer than want in at once."""
    needed = int(os.environ.get("WEB_CONCURRENCY") or WORKERS) * THREADS * len(ALIASES)
    [available] = column_of(CONNECTIONS)
    if available < needed:
        what = f"PostgreSQL lets in {available} connections, and the web server may need {needed}."
        yield Error(
            what, "Raise max_connections (or the database's own limit), or lower WEB_CONCURRENCY."
        )


def check_statistics() -> Iterator[CheckMessage]:
    """Yield of which tables PostgreSQL knows nothing, as after a restore."""
    if names := column_of(NEVER_COUNTED):
        yield Warning(
            f"PostgreSQL plans without statistics of {', '.join(names)}.",
            "Run `ANALYZE` as the owner.",
        )


CHECKS: dict[str, Check] = {
    "settings": check_settings,
    "temporary files": check_temporary_files,
    "the site's files": check_site,
    "the certificate": check_certificate,
    "the database": check_database,
}
DATABASE_CHECKS: dict[str, Check] = {
    "room": check_room,
    "extensions": check_extensions,
    "durability": check_durability,
    "connections": check_connections,
    "statistics": check_statistics,
}
