"""Whether publication, desk and history agree:
everything that could have been written otherwise than by publishing.

Nothing here trusts a constraint, a trigger or a right:
each may have been lifted, by hand or in a restored dump.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from tracker.models.queries import run
from tracker.verify import (
    chain,
    desk,
    documents,
    editions,
    events,
    facts,
    guards,
    merges,
    references,
    releases,
    rules,
    subjects,
    unchanged,
)
from tracker.verify.queries import Progress

__all__ = ["Progress", "verify"]


def verify(*, progress: Progress = lambda *_: None) -> Iterator[str]:
    """Yield a sentence for everything that does not agree; none: all agrees.
    Streams in flat memory.

    It sees one moment, whatever is edited and published meanwhile;
    inside a transaction, that of the caller.
    """
    yield from guards.complaints(progress)
    with _one_moment():
        for check in (
            editions,
            subjects,
            facts,
            documents,
            merges,
            references,
            rules,
            desk,
            events,
            unchanged,
            releases,
            chain,
        ):
            yield from check.complaints(progress)


@contextmanager
def _one_moment() -> Iterator[None]:
    is_mine = not connection.in_atomic_block
    with transaction.atomic():
        if is_mine:
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # Whole tables are read. Until PostgreSQL has counted what an import or a restore brought it
        # plans for few rows, and would look through a table once for each row of another.
        run("SET LOCAL enable_nestloop = off")
        yield
        run("SET LOCAL enable_nestloop = on")
