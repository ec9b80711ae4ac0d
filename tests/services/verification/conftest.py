"""A publication to be verified."""

import pytest

from tests.services.verification.world import World, complaints


@pytest.fixture
def world(db: None) -> World:
    """Return a publication in which everything agrees."""
    world = World()
    assert complaints() == []
    return world
