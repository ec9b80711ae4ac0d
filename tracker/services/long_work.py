"""Work that takes longer than a page may: what it is part of ends no statement as early as the web's are ended."""

from tracker.models.queries import run
from tracker.publication.publish.locking import LONGEST


def may_take_long() -> None:
    """Let the statements of this transaction run for an hour each."""
    run("SELECT set_config('statement_timeout', %s, true)", [LONGEST])
