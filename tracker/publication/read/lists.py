"""Pages of records: filtered, in order, as of one edition; page ten thousand costs what page one does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.publication.read.connection import rows, stands
from tracker.publication.shapes.narrowing import DESCENDING, FILTERS
from tracker.values.nouns import Noun

After = tuple[Any, int]


@dataclass(frozen=True, slots=True)
class Page:
    """Records of one page, as JSON; `after` is where the next page begins, or None; `edition` is what answered."""

    edition: int
    records: list[str]
    after: After | None


def page(noun: Noun, chosen: Mapping[str, Any], *, edition: int | None, after: After | None, size: int) -> Page:
    """Return up to `size` records (1 to 500) that match all of `chosen` (filter: value), after the position `after`.

    One statement. `edition` None is the latest, and the answer says which that was.
    """
    descending = noun in DESCENDING
    comparison, direction = ("<", "DESC") if descending else (">", "ASC")
    where = conditions(noun, chosen)
    if after is not None:
        where += [f"(d.sort, d.record) {comparison} (%(after_sort)s, %(after_record)s)"]
    number = "(SELECT coalesce(max(number), 0) FROM tracker_edition)" if edition is None else "%(edition)s"
    sql = f"""
        SELECT e.number, d.opened, d.body, d.sort, d.record
        FROM (SELECT {number} AS number) e LEFT JOIN LATERAL (
            SELECT d.opened, d.body, d.sort, d.record FROM tracker_{noun}document d
            WHERE {" AND ".join(["{d}", *where])}
            ORDER BY d.sort {direction}, d.record {direction} LIMIT %(limit)s
        ) d ON true
        ORDER BY d.sort {direction}, d.record {direction}
    """.format_map(stands(edition))
    sort, record = after or (None, None)
    found = rows(sql, {**chosen, "edition": edition, "after_sort": sort, "after_record": record, "limit": size + 1})
    full = [row for row in found if row[1] is not None]
    last = full[size - 1] if len(full) > size else None
    return Page(
        edition=found[0][0],
        records=[numbered(body, opened) for _, opened, body, _, _ in full[:size]],
        after=(last[3].isoformat() if isinstance(last[3], date) else last[3], last[4]) if last else None,
    )


def count(noun: Noun, chosen: Mapping[str, Any], *, edition: int) -> int:
    """Return how many records match all of `chosen` in an edition."""
    where = " AND ".join(["{d}", *conditions(noun, chosen)])
    sql = f"SELECT count(*) FROM tracker_{noun}document d WHERE {where}"
    number: int = rows(sql.format_map(stands(edition)), {**chosen, "edition": edition})[0][0]
    return number


def conditions(noun: Noun, chosen: Mapping[str, Any]) -> list[str]:
    """Return the conditions of the chosen filters, in the order of their declaration."""
    given = frozenset(chosen)
    return [narrowing.condition(given) for narrowing in FILTERS[noun] if narrowing.name in given]


def numbered(body: str, opened: int) -> str:
    """Return a record as JSON with the number of the edition that opened this version in front."""
    return f'{{"edition":{opened},{body[1:]}'
