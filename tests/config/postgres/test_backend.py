"""The connections of the tracker: what comes again is prepared, and any number of parameters can be bound."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from config.postgres import embedded
from config.postgres.backend.base import MOST_BOUND
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("more", [0, 1])
def test_a_statement_may_have_more_parameters_than_postgresql_takes(more: int) -> None:
    """Which are written into it then, as safely."""
    user = UserFactory(username="O'Brien 100%")
    others = [f"%s '{number}" for number in range(MOST_BOUND - 1 + more)]

    assert list(User.objects.filter(username__in=[user.username, *others])) == [user]


def test_what_comes_again_and_again_is_prepared() -> None:
    for number in range(8):
        User.objects.filter(username=f"Nobody {number}").first()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%auth_user%username%"])
        assert cursor.fetchone() == (1,)


def test_a_connection_is_usable_until_the_server_ends_it() -> None:
    """Which it isn't asked before each request; that costs as much as a statement."""
    other: Any = connection.copy()
    other.connect()
    try:
        pid = other.connection.info.backend_pid
        with other.cursor() as cursor, embedded.connect(embedded.server(), "postgres", autocommit=True) as superuser:
            cursor.execute("SELECT 'the last'")
            assert other.is_usable()
            row = superuser.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()
            assert row == ("SELECT 'the last'",)
            superuser.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])

        assert not other.is_usable()
    finally:
        other.close()
    assert not other.is_usable()
