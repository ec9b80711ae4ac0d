"""What tests of the publication's consistency share."""

import pytest

from tests.consistency.cast import cast
from tests.consistency.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    """A desk with a few records, none of which is public."""
    return cast()
