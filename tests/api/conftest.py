"""What tests of the API share."""

from collections.abc import Iterator

import pytest
from django.test import TestCase
from pytest_django import DjangoDbBlocker

from tests.api.client import Reader


@pytest.fixture
def reader() -> Reader:
    """Somebody who reads the publication."""
    return Reader()


@pytest.fixture(scope="module")
def kept_for_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what a fixture of a module's scope publishes for all tests of the module, and roll it back then."""

    class Kept(TestCase):
        """A transaction around those of the tests."""

    with django_db_blocker.unblock():
        Kept.setUpClass()
        yield
        Kept.tearDownClass()
