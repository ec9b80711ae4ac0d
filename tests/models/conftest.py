"""What tests of the tables share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from tests.models.sessions import Session


@pytest.fixture(params=["insert", "update"])
def by(request: pytest.FixtureRequest) -> str:
    """Each rule is tried by an INSERT and by an UPDATE."""
    return request.param


@pytest.fixture
def session(transactional_db: None) -> Iterator[Callable[[], Session]]:
    """Return what opens one more connection."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(Session()))
