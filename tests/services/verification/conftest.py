"""A publication to be verified."""

import pytest

from tests.services.verification.world import World


@pytest.fixture
def world(db: None) -> World:
    """Return a publication in which everything agrees, as the first test of the command shows."""
    return World()
