"""The database as in production: the owner migrates it, tests run as the application, each connection has its role.

All log in as the superuser and take a role, as with the embedded server. In an ordinary test, which is one transaction
that is rolled back, `publication` and `owner` are the very connection `default`, else they would not see its rows; so
there they work as the application, or as `acting_as` says. In a transactional test each is a connection of its own in
its own role.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import TestCase, TransactionTestCase
from psycopg import Connection
from psycopg.pq import TransactionStatus
from pytest_django import DjangoDbBlocker

from config.postgres import embedded, roles

OTHERS = ("publication", "owner")
USING_DATABASE = {"db", "transactional_db", "live_server"}

# Django forbids a test what isn't listed here. Where all is one transaction, one connection is all there is.
TransactionTestCase.databases = {"default", *OTHERS}
TestCase.databases = {"default"}

# Whoever flushes is a superuser whose statements fire no triggers.
AS_A_REPLICA = ["SET LOCAL ROLE NONE", "SET LOCAL session_replication_role = replica"]
django_flush = DatabaseOperations.execute_sql_flush


def default_works_as(role: str) -> None:
    """Let `default`, from its next connection on, work as a role."""
    connections["default"].settings_dict["OPTIONS"]["assume_role"] = role
    connections["default"].close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the owner make the test databases, which are its own then, and migrate them."""
    with embedded.connect(embedded.server(), "postgres", autocommit=True) as superuser:
        superuser.execute("SELECT pg_advisory_lock(1)")
        superuser.execute(f"ALTER ROLE {settings.OWNER} CREATEDB")
    default_works_as(settings.OWNER)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give each role its rights in the test database, and let tests be the application."""
    database = connections["default"].settings_dict["NAME"]
    with embedded.connect(embedded.server(), database) as superuser:
        roles.prepare(superuser, embedded.the_roles(), database, {})
        kept = keep_rows(superuser)
    default_works_as(settings.APPLICATION)

    def flush(operations: DatabaseOperations, statements: list[str]) -> None:
        """Truncate what triggers rightly refuse to truncate for anybody else, and put back what migrations made."""
        django_flush(operations, [*AS_A_REPLICA, *statements, *kept])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        yield
    with django_db_blocker.unblock():
        connections.close_all()
        default_works_as(settings.OWNER)


def keep_rows(superuser: Connection[roles.Row]) -> list[str]:
    """Copy the rows that migrations made, and return the statements that put them back."""
    tables = superuser.execute(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
    ).fetchall()
    superuser.execute("CREATE SCHEMA kept")
    for (table,) in tables:
        superuser.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")
    filled = [table for (table,) in tables if superuser.execute(f"SELECT 1 FROM kept.{table}").fetchone()]
    return [f"INSERT INTO public.{table} SELECT * FROM kept.{table}" for table in filled]


@pytest.fixture(autouse=True)
def database_in_its_roles(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put each connection into its role, for every test that uses the database."""
    if not request.node.get_closest_marker("django_db") and not USING_DATABASE & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("db")
    is_one_transaction = connection.in_atomic_block
    set_role(settings.APPLICATION)
    before = {alias: connections[alias] for alias in OTHERS}
    for alias in OTHERS:
        connections[alias] = connections["default"] if is_one_transaction else connections.create_connection(alias)
    yield
    for alias in OTHERS:
        if not is_one_transaction:
            connections[alias].close()
        connections[alias] = before[alias]


@pytest.fixture
def acting_as() -> Callable[[str], AbstractContextManager[None]]:
    """Return a context manager that lets `default` work as another role: settings.OWNER, settings.READER, or NONE.

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
    """Return the DATABASE_URL by which a process that a transactional test starts finds the same database."""
    return f"postgres://postgres@/{connection.settings_dict['NAME']}"


def set_role(role: str) -> None:
    """Let `default` work as a role from now on."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
