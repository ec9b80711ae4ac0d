"""What tests of the publication's own addresses share."""

import pytest

from tests.api.v1.public.assembly import World


@pytest.fixture
def world() -> World:
    return World()
