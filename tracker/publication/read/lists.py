"""Pages of records: filtered, in order, as of one edition; page ten thousand costs what page one does."""

from collections.abc import Mapping
from typing import Any

from tracker.publication.read.connection import number, rows, stands
from tracker.publication.read.editions import LATEST
from tracker.publication.read.pages import Page, Place, cut
from tracker.publication.shapes.narrowing import DESCENDING, FILTERS
from tracker.values.nouns import Noun

Chosen = Mapping[str, Any]  # the values of filters by name, keys resolved to numbers


def page(noun: Noun, chosen: Chosen, *, edition: int | None, after: Place | None, size: int) -> Page[str]:
    """Return up to `size` records, as JSON, that match all of `chosen`, after the place `after` (sort, record).

    One statement. `edition` None is the latest, and the answer says which that was.
    """
    comparison, direction = ("<", "DESC") if noun in DESCENDING else (">", "ASC")
    order = f"d.sort {direction}, d.record {direction}"
    further = f"(d.sort, d.record) {comparison} (%(after_sort)s, %(after_record)s)" if after else "true"
    sql = f"""
        SELECT e.number, d.opened, d.body, d.sort, d.record
        FROM (SELECT {"%(edition)s" if edition is not None else LATEST} AS number) e LEFT JOIN LATERAL (
            SELECT d.opened, d.body, d.sort, d.record FROM tracker_{noun}document d
            WHERE {conditions(noun, chosen)} AND {further}
            ORDER BY {order} LIMIT %(limit)s
        ) d ON true
        ORDER BY {order}
    """.format_map(stands(edition))
    sort, record = after or (None, None)
    given = {**chosen, "edition": edition, "after_sort": sort, "after_record": record, "limit": size + 1}
    found = rows(sql, given)
    part = cut([row for row in found if row[1]], size, lambda row: (row[3], row[4]), edition=found[0][0])
    return Page(part.edition, [numbered(body, opened) for _, opened, body, *_ in part.results], part.after)


def count(noun: Noun, chosen: Chosen, *, edition: int) -> int:
    """Return how many records match all of `chosen` in an edition."""
    sql = f"SELECT count(*) FROM tracker_{noun}document d WHERE {conditions(noun, chosen)}"
    return number(sql.format_map(stands(edition)), {**chosen, "edition": edition})


def conditions(noun: Noun, chosen: Chosen) -> str:
    """Return the condition that a document `d` stood and matches, for `str.format_map` with `stands`."""
    given = frozenset(chosen)
    return " AND ".join(["{d}", *(by.condition(given) for by in FILTERS[noun] if by.name in given)])


def numbered(body: str, opened: int) -> str:
    """Return a record as JSON with the number of the edition that opened this version in front."""
    return f'{{"edition":{opened},{body[1:]}'
