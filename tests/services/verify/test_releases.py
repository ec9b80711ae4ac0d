"""Files of releases that are not what they were, as `verify` tells of them."""

import pytest

from tests.models.releasing import release_of
from tests.services.verify.world import damaged
from tracker.models import Edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE tracker_releasepiece SET content = 'id'",
        "UPDATE tracker_releasefile SET size = 6",
        "UPDATE tracker_releasefile SET sha256 = repeat('0', 64)",
        "UPDATE tracker_releasepiece SET number = 1",
        "DELETE FROM tracker_releasepiece",
    ],
)
def test_a_file_that_is_not_what_it_was(world, damage):
    release_of(Edition.objects.get(number=1))
    assert damaged("SELECT 1") == []

    assert damaged(damage) == ["release 2026.1: issues.csv is not what it was when it was made"]
