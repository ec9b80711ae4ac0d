"""The three roles: what they may do before any migration gave them more,
here and on a server of one's own.
"""

import pytest

from tests.config.postgres.processes import OwnServer, Tracker

pytestmark = pytest.mark.slow

PROBE = (
    "SELECT concat_ws(' ', current_user, rolsuper, rolcanlogin, rolcreaterole, rolcreatedb,"
    " has_database_privilege('tracker', 'CREATE'), has_database_privilege('tracker', 'TEMPORARY'),"
    " has_schema_privilege('public', 'CREATE'), has_schema_privilege('public', 'USAGE'))"
    " FROM pg_roles WHERE rolname = current_user"
)
EXPECTED = {
    "owner": "tracker_owner f f f f t t t t",
    "default": "tracker_app f f f f f t f t",
    "publication": "tracker_reader f f f f f f f t",
}


def test_each_connection_of_the_embedded_server_has_its_role_and_no_more(tracker: Tracker) -> None:
    """Superuser, login, making roles and databases; in the database: create, temporary;
    in the schema: create, use.
    """
    tracker.hold("SELECT 1")

    assert {alias: tracker.query(PROBE, alias=alias) for alias in EXPECTED} == EXPECTED


def test_the_database_is_the_owners_in_a_locale_that_no_library_changes(tracker: Tracker) -> None:
    """Letters in the order of their code points, known to PostgreSQL itself."""
    described = tracker.query(
        "SELECT concat_ws(' ', rolname, pg_encoding_to_char(encoding), datlocprovider, datlocale)"
        " FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba WHERE datname = 'tracker'"
    )

    assert described == "tracker_owner UTF8 b C.UTF-8"


def test_the_public_may_do_nothing(tracker: Tracker) -> None:
    rights = "has_database_privilege('public', 'tracker', '{}')"
    asked = " OR ".join(rights.format(right) for right in ("CONNECT", "TEMPORARY", "CREATE"))

    assert (
        tracker.query(f"SELECT {asked} OR has_schema_privilege('public', 'public', 'USAGE')")
        == "False"
    )


def test_what_an_administrator_is_told_to_run_lets_plain_logins_in(tracker, own_server, free_port):
    """Three logins without any privilege, one for each role; run twice, as instructions are."""
    own_server.execute(
        "CREATE DATABASE mine", *(f"CREATE ROLE {name} LOGIN" for name in ("mover", "desk", "page"))
    )
    for name, login in {
        "DATABASE_URL": "desk",
        "DATABASE_OWNER_URL": "mover",
        "DATABASE_READER_URL": "page",
    }.items():
        tracker.environment[name] = own_server.url(login, "mine")

    status, printed = tracker.run("manage.py", "roles")
    for _ in range(2):
        own_server.execute(printed, database="mine")

    assert status == 0
    assert "The tracker is up" in tracker.up(free_port).output
    for alias, expected in EXPECTED.items():
        assert tracker.query(PROBE.replace("'tracker'", "'mine'"), alias=alias) == expected
    logins = {alias: tracker.query("SELECT session_user::text", alias=alias) for alias in EXPECTED}
    assert logins == {"owner": "mover", "default": "desk", "publication": "page"}


def test_a_login_without_its_role_is_named(
    tracker: Tracker, own_server: OwnServer, free_port: int
) -> None:
    own_server.execute("CREATE DATABASE mine", "CREATE ROLE page LOGIN")
    tracker.environment["DATABASE_URL"] = own_server.url("postgres", "mine")
    status, printed = tracker.run("manage.py", "roles")
    own_server.execute(printed, "GRANT CONNECT ON DATABASE mine TO page", database="mine")
    tracker.environment["DATABASE_READER_URL"] = own_server.url("page", "mine")

    status, output = tracker.run("manage.py", "up", "--port", str(free_port))

    assert status == 1
    assert output == (
        "The login page may not take the role tracker_reader:"
        " let an administrator run what `manage.py roles` prints, in that database.\n"
    )


def test_migrate_works_as_the_owner_unless_told_otherwise(tracker: Tracker) -> None:
    status, output = tracker.run("manage.py", "migrate", "--verbosity", "0")
    assert (status, output) == (0, "")
    assert (
        tracker.query("SELECT tableowner::text FROM pg_tables WHERE tablename = 'auth_user'")
        == "tracker_owner"
    )

    status, output = tracker.run("manage.py", "migrate", "auth", "zero", "--database", "default")
    assert status == 1
    assert "permission denied" in output
