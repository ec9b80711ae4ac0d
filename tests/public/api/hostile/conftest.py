"""What tests of hostile requests share."""

import pytest

from tests.plugins.database import one_connection
from tests.public.api.hostile.requests import World, world


@pytest.fixture(scope="module")
def everything(kept_for_the_module: None) -> World:
    """A record of each noun, published, and an editor; for all tests of a module."""
    with one_connection():
        return world()
