"""The database of the benchmark:
an embedded cluster in a directory of its own, with the three roles of production.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

WIPED = ("TRACKER_DATA", "TRACKER_HOSTS", "TRACKER_SECRET", "DATABASE_", "PORT")
NEWEST = "(coalesce(since_earliest, '0001-01-01'::date))"
FOR_THE_OTHERS = (
    f"CREATE INDEX bench_newest ON tracker_stance ({NEWEST} DESC, id DESC) "
    "INCLUDE (since_earliest, issue_id, actor_id) WHERE standing = 'accepted'",
    f"CREATE INDEX bench_newest_of_issue ON tracker_stance (issue_id, {NEWEST} DESC, id DESC) "
    "INCLUDE (since_earliest, actor_id) WHERE standing = 'accepted'",
    # The words in which the limit searches:
    # those of documents, which hold the names that they refer to.
    "CREATE TABLE bench_words AS SELECT record AS id, sort AS newest, search AS words FROM "
    "tracker_stancedocument WHERE closed IS NULL AND standing = 'accepted'",
    "CREATE INDEX ON bench_words USING gin (words)",
    "CREATE INDEX ON bench_words (newest DESC, id DESC)",
)


@contextmanager
def database(kept: Path | None) -> Iterator[Path]:
    """Set up Django on a cluster in `kept`, or in a new directory that is removed;
    the server ends with the process.
    """
    directory = kept or Path(tempfile.mkdtemp(prefix="tracker-bench-"))
    directory.mkdir(parents=True, exist_ok=True)
    for name in [name for name in os.environ if name.startswith(WIPED)]:
        del os.environ[name]
    os.environ["TRACKER_DATA_DIR"] = str(directory)
    # What is measured is what it takes to answer, not what is refused.
    os.environ["TRACKER_READS_PER_SECOND"] = os.environ["TRACKER_DESK_PER_SECOND"] = "0"
    use_django()
    from django.core.management import call_command
    from django.db import connections

    from config.postgres import embedded, users

    try:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        yield directory
    finally:
        connections.close_all()
        users.leave(embedded.cluster())
        if kept is None:
            shutil.rmtree(directory, ignore_errors=True)


def use_django() -> None:
    """Set Django up with the settings of production."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()


def superuser() -> "psycopg.Connection[tuple[object, ...]]":
    """Connect to the database as its superuser, outside of any transaction."""
    from config.postgres import embedded

    return embedded.connect(embedded.server(), embedded.DATABASE, autocommit=True)


def number_on() -> None:
    """Let what is made from now on be numbered after the generated records,
    which came with their numbers.
    """
    with superuser() as connection:
        for noun in ("issue", "actor", "source", "stance"):
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('tracker_{noun}', 'id'), max(id)) "
                f"FROM tracker_{noun}"
            )


def analyze() -> None:
    """Let PostgreSQL count what the tables hold, as autovacuum soon would."""
    with superuser() as connection:
        connection.execute("ANALYZE")


def index_for_the_others() -> None:
    """Give the other contestants what they need to page through
    the desk and search it as fast as can be.
    """
    with superuser() as connection:
        for statement in FOR_THE_OTHERS:
            connection.execute(statement)


def settle() -> None:
    """Bring tables and statistics into the state that autovacuum would reach,
    and keep it out of the measurements.
    """
    with superuser() as connection:
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("VACUUM (FREEZE, ANALYZE)")
        connection.execute("CHECKPOINT")


def sizes() -> dict[str, str]:
    """Return how large the tables of documents, changes and the desk are, with their indexes."""
    tables = (
        "tracker_stancedocument",
        "tracker_mention",
        "tracker_change",
        "tracker_stance",
        "tracker_stancecitation",
    )
    with superuser() as connection:
        return {
            table: str(
                connection.execute(
                    "SELECT pg_size_pretty(pg_total_relation_size(%s))", [table]
                ).fetchone()[0]
            )
            for table in tables
        }


def noted(directory: Path) -> dict[str, object]:
    """Return what was measured while the database in `directory` was made;
    nothing if it is not finished.
    """
    path = directory / "made.json"
    notes: dict[str, object] = json.loads(path.read_text()) if path.exists() else {}
    return notes


def note(directory: Path, measured: dict[str, object]) -> None:
    """Note that the database in `directory` is finished, and what making it took."""
    (directory / "made.json").write_text(json.dumps(measured, indent=1))
