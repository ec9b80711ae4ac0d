"""What tests of the API share."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.test import TestCase
from pytest_django import DjangoDbBlocker

from tests.contract.document import publish_first_dataset
from tests.public.api.client import Reader


@pytest.fixture
def reader() -> Reader:
    """Somebody who reads the publication."""
    return Reader()


@pytest.fixture(scope="module")
def kept_for_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what a fixture of a module's scope publishes for all tests of the module, and roll it back then."""

    class Stored(TestCase):
        """A transaction around those of the tests."""

    with django_db_blocker.unblock():
        Stored.setUpClass()
        yield
        Stored.tearDownClass()


@contextmanager
def one_connection() -> Iterator[None]:
    """Let the publication be read by the connection that publishes, where no test does it; see plugins/database.py."""
    before, connections["publication"] = connections["publication"], connections["default"]
    yield
    connections["publication"] = before


@pytest.fixture(scope="module")
def first_dataset(kept_for_the_module: None) -> None:
    """The first dataset in a tracker as new as the one that made the examples: its records count from one."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(
            "SELECT format('ALTER SEQUENCE %I RESTART', sequencename) FROM pg_sequences WHERE schemaname = 'public'"
        )
        cursor.execute("; ".join(statement for (statement,) in cursor.fetchall()))
    with one_connection():
        publish_first_dataset()
