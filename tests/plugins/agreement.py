"""What every test may ask for: that publication, desk and history agree after it."""

from collections.abc import Iterator

import pytest

from tracker.verify import verify


@pytest.fixture
def agreed(db: None) -> Iterator[None]:
    """Prove it when the test has ended."""
    yield
    assert list(verify()) == []
