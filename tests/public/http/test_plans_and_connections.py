"""Plans ask over the reader's own connection, which ends and is made again as ever."""

import pytest
from django.db import connections

from tests.factories import ActorFactory
from tests.public.api.publishing import publish
from tests.public.http.both_ways import BothWays

LIST = "/api/v1/actors/"


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_lost_is_made_again() -> None:
    """The reader's own, which an administrator ends between two requests;
    one that is old ends by itself.
    """
    publish(ActorFactory())
    both = BothWays()
    assert both.is_planned(LIST)
    for _ in range(2):
        with connections["default"].cursor() as cursor:
            cursor.execute("SET ROLE NONE")
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                "pg_backend_pid() AND datname = current_database() AND query LIKE '%asked%'"
            )
        assert both.ask(LIST).status == "200 OK"
    here = connections["publication"]
    assert both.is_planned(LIST)
    old, here.close_at = here.connection, 0
    both.planned.here.looked_at = 0
    assert both.is_planned(LIST)
    assert here.connection is not old
