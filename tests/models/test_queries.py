"""Queries of parts: names and constants are written by psycopg, values are bound,
and nothing is looked for in text.
"""

import pytest
from psycopg.sql import Literal

from tests.factories import ActorFactory
from tracker.models.queries import CHUNK, chunks_of, compose, rows_of, run
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
QUOTES = "it's “{noun}” and %s"


def test_a_query_about_a_noun_has_its_name_and_its_tables():
    query = compose(
        "SELECT {noun} FROM {table} JOIN {documents} d ON d.record = {table}.id", Noun.ACTOR
    )

    assert query.as_string(None) == (
        'SELECT \'actor\' FROM "tracker_actor" JOIN "tracker_actordocument" d ON d.record = '
        '"tracker_actor".id'
    )


def test_quotes_and_braces_of_a_part_and_of_a_value_stay_what_they_are():
    query = compose("SELECT {text}", Noun.ACTOR, text=Literal(QUOTES))

    assert rows_of(query) == [(QUOTES,)]
    assert rows_of("SELECT %(text)s::text", {"text": QUOTES}) == [(QUOTES,)]


def test_rows_come_in_chunks_and_what_was_touched_is_counted():
    ActorFactory.create_batch(2)

    assert [len(rows) for rows in chunks_of("SELECT generate_series(1, %s)", [CHUNK + 1])] == [
        CHUNK,
        1,
    ]
    assert run(compose("UPDATE {table} SET summary = %s", Noun.ACTOR), ["x"]) == 2
