"""What stances and alignments have in common as claims about the world."""

from collections.abc import Iterable
from datetime import date


def known_on(*, issued_earliest: date | None, accessed_on: date | None) -> date | None:
    """Return the day for which a source vouches: the first day it can have appeared on, else the day it was read.

    The last day of a source of “2026” may be months to come, and nobody can have checked anything on it.
    """
    return issued_earliest or accessed_on


def default_confirmed_on(*, sources: Iterable[date | None], today: date) -> date | None:
    """Return the day on which a claim was last checked, if nobody said: that of the newest of the sources it cites.

    A source may be dated ahead, as journals are; the claim was checked today at the latest.
    """
    newest = max((day for day in sources if day), default=None)
    return min(newest, today) if newest else None
