"""What tests of the publication's own addresses share."""

import pytest

from tests.public.api.v1.assembly import World


@pytest.fixture
def world() -> World:
    return World()
