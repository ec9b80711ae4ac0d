"""The team at the desk."""

import pytest

from tests.api.v1.desk.working import Worker


@pytest.fixture
def anna(db: None) -> Worker:
    """Return an analyst."""
    return Worker("analysts", username="anna")


@pytest.fixture
def erik(db: None) -> Worker:
    """Return an editor."""
    return Worker("editors", username="erik")
