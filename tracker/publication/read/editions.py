"""Which edition answers, and what editions there are."""

from dataclasses import dataclass
from datetime import datetime

from tracker.publication.read.connection import rows


@dataclass(frozen=True, slots=True)
class Published:
    """One edition: its number, moment (UTC), note, and how many records it published, updated, … by operation."""

    number: int
    published_at: datetime
    note: str
    counts: dict[str, int]


def latest() -> int:
    """Return the number of the latest edition; 0 before the first."""
    number: int = rows("SELECT coalesce(max(number), 0) FROM tracker_edition", {})[0][0]
    return number


def as_of(moment: datetime) -> int | None:
    """Return the number of the edition that was current at `moment`, 0 before the first; None in the future."""
    number: int | None = rows(
        "SELECT CASE WHEN %(moment)s <= clock_timestamp() THEN coalesce(max(number), 0) END "
        "FROM tracker_edition WHERE published_at <= %(moment)s",
        {"moment": moment},
    )[0][0]
    return number


def editions(*, up_to: int, before: int | None, limit: int) -> list[Published]:
    """Return editions up to number `up_to`, the latest first; with `before`, only earlier ones."""
    found = rows(
        """
        SELECT e.number, e.published_at, e.note, c.counts
        FROM tracker_edition e CROSS JOIN LATERAL (
            SELECT coalesce(json_object_agg(operation, n ORDER BY operation), '{}') AS counts FROM (
                SELECT operation, count(*) AS n FROM tracker_change WHERE edition = e.number GROUP BY operation
            ) o
        ) c
        WHERE e.number <= %(up_to)s AND e.number < %(before)s
        ORDER BY e.number DESC LIMIT %(limit)s
        """,
        {"up_to": up_to, "before": before if before is not None else up_to + 1, "limit": limit},
    )
    return [Published(*row) for row in found]
