"""The stage stays with its connection, is empty between editions, and nobody else reads it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import ProgrammingError, connection, connections
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, StanceFactory
from tests.publishing.acts import all_of, changeset, chosen, edited, published, refused
from tracker.models import Stance
from tracker.models.queries import rows_of
from tracker.publishing.publish import blockers, publish
from tracker.values.problems import Problem

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = """
    SELECT nspname, relname, pg_class.oid FROM pg_class JOIN pg_namespace
        ON pg_namespace.oid = relnamespace
    WHERE relname LIKE 'staged%%' AND relkind = 'r' AND pg_namespace.oid = pg_my_temp_schema()
        ORDER BY relname
"""


def staged_rows() -> int:
    return sum(rows_of(f"SELECT count(*) FROM {name}")[0][0] for _, name, _ in rows_of(TABLES))


def test_small_editions_use_the_same_empty_tables():
    stance = StanceFactory()
    published(*all_of(stance))
    tables = rows_of(TABLES)
    assert {name for _, name, _ in tables} >= {"staged_change", "staged_stance"}

    for summary in ("First.", "Second."):
        edited(stance, summary=summary)
        published(stance)
        assert rows_of(TABLES) == tables
        assert staged_rows() == 0


def test_what_is_refused_or_only_looked_at_is_left_on_no_stage():
    stance = StanceFactory()
    assert blockers(records=chosen(stance), by=None) != []
    assert staged_rows() == 0
    refused(publish, stance)
    assert staged_rows() == 0
    published(*all_of(stance))


def looked_at(stance: Stance) -> list[Problem]:
    """Return what would be refused, asked on a connection of one's own."""
    try:
        return blockers(records=chosen(stance), by=None)
    finally:
        connection.close()


def test_two_who_look_beside_a_publication_see_their_own_stage_alone():
    first, second, alone = StanceFactory(), StanceFactory(), StanceFactory()
    expected = [blockers(records=chosen(stance), by=None) for stance in (second, alone)]
    with ThreadPoolExecutor(max_workers=2) as people, changeset():
        publish(records=chosen(*all_of(first)))
        looks = [people.submit(looked_at, stance) for stance in (second, alone)]
        assert [look.result(timeout=30) for look in looks] == expected
    assert expected[0] != expected[1]
    assert staged_rows() == 0


def test_rules_are_put_into_words_only_where_the_database_refuses():
    stance = StanceFactory()
    published(*all_of(stance))
    edited(stance, summary="Read again.")
    with CaptureQueriesContext(connection) as queries:
        published(stance)
    rules = [
        query["sql"]
        for query in queries
        if "staged_stance" in query["sql"] and "UNION ALL" in query["sql"]
    ]
    assert rules == []


def test_no_other_connection_reads_the_stage():
    with changeset():
        publish(records=chosen(ActorFactory()))
        [[schema, table, _], *_] = rows_of(TABLES)
        with connections["publication"].cursor() as cursor, pytest.raises(ProgrammingError):
            cursor.execute(f"SELECT * FROM {schema}.{table}")
