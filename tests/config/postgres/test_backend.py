"""The connections of the tracker:
what comes again is prepared, and any number of parameters can be bound.
"""

from typing import Any

import environ
import pytest
from django.contrib.auth.models import User
from django.db import connection

from config.postgres import embedded
from config.postgres.backend.base import MOST_BOUND, PATIENCE, DatabaseWrapper
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("more", [0, 1])
def test_a_statement_may_have_more_parameters_than_postgresql_takes(more: int) -> None:
    user = UserFactory(username="O'Brien 100%")
    others = [f"%s '{number}" for number in range(MOST_BOUND - 1 + more)]

    assert list(User.objects.filter(username__in=[user.username, *others])) == [user]


def test_what_comes_again_and_again_is_prepared() -> None:
    for number in range(8):
        User.objects.filter(username=f"Nobody {number}").first()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%auth_user%username%"],
        )
        assert cursor.fetchone() == (1,)


def test_a_connection_is_usable_until_the_server_ends_it() -> None:
    """Which it isn't asked before each request; that costs as much as a statement."""
    other: Any = connection.copy()
    other.connect()
    try:
        pid = other.connection.info.backend_pid
        with (
            other.cursor() as cursor,
            embedded.connect(embedded.server(), "postgres", autocommit=True) as superuser,
        ):
            cursor.execute("SELECT 'the last'")
            assert other.is_usable()
            row = superuser.execute(
                "SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]
            ).fetchone()
            assert row == ("SELECT 'the last'",)
            superuser.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])

        assert not other.is_usable()
    finally:
        other.close()
    assert not other.is_usable()


def patience(url: str) -> tuple[dict[str, Any], str]:
    """Return how patient a connection to `url` is, and what its server is told."""
    described = {**connection.settings_dict, **environ.Env.db_url_config(url)}
    described["OPTIONS"] = {**connection.settings_dict["OPTIONS"], **described.get("OPTIONS", {})}
    params = DatabaseWrapper(described, "default").get_connection_params()
    return {name: params[name] for name in PATIENCE if name in params}, params["options"]


def test_a_server_on_the_network_is_given_up_soon_unless_its_address_says_otherwise() -> None:
    """By both ends alike; one on this machine's own socket is not."""
    near, before = patience("postgres:///tracker?host=/run/postgresql")
    assert near == {}
    assert "tcp" not in before

    same = (
        "-c tcp_user_timeout=5000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c "
        "tcp_keepalives_count=2"
    )
    assert patience("postgres://one@db.example.org/tracker") == (PATIENCE, f"{before} {same}")

    chosen = "postgres://one@db.example.org/tracker?connect_timeout=9&keepalives_idle=60"
    expected = {**PATIENCE, "connect_timeout": 9, "keepalives_idle": 60}
    assert patience(chosen) == (expected, f"{before} {same.replace('idle=5', 'idle=60')}")
