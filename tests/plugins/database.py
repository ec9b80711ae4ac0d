"""The database as in production:
the owner migrates it, tests run as the application, each connection has its role.

All log in as the superuser and take a role, as with the embedded server. In an ordinary test, which
is one transaction that is rolled back, `publication` and `owner` are the very connection `default`,
else they would not see its rows; so there they work as the application, or as `acting_as` says. In
a transactional test each is a connection of its own in its own role.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import TestCase, TransactionTestCase
from psycopg import Connection
from psycopg.pq import TransactionStatus
from pytest_django import DjangoDbBlocker

from config.postgres import embedded, roles

OTHERS = ("publication", "owner")
MIGRATED = "tracker_migrated"
USING_DATABASE = {"db", "transactional_db", "live_server"}

# Django forbids a test what isn't listed here.
# Where all is one transaction, one connection is all there is.
TransactionTestCase.databases = {"default", *OTHERS}
TestCase.databases = {"default"}

# Whoever empties tables is a superuser whose statements fire no triggers.
AS_A_REPLICA = "SET LOCAL ROLE NONE; SET LOCAL session_replication_role = replica"


def default_works_as(role: str) -> None:
    """Let `default`, from its next connection on, work as a role."""
    connections["default"].settings_dict["OPTIONS"]["assume_role"] = role
    connections["default"].close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Let the owner make the test databases, which are its own then:
    copies of one that the first worker migrates.
    """
    default_works_as(settings.OWNER)
    with (
        embedded.connect(embedded.server(), "postgres", autocommit=True) as superuser,
        django_db_blocker.unblock(),
    ):
        superuser.execute("SELECT pg_advisory_lock(1)")
        superuser.execute(f"ALTER ROLE {settings.OWNER} CREATEDB")
        if not superuser.execute("SELECT FROM pg_database WHERE datname = %s", [MIGRATED]).rowcount:
            superuser.execute(f"CREATE DATABASE {MIGRATED} OWNER {settings.OWNER}")
            migrate(MIGRATED)
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = MIGRATED


def migrate(database: str) -> None:
    """Migrate another database than that of `default`, over its connection."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections["default"].settings_dict, "NAME", database)
        call_command("migrate", database="default", verbosity=0)
        connections["default"].close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give each role its rights in the test database, and let tests be the application."""
    database = connections["default"].settings_dict["NAME"]
    with embedded.connect(embedded.server(), database) as superuser:
        roles.prepare(superuser, embedded.the_roles(), database, {})
        tables, kept = keep_rows(superuser)
    default_works_as(settings.APPLICATION)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: put_back(tables, kept))
        yield
    with django_db_blocker.unblock():
        connections.close_all()
        default_works_as(settings.OWNER)
    send_away_from(database)


def send_away_from(database: str) -> None:
    """End whatever is still connected to a database that is going to be dropped.

    Where much else runs a process of PostgreSQL may take longer to notice
    that nobody asks any more than DROP waits.
    """
    with embedded.connect(embedded.server(), "postgres", autocommit=True) as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = %s",
            [database],
        )


def keep_rows(superuser: Connection[roles.Row]) -> tuple[list[str], list[str]]:
    """Copy the rows that migrations made;
    return the tables, and the statements that put these rows back.
    """
    rows = superuser.execute(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND "
        "tablename <> 'django_migrations'"
    ).fetchall()
    tables = [str(table) for (table,) in rows]
    superuser.execute("CREATE SCHEMA kept")
    for table in tables:
        superuser.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")
    filled = [
        table for table in tables if superuser.execute(f"SELECT 1 FROM kept.{table}").fetchone()
    ]
    return tables, [f"INSERT INTO public.{table} SELECT * FROM kept.{table}" for table in filled]


def put_back(tables: list[str], kept: list[str]) -> None:
    """Let the tables hold what migrations made and nothing else,
    also those of which nobody else may delete anything.

    Nothing is deleted from a table that is empty, as most are:
    to truncate a hundred costs more than all else. Waits for whoever still uses one of them.
    """
    rows = " UNION ALL ".join(f"(SELECT '{table}' FROM public.{table} LIMIT 1)" for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"{AS_A_REPLICA}; LOCK TABLE {', '.join(f'public.{table}' for table in tables)}"
        )
        cursor.execute(rows)
        deletions = [f"DELETE FROM public.{table}" for (table,) in cursor.fetchall()]
        cursor.execute("; ".join([*deletions, *kept]))


@pytest.fixture(autouse=True)
def database_in_its_roles(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put each connection into its role, for every test that uses the database."""
    if not request.node.get_closest_marker("django_db") and not USING_DATABASE & set(
        request.fixturenames
    ):
        yield
        return
    request.getfixturevalue("db")
    is_one_transaction = connection.in_atomic_block
    set_role(settings.APPLICATION)
    before = {alias: connections[alias] for alias in OTHERS}
    for alias in OTHERS:
        connections[alias] = (
            connections["default"] if is_one_transaction else connections.create_connection(alias)
        )
    yield
    for alias in OTHERS:
        if not is_one_transaction:
            connections[alias].close()
        connections[alias] = before[alias]


@pytest.fixture(scope="module")
def kept_for_the_module(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Keep what a fixture of a module's scope publishes for all tests of the module,
    and roll it back then.
    """

    class Stored(TestCase):
        """A transaction around those of the tests."""

    with django_db_blocker.unblock():
        Stored.setUpClass()
        yield
        Stored.tearDownClass()


@contextmanager
def one_connection() -> Iterator[None]:
    """Let the publication be read by the connection that publishes, where no test does it."""
    before, connections["publication"] = connections["publication"], connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("DISCARD TEMP")  # the stage of whoever published before
    try:
        yield
    finally:
        connections["publication"] = before


@pytest.fixture
def acting_as() -> Callable[[str], AbstractContextManager[None]]:
    """Return a context manager that lets `default` work as another role:
    settings.OWNER, settings.READER, or NONE.

    NONE is the login, a superuser.
    """

    @contextmanager
    def acting(role: str) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            before = cursor.fetchone()[0]
        set_role(role)
        yield
        # A transaction that failed takes the role back by itself when it is rolled back.
        if connection.connection.info.transaction_status != TransactionStatus.INERROR:
            set_role(before)

    return acting


@pytest.fixture
def as_owner(acting_as: Callable[[str], AbstractContextManager[None]], db: None) -> Iterator[None]:
    """Run a whole test as the owner of the tables."""
    with acting_as(settings.OWNER):
        yield


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """Return the DATABASE_URL by which a process that a transactional
    test starts finds the same database.
    """
    return f"postgres://postgres@/{connection.settings_dict['NAME']}"


def set_role(role: str) -> None:
    """Let `default` work as a role from now on, without the stage of another,
    whose tables only that one may use.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}; DISCARD TEMP")
