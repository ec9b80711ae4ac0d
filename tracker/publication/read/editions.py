"""Which edition answers, and what editions there are."""

from dataclasses import dataclass
from datetime import datetime

from tracker.publication.read.connection import number, rows
from tracker.publication.read.pages import Page, cut

LATEST = "(SELECT coalesce(max(number), 0) FROM tracker_edition)"


@dataclass(frozen=True, slots=True)
class Published:
    """One edition: its number, moment (UTC), note, and how many records it published, updated, … by operation."""

    number: int
    published_at: datetime
    note: str
    counts: dict[str, int]


def latest() -> int:
    """Return the number of the latest edition; 0 before the first."""
    return number(f"SELECT {LATEST}", {})


def as_of(moment: datetime) -> int | None:
    """Return the number of the edition that was current at `moment`, 0 before the first; None in the future."""
    found: int | None = rows(
        "SELECT CASE WHEN %(moment)s <= clock_timestamp() THEN coalesce(max(number), 0) END "
        "FROM tracker_edition WHERE published_at <= %(moment)s",
        {"moment": moment},
    )[0][0]
    return found


def page(*, edition: int | None, before: int | None, size: int) -> Page[Published]:
    """Return up to `size` editions, the latest first: those up to `edition` (None: all), and before `before`."""
    up_to = latest() if edition is None else edition
    first = up_to if before is None else min(up_to, before - 1)
    return cut(_editions(first, size + 1), size, lambda found: (found.number,), edition=up_to)


def one(edition: int) -> Published | None:
    """Return one edition; None if there is none of this number."""
    found = _editions(edition, 1)
    return found[0] if found and found[0].number == edition else None


def _editions(first: int, limit: int) -> list[Published]:
    found = rows(
        """
        SELECT e.number, e.published_at, e.note, c.counts
        FROM tracker_edition e CROSS JOIN LATERAL (
            SELECT coalesce(json_object_agg(operation, n ORDER BY operation), '{}') AS counts FROM (
                SELECT operation, count(*) AS n FROM tracker_change WHERE edition = e.number GROUP BY operation
            ) o
        ) c
        WHERE e.number <= %(first)s ORDER BY e.number DESC LIMIT %(limit)s
        """,
        {"first": first, "limit": limit},
    )
    return [Published(*row) for row in found]
