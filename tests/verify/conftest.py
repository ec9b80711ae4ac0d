"""A publication to be verified."""

import pytest

from tests.plugins.database import one_connection
from tests.verify.world import World


@pytest.fixture(scope="module")
def kept_world(kept_for_the_module: None) -> World:
    """Make the publication once for all tests of a module."""
    with one_connection():
        return World()


@pytest.fixture
def world(kept_world: World, db: None) -> World:
    """Return a publication in which everything agrees, as the first test of the command shows."""
    return kept_world
