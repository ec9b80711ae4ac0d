"""Which errors are of the moment or the machine, and which are a bug's."""

import errno
import os

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.test import RequestFactory

from tracker.public.api.http.exceptions import server_error
from tracker.public.http.unavailable import FULL, REASONS, RESTORED, UNREACHABLE, reason


def raised(sql: str) -> DatabaseError:
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    return caught.value


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("40001", REASONS["40"]),
        ("40P01", REASONS["40"]),
        ("53100", FULL),
        ("53200", UNREACHABLE),
        ("57014", REASONS["57014"]),
        ("57P01", UNREACHABLE),
        ("58030", UNREACHABLE),
        ("25006", REASONS["25006"]),
        ("25001", ""),
        ("42501", ""),
        ("42883", ""),
        ("55P03", ""),
        ("XX000", ""),
        ("23505", ""),
    ],
)
def test_errors_of_the_database_by_their_state(state: str, says: str) -> None:
    error = raised(f"DO $$ BEGIN RAISE EXCEPTION 'it is so' USING ERRCODE = '{state}'; END $$")

    assert reason(error) == says


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["nowhere", "staged_source", "public.nowhere"])
def test_a_missing_table_is_a_restore_only_if_it_is_one_of_ours(table: str) -> None:
    assert reason(raised(f"SELECT * FROM tracker_source, {table}")) == ""


@pytest.mark.django_db
def test_a_table_of_ours_that_is_missing_is_a_restore(as_owner: None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tracker_source RENAME TO away")
        assert reason(raised("SELECT * FROM away, tracker_source")) == RESTORED
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, FULL), (errno.EDQUOT, FULL), (errno.EACCES, ""), (errno.ENOENT, "")],
)
def test_errors_of_files_by_their_number(number: int, says: str) -> None:
    error = OSError(number, os.strerror(number))
    other = ValueError("the file can't be kept")
    other.__cause__ = error

    assert (reason(error), reason(other)) == (says, says)


def test_a_connection_that_cannot_be_made_says_why_in_words_alone() -> None:
    """Which those of a full disk have; they come without a state."""
    full = OperationalError(
        "connection failed: FATAL: could not write init file: No space left on device"
    )
    assert reason(full) == FULL
    assert reason(OperationalError("connection failed: Connection refused")) == UNREACHABLE


def test_a_cursor_that_is_closed_is_a_bugs() -> None:
    assert reason(InterfaceError("the cursor is closed")) == ""
    assert reason(InterfaceError("the connection is closed")) == UNREACHABLE


def test_what_is_neither_is_a_bugs() -> None:
    assert reason(ValueError()) == reason(None) == ""


@pytest.mark.parametrize(
    ("method", "says"), [("GET", "Nothing was done"), ("POST", "It may have been done")]
)
def test_a_connection_that_is_lost_may_have_done_what_was_asked(method: str, says: str) -> None:
    """As amid COMMIT; who only reads has nothing to look for."""
    try:
        raise OperationalError("server closed the connection unexpectedly")
    except OperationalError:
        response = server_error(RequestFactory().generic(method, "/api/v1/desk/publish/"))
    assert says in response.content.decode()
