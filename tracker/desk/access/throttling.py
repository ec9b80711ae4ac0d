"""How often a token, or somebody who is logged in, may ask:
counted across processes, in the database.

`desk/api/http/authentication.py` refuses with 429; for readers see `public/http/throttling.py`.

Each request puts off by its share of a second the moment from which on nothing is owed; who owes
more than BURST seconds waits. A moment beyond that was written by a clock that was ahead, and
counts for nothing. The table is not logged: counting costs no write to disk, and a crash forgives
everybody.
"""

from django.conf import settings

from tracker.models.queries import rows_of, run

BURST = 10  # seconds' worth of requests that may come at once
TAKE = """
    INSERT INTO tracker_throttle AS p (key, even_at)
        VALUES (%(key)s, clock_timestamp() + %(share)s * interval '1 s')
    ON CONFLICT (key) DO UPDATE
        SET even_at = %(share)s * interval '1 s' + greatest(clock_timestamp(), CASE
        WHEN p.even_at <= clock_timestamp() + %(burst)s * interval '1 s' THEN p.even_at
    END)
    WHERE p.even_at <= clock_timestamp() + (%(burst)s - %(share)s) * interval '1 s'
       OR p.even_at > clock_timestamp() + %(burst)s * interval '1 s'
    RETURNING xmax = 0
"""
LEFT = """
    SELECT ceil(extract(epoch FROM even_at - clock_timestamp()) - %(burst)s + %(share)s)::int
    FROM tracker_throttle WHERE key = %(key)s
"""
FORGET = """
    DELETE FROM tracker_throttle WHERE key IN (
        SELECT key FROM tracker_throttle WHERE even_at < now() - interval '1 day'
            LIMIT 100 FOR UPDATE SKIP LOCKED
    )
"""


def take(*, key: str) -> int:
    """Count a request by `key` and return 0,
    or count nothing and return how many seconds there are to wait.
    """
    if not settings.DESK_PER_SECOND:
        return 0
    share = 1 / settings.DESK_PER_SECOND
    counted = {"key": key, "share": share, "burst": max(BURST, share)}
    updated = rows_of(TAKE, counted)
    if not updated:
        left: list[int] = [seconds for (seconds,) in rows_of(LEFT, counted)]
        return max([1, *left])
    if updated[0][0]:
        run(FORGET)
    return 0
