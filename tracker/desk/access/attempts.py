"""Slowing down who tries to get in by trying:
after some failures each further one doubles the time to wait.

Counted across processes, in the database. Logins: by name and address together, by the name alone,
which is slowed later and less, and by the address, for names that nobody has. A browser in which
somebody got in before is counted by itself, so that nobody else's failures keep them out. Tokens
that nobody has: by the address, apart from logins.
"""

import logging
from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from django.db.models import F

from tracker.models import FailedAttempts
from tracker.models.functions import ClockTimestamp
from tracker.models.queries import rows_of, run
from tracker.public.http.clients import network_of
from tracker.publishing.four_eyes import members

LOG = logging.getLogger("tracker.access")
COUNT = """
    INSERT INTO tracker_failedattempts (key, count) VALUES (%s, 1)
    ON CONFLICT (key) DO UPDATE SET last_at = clock_timestamp(), count = CASE
        WHEN tracker_failedattempts.last_at < now() - interval '1 hour' THEN 1
            ELSE tracker_failedattempts.count + 1
    END RETURNING count
"""
FORGET = """
    DELETE FROM tracker_failedattempts WHERE id IN (
        SELECT id FROM tracker_failedattempts WHERE last_at < now() - interval '1 day'
        ORDER BY last_at LIMIT 100 FOR UPDATE SKIP LOCKED
    )
"""


class Patience(NamedTuple):
    """How many failures in a row cost nothing,
    and how many seconds one waits at most after more of them.
    """

    free: int
    longest: int


BOTH, ADDRESS, NAME = Patience(5, 900), Patience(20, 900), Patience(50, 30)
Keys = Mapping[str, Patience]


def keys_of_name(*, name: str, address: str, browser: str = "") -> Keys:
    """Return by what a login is counted that is by this name,
    each with how patient one is about it.

    `browser` says in which browser it is, if somebody got in by this name there before.
    """
    if browser:
        return {f"name {name[:100]} in {browser}": BOTH}
    return {f"name {name[:100]} at {network_of(address)}": BOTH, f"name {name[:100]}": NAME}


def keys_of_address(*, address: str) -> Keys:
    """Return by what a login from an address is counted, whatever its name."""
    return {f"address {network_of(address)}": ADDRESS}


def keys_of_tokens(*, address: str) -> Keys:
    """Return by what a token from an address is counted that nobody has."""
    return {f"tokens at {network_of(address)}": ADDRESS}


def is_somebodys(name: str) -> bool:
    """Tell whether somebody who may log in has this name."""
    return members().filter(username=name).exists()


def wait(*, keys: Keys) -> int:
    """Return how many seconds there are to wait before the next attempt; 0: none. One query."""
    # What is still to come was written by a clock that was ahead, and counts for nothing.
    rows = FailedAttempts.objects.filter(key__in=list(keys), last_at__lte=ClockTimestamp())
    failures = rows.values_list("key", "count", ClockTimestamp() - F("last_at"))
    left = [
        _seconds(count, keys[key]) - elapsed.total_seconds() for key, count, elapsed in failures
    ]
    return max(0, *map(ceil, left)) if left else 0


def failed(*, keys: Keys, what: str, address: str) -> None:
    """Count a failed attempt, and log it."""
    run(FORGET)
    counts = [
        count for key in sorted(keys) for (count,) in rows_of(COUNT, [key.replace("\x00", "")])
    ]
    LOG.warning("failed: %s from %s, up to %d in a row", what, address, max(counts))


def succeeded(*, keys: Keys) -> None:
    """Forget the failures of somebody who got in, but not those by the name alone,
    which others may go on with.
    """
    FailedAttempts.objects.filter(
        key__in=[key for key, patience in keys.items() if patience == BOTH]
    ).delete()


def _seconds(count: int, patience: Patience) -> int:
    return (
        min(patience.longest, 2 ** min(count - patience.free, 20)) if count >= patience.free else 0
    )
