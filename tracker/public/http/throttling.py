"""How often one address may read the publication in this process:
counted in memory, so that reading writes nothing.

`public/middleware.py` answers 429; for tokens and people see
`desk/access/throttling.py`, which counts over all processes.

Of each address one number is kept: the moment at which what it has asked is made up for by waiting.
Who would be more than BURST seconds ahead is refused. What is older than that says nothing any
more, so numbers are kept in two halves: when one is full or old, it takes the place of the other,
which is forgotten.
"""

from collections.abc import Mapping
from math import ceil
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings

from tracker.public.http.clients import address_of, network_of

BURST = 10.0  # seconds' worth of requests that may come at once
MOST_ADDRESSES = 10_000  # in each half; both take some 2 MB


class Limit:
    """Counts requests by address;
    `addresses` bounds how many are kept, for so many seconds at least.
    """

    def __init__(self, addresses: int = MOST_ADDRESSES, seconds: float = BURST) -> None:
        self._addresses, self._seconds = addresses, seconds
        self._newer: dict[str, float] = {}
        self._older: dict[str, float] = {}
        self._turned_at = 0.0
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many addresses are kept."""
        return len(self._newer) + len(self._older)

    def take(self, address: str, per_second: float, now: float | None = None) -> int:
        """Count a request and return 0,
        or count nothing and return how many seconds there are to wait.
        """
        now = monotonic() if now is None else now
        with self._lock:
            if len(self._newer) >= self._addresses or now > self._turned_at + self._seconds:
                self._newer, self._older, self._turned_at = {}, self._newer, now
            before = max(now, self._newer.get(address) or self._older.get(address, now))
            left = before + 1 / per_second - now - BURST
            self._newer[address] = before if left > 0 else before + 1 / per_second
        return max(0, ceil(left))

    def charge(self, address: str, seconds: float, now: float | None = None) -> None:
        """Count as many requests as may come in so many seconds."""
        now = monotonic() if now is None else now
        with self._lock:
            before = max(now, self._newer.get(address) or self._older.get(address, now))
            self._newer[address] = before + seconds


READING = Limit()


def seconds_to_wait(meta: Mapping[str, Any]) -> int:
    """Count a request to read and return 0,
    or count nothing and return how many seconds its sender is to wait.
    """
    per_second = settings.READS_PER_SECOND
    return READING.take(network_of(address_of(meta)), per_second) if per_second else 0
