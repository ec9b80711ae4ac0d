"""Intervals of agreement:
what they depend on, of how many days there are any, and who draws many of them.
"""

import pytest
from django.db import connections
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.public.api.client import Reader
from tests.public.api.contract import check_problem
from tests.public.api.publishing import publish
from tests.public.api.v1.assembly import ALL, SLUGS, World, rows
from tests.publishing.acts import edited
from tracker.public.api import agreement
from tracker.public.http.costly import BUSY, run, turn
from tracker.values.agreement import MEASURES

pytestmark = pytest.mark.django_db


def test_intervals_repeat_and_depend_on_the_votes_compared_alone(
    reader: Reader, world: World
) -> None:
    world.some(120)
    world.publish()

    first = rows(reader, "actors=china,russia&by=session&interval=true")
    turned = rows(reader, "actors=russia,china&by=session&interval=true")
    edited(world.council, name="Another council")
    publish(world.council)
    again = rows(reader, "actors=china,russia&by=session&interval=true")

    assert [row["intervals"] for row in first] == [row["intervals"] for row in again]
    assert [row["intervals"] for row in first] == [row["intervals"] for row in turned]
    [whole] = rows(reader, "actors=china,russia&interval=true")
    for name in MEASURES:
        assert whole["intervals"][name]["low"] <= whole[name] <= whole["intervals"][name]["high"]
    assert rows(reader, "actors=china,russia")[0]["intervals"] is None


def test_many_intervals_are_drawn_by_another_process_once(reader, world, monkeypatch):
    """They are the same as few; asked for again they are kept, until another edition."""
    world.some(60)
    world.publish()
    made = []
    monkeypatch.setattr(agreement, "run", lambda *asked: made.append(asked) or run(*asked))

    query = f"actors={ALL}&by=year&interval=true"
    many = rows(reader, query)
    assert len(many) > agreement.FEW_INTERVALS
    with CaptureQueriesContext(connections["publication"]) as queries:
        assert rows(reader, query) == many
    assert "FROM tracker_votedocument" not in str(queries.captured_queries)
    assert len(made) == 1
    assert many[:4] == rows(reader, f"actors={','.join(SLUGS[:2])}&by=year&interval=true")
    assert len(made) == 1
    edited(world.council, name="Another council")
    publish(world.council)
    assert [row["intervals"] for row in rows(reader, query)] == [row["intervals"] for row in many]
    assert len(made) == 2


def test_many_intervals_are_refused_while_others_are_drawn(reader: Reader, world: World) -> None:
    world.some(60)
    world.publish()
    with turn(RequestFactory().get("/")):
        response = reader.get(f"agreement/?actors={ALL}&by=year&interval=true")
        few = reader.get("agreement/?actors=china,russia&by=year&interval=true")

    assert (response.status_code, response.headers["Retry-After"], few.status_code) == (
        503,
        "5",
        200,
    )
    assert response.json()["detail"] == BUSY
    check_problem(response)


def test_days_are_not_drawn_where_they_are_few(reader: Reader, world: World) -> None:
    for day in range(1, 20):
        world.vote("yes", "no" if day % 2 else "yes", "no", held=f"1972-10-{day:02}")
    world.publish()

    [row] = rows(reader, "actors=china,russia&interval=true")

    for name in MEASURES:
        assert row["intervals"][name] == {
            "low": None,
            "high": None,
            "undefined": "few_days",
            "undefined_draws": 0,
        }
