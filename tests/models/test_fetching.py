"""Rows by statements that are composed once: the same that Django makes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model

from tests.api.publishing import publish_whole
from tests.factories import AlignmentFactory, MeetingFactory, SourceFactory, StanceFactory, TokenFactory
from tracker.models import Event, Token
from tracker.models.fetching import fetch
from tracker.models.nouns import PARTS, RECORDS

pytestmark = pytest.mark.django_db

TABLES: list[Any] = [
    *RECORDS.values(),
    *(part for parts in PARTS.values() for part in parts.values()),
    Token,
    User,
    Event,
]


@pytest.fixture
def everything() -> None:
    """Rows in all tables, with lists, objects and dates in them."""
    source, stance = SourceFactory(authors=[{"family": "Stokes"}]), StanceFactory(instruments=["diplomatic"])
    publish_whole(stance, AlignmentFactory(), MeetingFactory(), source)
    TokenFactory()


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_rows_are_those_that_django_makes(everything: None, model: type[Model], django_assert_num_queries: Any) -> None:
    """With the same values of the same types, in one query, and saved as those are."""
    expected = list(model._default_manager.order_by("-pk"))

    with django_assert_num_queries(1):
        found = fetch(model, "id > %s ORDER BY id DESC", 0)

    names = [field.attname for field in model._meta.concrete_fields]
    said = [{name: getattr(row, name) for name in names} for row in found]
    assert said == [{name: getattr(row, name) for name in names} for row in expected]
    assert [type(value) for row in said for value in row.values()] == [
        type(getattr(row, name)) for row in expected for name in names
    ]
    assert all(row._state.db == "default" and not row._state.adding for row in found)


def test_a_condition_that_nothing_meets_has_no_rows() -> None:
    assert fetch(User, "username = %s", "nobody' OR '1' = '1") == []
