"""The database of the benchmark: a cluster in a directory of its own, as production has it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import psycopg

WIPED = ("TRACKER_DATA", "TRACKER_HOSTS", "TRACKER_SECRET", "DATABASE_", "PORT")
# What the limit needs to page through the desk as fast as can be.
INDEXES = """
    CREATE INDEX bench_newest ON tracker_stance
        ((coalesce(since_earliest, '0001-01-01'::date)) DESC, id DESC)
        INCLUDE (since_earliest, issue_id, actor_id) WHERE standing = 'accepted';
    CREATE INDEX bench_newest_of_issue ON tracker_stance
        (issue_id, (coalesce(since_earliest, '0001-01-01'::date)) DESC, id DESC)
        INCLUDE (since_earliest, actor_id) WHERE standing = 'accepted'
"""


@contextmanager
def database() -> Iterator[None]:
    """Set Django up on a new cluster, which goes with the context."""
    for name in [name for name in os.environ if name.startswith(WIPED)]:
        del os.environ[name]
    # What is measured is what it takes to answer, not what is refused.
    os.environ["TRACKER_READS_PER_SECOND"] = os.environ["TRACKER_DESK_PER_SECOND"] = "0"
    with TemporaryDirectory(prefix="tracker-bench-", ignore_cleanup_errors=True) as directory:
        os.environ["TRACKER_DATA_DIR"] = directory
        use_django()
        from django.core.management import call_command
        from django.db import connections

        from config.postgres import embedded, users

        try:
            call_command("migrate", database="owner", verbosity=0, interactive=False)
            yield
        finally:
            connections.close_all()
            users.leave(embedded.cluster())


def use_django() -> None:
    """Set Django up with the settings of production."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()


def superuser() -> "psycopg.Connection[tuple[object, ...]]":
    """Connect to the database as its superuser, outside of any transaction."""
    from config.postgres import embedded

    return embedded.connect(embedded.server(), embedded.DATABASE, autocommit=True)


def do(*statements: str) -> None:
    """Let the superuser do something to the database, statement by statement."""
    with superuser() as connection:
        for statement in statements:
            connection.execute(statement)


def number_on() -> None:
    """Number what is made from now on after the generated records, which came with numbers."""
    for noun in ("issue", "actor", "source", "stance"):
        table = f"tracker_{noun}"
        do(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")


def settle() -> None:
    """Do what autovacuum soon would, and keep it out of the measurements."""
    do(
        "ALTER SYSTEM SET autovacuum = off",
        "SELECT pg_reload_conf()",
        "VACUUM (FREEZE, ANALYZE)",
        "CHECKPOINT",
    )
