"""Rows by statements that are composed once: the same that Django makes and inserts."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model

from tests.api.publishing import publish_whole
from tests.factories import AlignmentFactory, MeetingFactory, SourceFactory, StanceFactory, TokenFactory
from tracker.models import Event, Source, Token
from tracker.models.fetching import fetch, insert
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


@pytest.mark.parametrize("count", [1, 3])
def test_rows_are_inserted_and_told_what_became_of_them(count: int, django_assert_num_queries: Any) -> None:
    """With lists, objects and dates in them; numbers, versions and days are the database's."""
    sources = [
        SourceFactory.build(authors=[{"family": "Stokes", "given": "Jacob"}], issued="2019-06", keywords=["a"])
        for _ in range(count)
    ]

    with django_assert_num_queries(1):
        insert(Source, sources)

    assert [row.pk for row in sources] == sorted(Source.objects.values_list("pk", flat=True))
    for row in sources:
        kept = Source.objects.get(pk=row.pk)
        assert all(
            repr(getattr(row, field.attname)) == repr(getattr(kept, field.attname))
            for field in Source._meta.concrete_fields
        )
        assert (row.version, row.issued_latest, row._state.adding) == (1, date(2019, 6, 30), False)


def test_a_row_with_a_number_keeps_it() -> None:
    (row,) = rows = [SourceFactory.build(pk=777)]

    insert(Source, rows)

    assert Source.objects.get() == row
    assert row.pk == 777


def test_no_rows_are_no_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        insert(Source, [])
