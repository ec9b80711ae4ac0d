"""A PostgreSQL server of one's own (DATABASE_URL):
is it there, is it new enough, has it the roles.
"""

import getpass
from collections.abc import Iterator
from typing import TYPE_CHECKING

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from psycopg.errors import InsufficientPrivilege

from config.postgres import roles
from config.postgres.binaries import OLDEST_VERSION
from config.postgres.embedded import the_roles
from config.postgres.roles import Roles, Row
from config.postgres.trouble import TroubleError

if TYPE_CHECKING:
    from psycopg import Connection

PROVISION = "let an administrator run what `manage.py roles` prints, in that database"


def has_own_server() -> bool:
    """Tell whether the settings name a database server of one's own."""
    described = connections["owner" if settings.DESK else "publication"].settings_dict
    return bool(described["HOST"] or described["OPTIONS"].get("host"))


def roles_by_alias(names: Roles) -> dict[str, str]:
    """Return which connection of the settings works as which role."""
    return {"owner": names.owner, "default": names.application, "publication": names.reader}


def logins() -> dict[str, str]:
    """Return which login takes which role: role → login."""
    return {role: login_name(alias) for alias, role in roles_by_alias(the_roles()).items()}


def login_name(alias: str) -> str:
    described = connections[alias].settings_dict
    return str(described["USER"] or described["OPTIONS"].get("user") or getpass.getuser())


def refuse_other_version(connection: BaseDatabaseWrapper) -> None:
    """Raise TroubleError if an app says (`why_not_write`) that the
    database is of a version to which no way leads.
    """
    applied = MigrationRecorder(connection).applied_migrations()
    for app in apps.get_app_configs():
        if hasattr(app, "why_not_write") and (why := app.why_not_write(applied)):
            raise TroubleError(why)


def make_ready() -> None:
    """See that the server can be used, making its roles if the owner's login may;
    raise TroubleError if not.
    """
    with log_in("owner") as connection:
        refuse_older(connection)
        if not roles.is_prepared(connection, the_roles()):
            try:
                roles.prepare(connection, the_roles(), connection.info.dbname, logins())
            except InsufficientPrivilege as error:
                raise TroubleError(
                    f"The tracker's roles aren't in the database {connection.info.dbname}, "
                    f"and the login {connection.info.user} may not make them "
                    f"({first_line(error)}): {PROVISION}."
                ) from error
    for alias, role in roles_by_alias(the_roles()).items():
        with log_in(alias) as connection:
            refuse_without(connection, role)


def troubles() -> Iterator[TroubleError]:
    """Yield for each connection of the settings why it can't be used; changes nothing."""
    for alias, role in roles_by_alias(the_roles()).items():
        try:
            with log_in(alias) as connection:
                refuse_older(connection)
                if not roles.is_prepared(connection, the_roles()):
                    name = connection.info.dbname
                    raise TroubleError(
                        f"The tracker's roles lack what they need in the database {name}: "
                        f"{PROVISION}."
                    )
                refuse_without(connection, role)
        except TroubleError as trouble:
            yield trouble


def refuse_without(connection: "Connection[Row]", role: str) -> None:
    """Raise TroubleError if the login of a connection may not take its role."""
    if not roles.may_take(connection, role):
        raise TroubleError(
            f"The login {connection.info.user} may not take the role {role}: {PROVISION}."
        )


def log_in(alias: str) -> "Connection[Row]":
    """Connect as a login, before it takes its role;
    raise TroubleError if the server can't be reached.
    """
    try:
        return psycopg.connect(**connections[alias].get_connection_params())
    except psycopg.OperationalError as error:
        if not has_own_server():
            raise TroubleError(
                f"The embedded database server doesn't let us in ({first_line(error)}): end "
                f"programs that are connected"
                " to it, or set TRACKER_POSTGRES_OPTIONS to “-c max_connections=200”, and "
                "start it again."
            ) from error
        described = connections[alias].settings_dict
        place = (
            f"{described['HOST'] or described['OPTIONS'].get('host')}:{described['PORT'] or 5432}"
        )
        raise TroubleError(
            f"The database server {place} of DATABASE_URL doesn't let us in ({first_line(error)}):"
            " start it, or correct DATABASE_URL, or unset it to use the embedded one."
        ) from error


def refuse_older(connection: "Connection[Row]") -> None:
    """Raise TroubleError if the server is older than the oldest that will do."""
    major = connection.info.server_version // 10_000
    if major < OLDEST_VERSION:
        raise TroubleError(
            f"The server of DATABASE_URL is PostgreSQL {major}: use {OLDEST_VERSION} or "
            f"newer, or unset DATABASE_URL "
            "to use the embedded one."
        )


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(": ")
