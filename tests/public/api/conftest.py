"""What tests of the API share."""

import pytest
from django.db import connection

from tests.plugins.database import one_connection
from tests.public.api.client import Reader
from tracker.management.openapi.document import publish_first_dataset


@pytest.fixture
def reader() -> Reader:
    """Somebody who reads the publication."""
    return Reader()


@pytest.fixture(scope="module")
def first_dataset(kept_for_the_module: None) -> None:
    """The first dataset in a tracker as new as the one that made the examples:
    its records count from one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(
            "SELECT format('ALTER SEQUENCE %I RESTART', sequencename) FROM pg_sequences "
            "WHERE schemaname = 'public'"
        )
        cursor.execute("; ".join(statement for (statement,) in cursor.fetchall()))
    with one_connection():
        publish_first_dataset()
