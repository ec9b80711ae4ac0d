"""The team at the desk."""

import pytest

from tests.desk.api.working import Worker
from tests.public.api.conftest import first_dataset, reader

__all__ = ["first_dataset", "reader"]


@pytest.fixture
def anna(db: None) -> Worker:
    """Return an analyst."""
    return Worker("analysts", username="anna")


@pytest.fixture
def erik(db: None) -> Worker:
    """Return an editor."""
    return Worker("editors", username="erik")
