"""No test meets what another one left in memory.

Processes keep what they know of an edition by its number and moment, which in production no two have alike; databases
of tests do, where moments are fixed.
"""

from collections.abc import Iterator

import pytest

from tracker.publication.read.coverage import counts, coverage
from tracker.publication.read.editions import digest
from tracker.publication.read.tree import tree_of
from tracker.site.page import editions_to_choose
from tracker.site.reading import known_actor
from tracker.web import costly
from tracker.web.response_cache import RESPONSES
from tracker.web.throttling import Limit

CACHED = (known_actor, counts, coverage, digest, editions_to_choose, tree_of)


def forget() -> None:
    """Forget what processes keep of editions, so that each statement is asked again."""
    for kept in CACHED:
        kept.cache_clear()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Forget it after each test, finished responses too, and who had costly ones made."""
    yield
    forget()
    RESPONSES.clear()
    costly.TURNS = Limit()
