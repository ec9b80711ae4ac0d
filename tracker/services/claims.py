"""What stances and alignments have in common as claims about the world."""

from collections.abc import Iterable
from datetime import date


def known_on(*, issued_latest: date | None, accessed_on: date | None) -> date | None:
    """Return the day for which a source vouches: the last day it can have appeared on, else the day it was read."""
    return issued_latest or accessed_on


def default_confirmed_on(*, sources: Iterable[date | None]) -> date | None:
    """Return the day on which a claim was last checked, if nobody said: that of the newest of the sources it cites."""
    return max((day for day in sources if day), default=None)
