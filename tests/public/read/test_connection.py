"""Statements that are sent at once:
answered in order, with the errors of each, over a connection that may get lost.
"""

from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError, ProgrammingError, connections
from django.test.utils import CaptureQueriesContext

from config.postgres import embedded
from tracker.public.read.connection import ALIAS, Row, rows, rows_of_each

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


# What a sequence counted stays counted,
# so this fails as often as is said and then answers how often it was asked.
FAILING = """
    CREATE SEQUENCE asked;
    CREATE FUNCTION answer(failures int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('asked') <= failures THEN
            RAISE EXCEPTION 'canceling statement due to conflict with recovery'
                USING ERRCODE = '40001';
        END IF;
        RETURN lastval();
    END $$;
    GRANT USAGE ON SEQUENCE asked TO PUBLIC;
"""


@pytest.fixture
def failing() -> Iterator[None]:
    """Let `answer(failures)` fail as a standby does that is kept from replaying."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(FAILING)
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP FUNCTION answer; DROP SEQUENCE asked")


@pytest.mark.django_db(transaction=True, databases=["default", ALIAS, "owner"])
@pytest.mark.parametrize(
    "read", [rows, lambda *asked: rows_of_each([asked])[0]], ids=["one", "together"]
)
def test_what_a_standby_cancelled_is_read_once_more(
    failing: None, read: Callable[..., list[Row]]
) -> None:
    assert read("SELECT answer(%(failures)s::int)", {"failures": 1}) == [(2,)]

    with pytest.raises(OperationalError, match="conflict with recovery"):
        read("SELECT answer(%(failures)s::int)", {"failures": 4})
    assert rows("SELECT nextval('asked')::int", {}) == [(5,)]
