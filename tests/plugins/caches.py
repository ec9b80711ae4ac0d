"""No test meets what another one left in memory.

Processes keep what they know of an edition by its number and moment, which in production no two
have alike; databases of tests do, where moments are fixed.
"""

from collections.abc import Iterator

import pytest

from tracker.public.http import costly
from tracker.public.http.caching import RESPONSES
from tracker.public.read.agreement import shares_by_body
from tracker.public.read.bodies import votes_by_body
from tracker.public.read.coverage import coverage, origins
from tracker.public.read.editions import digest
from tracker.public.read.events import last_on_issues
from tracker.public.read.names import names_of
from tracker.public.read.occurrences import together
from tracker.public.read.tree import tree_of
from tracker.public.site.kept import CARDS
from tracker.public.site.matrix import known_events
from tracker.public.site.page import editions_to_choose
from tracker.public.site.reading import known_actor, known_slugs

CACHED = (
    known_actor, known_events, known_slugs, coverage, digest, editions_to_choose, last_on_issues,
    names_of, origins, shares_by_body, together, tree_of, votes_by_body,
)  # fmt: skip


def forget() -> None:
    """Forget what processes keep of editions, so that each statement is asked again."""
    for kept in CACHED:
        kept.cache_clear()


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget it after each test, finished responses too;
    and let one address have as many costly ones as it asks for.

    How long each takes, and so how many it may have, depends on the machine;
    tests/public/http/test_costly.py counts them.
    """
    monkeypatch.setattr(costly, "SHARE", 0)
    yield
    forget()
    RESPONSES.clear()
    CARDS.clear()
