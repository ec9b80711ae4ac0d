"""Statements that are sent at once: answered in order, with the errors of each, over a connection that may get lost."""

import pytest
from django.db import ProgrammingError, connections
from django.test.utils import CaptureQueriesContext

from config.postgres import embedded
from tracker.publication.read.connection import ALIAS, rows, rows_of_each

DOUBLED = "SELECT %(number)s::int * 2, %(text)s::text"


@pytest.mark.django_db
def test_each_statement_has_the_rows_that_it_has_alone() -> None:
    asked = [(DOUBLED, {"number": number, "text": f"%s {number}"}) for number in range(20)]
    asked.insert(7, ("SELECT n FROM generate_series(1, 3) n", {}))

    with CaptureQueriesContext(connections[ALIAS]) as sent:
        together = rows_of_each(asked)

    assert together == [rows(sql, bound) for sql, bound in asked]
    assert together[7] == [(1,), (2,), (3,)]
    assert len(sent) == len(asked)
    assert rows_of_each([]) == []


@pytest.mark.django_db(transaction=True, databases=["default", ALIAS])
def test_one_that_fails_raises_what_it_would_alone_and_the_next_are_answered() -> None:
    with pytest.raises(ProgrammingError, match="nowhere"):
        rows_of_each([("SELECT 1", {}), ("SELECT * FROM nowhere", {}), ("SELECT 2", {})])

    assert rows_of_each([("SELECT 3", {}), ("SELECT 4", {})]) == [[(3,)], [(4,)]]


@pytest.mark.django_db(transaction=True, databases=["default", ALIAS])
def test_a_connection_that_was_lost_is_opened_again() -> None:
    (pid,) = rows("SELECT pg_backend_pid()", {})[0]
    with embedded.connect(embedded.server(), "postgres", autocommit=True) as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])

    ((again,),), ((also,),) = rows_of_each([("SELECT pg_backend_pid()", {})] * 2)

    assert again == also != pid
