"""The embedded server of these settings, for whoever connects without naming a server."""

import os
import shlex
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import Connection, sql

from config.postgres import roles, users
from config.postgres.cluster import SUPERUSER, Cluster
from config.postgres.postmaster import Postmaster
from config.postgres.roles import Roles, Row

DATABASE = "tracker"
MIB = 1024 * 1024
# MiB: PostgreSQL's own default, and what most trackers fit into
LEAST_BUFFERS, MOST_BUFFERS = 128, 1024
SHARE_OF_MEMORY = 8
RANDOM_PAGE_COST = 1.1  # in memory, or on an SSD, a page anywhere costs hardly more than the next
MEMORY_LIMIT = Path("/sys/fs/cgroup/memory.max")


@cache
def cluster() -> Cluster:
    """Return the cluster in DATA_DIR;
    TRACKER_POSTGRES_OPTIONS are further arguments of its server.
    """
    options = shlex.split(os.environ.get("TRACKER_POSTGRES_OPTIONS", ""))
    own = ["-c", f"shared_buffers={shared_buffers()}", "-c", f"random_page_cost={RANDOM_PAGE_COST}"]
    return Cluster(settings.DATA_DIR, [*own, *options])


def server() -> Postmaster:
    """Return the running server, creating and starting it if need be;
    it stays while this process lives.
    """
    return users.join(cluster(), prepare)


def the_roles() -> Roles:
    """Return the names that the settings give the roles."""
    return Roles(settings.OWNER, settings.APPLICATION, settings.READER)


def prepare(server: Postmaster) -> None:
    """Make the roles and the database, unless they are there."""
    names = the_roles()
    with connect(server, "postgres", autocommit=True) as connection:
        for role in names.names:
            connection.execute(roles.creation(role))
        known = connection.execute(
            "SELECT FROM pg_catalog.pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
        if known is None:
            making = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(making.format(sql.Identifier(DATABASE), sql.Identifier(names.owner)))
    with connect(server, DATABASE) as connection:
        if not roles.is_prepared(connection, names):
            roles.prepare(connection, names, DATABASE, {})


def connect(server: Postmaster, database: str, *, autocommit: bool = False) -> Connection[Row]:
    return psycopg.connect(
        host=str(server.sockets),
        port=server.port,
        user=SUPERUSER,
        dbname=database,
        autocommit=autocommit,
    )


def shared_buffers() -> str:
    """Return an eighth of the memory that there is, or that this container may use, within bounds,
    for PostgreSQL.

    With less than the documents that are read often,
    each page comes from the system's cache again and again.
    """
    there_is = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = MEMORY_LIMIT.read_text().strip() if MEMORY_LIMIT.exists() else ""
    there_is = min(there_is, int(limit)) if limit.isdecimal() else there_is
    return f"{min(MOST_BUFFERS, max(LEAST_BUFFERS, there_is // SHARE_OF_MEMORY // MIB))}MB"
