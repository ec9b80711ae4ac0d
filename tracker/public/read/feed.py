"""The feed: what each edition did, oldest first,
never skipping and never inserting an earlier change.

`latest` and `of_record` read it from its end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from psycopg.sql import SQL, Composable, Composed, Literal, Placeholder

from tracker.public.read.connection import number, rows
from tracker.public.read.pagination import Page, paginate
from tracker.public.read.shown_keys import hides_key, shown_keys
from tracker.public.read.sql import BODY, Scope, write
from tracker.public.read.withheld import changed_in, is_withheld, note_in, spans_without_fields
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

Place = tuple[int, int]  # an edition, and a change's position within it
SUBJECTS = {"actors": "actor", "under": "issue"}  # what `tracker_changesubject` knows changes by
# of which a change is, or which it names: fewer than are about them, since these are above others
ISSUES = "issues"
COLUMNS = {"nouns": "noun", "operations": "operation"}
FIELDS = "fields"  # of which any changed, unless the edition that changed it doesn't tell
# by COLUMNS and FIELDS terms, by SUBJECTS and ISSUES records; none is empty
Filters = Mapping[str, Sequence[Any]]
# Of editions, and of changes within one.
OLDEST_FIRST, NEWEST_FIRST = (SQL("ASC"), SQL("ASC")), (SQL("DESC"), SQL("DESC"))
NEWEST_EDITION_FIRST = (SQL("DESC"), SQL("ASC"))
CHANGED_ANY = SQL("""
    AND jsonb_exists_any(c.changed, %(fields)s::text[]) AND NOT EXISTS (
        SELECT FROM unnest(%(first_editions)s::int[], %(last_editions)s::int[]) span (first, last)
        WHERE c.edition BETWEEN span.first AND span.last
    )
""")
MOST_STATEMENTS = 32  # statements that are kept of each kind
Form = tuple[tuple[str, bool], ...]  # which of these are given, and whether with several values


@dataclass(frozen=True, slots=True)
class FeedChange:
    """One change, as the feed tells it;
    `into_key` is the key that the survivor of a merge had in that edition.

    If asked for, `body` is the record as the edition opened it, or as it was last, and `into_body`
    the survivor then; `left` says how many changes of its edition, and about the subject, come
    after it. Of editions that are withheld there are no note, no reason, no fields and no bodies,
    and keys are those of others.
    """

    edition: int
    position: int
    published_at: datetime
    note: str
    operation: str
    noun: str
    record: int
    key: str
    changed: dict[str, Any]
    into: int | None
    into_key: str | None
    reason: str
    body: bytes | None = None
    into_body: bytes | None = None
    left: int | None = None


def page(*, after: Place, edition: int, filters: Filters, size: int) -> Page[FeedChange]:
    """Return up to `size` changes after a place, in editions up to `edition`,
    that match all of `filters`.

    Oldest first. `after` is never None, as more may come:
    on an empty page it is the place that was given.
    """
    bound = _bound(after, edition, filters) | {"limit": size}
    changes = _shown(rows(_page(_form(filters)), bound), edition)
    return Page(edition, changes, (changes[-1].edition, changes[-1].position) if changes else after)


def latest(
    *,
    after: Place,
    before: Place | None,
    edition: int,
    filters: Filters,
    size: int,
    bodies: bool = True,
) -> Page[FeedChange]:
    """Return up to `size` of the same changes that come before a place, each with its record,
    the newest first.
    """
    bound = _bound(after, edition, filters) | {"limit": size + 1}
    bound |= {"before": before[0], "before_position": before[1]} if before else {}
    changes = _shown(rows(_latest(_form(filters), before is not None, bodies), bound), edition)
    return paginate(
        changes, size, lambda change: (change.edition, change.position), edition=edition
    )


def of_record(noun: Noun, record: int, *, edition: int, size: int) -> list[FeedChange]:
    """Return up to `size` changes of a record in editions up to `edition`, the newest first,
    each with the record.
    """
    bound = {"noun": noun.value, "record": record, "edition": edition, "limit": size}
    return _shown(rows(_of_record(), bound), edition)


def in_edition(edition: int, *, after: int, size: int) -> Page[FeedChange]:
    """Return up to `size` changes of an edition after a position in it, each with its record.

    What was only renamed comes last, in editions since 2026-11-29.
    """
    bound = {"edition": edition, "position": after, "limit": size + 1}
    changes = _shown(rows(_in_edition(), bound), edition)
    return paginate(
        changes, size, lambda change: (change.edition, change.position), edition=edition
    )


def of_last(size: int, *, each: int, edition: int, filters: Filters) -> list[FeedChange]:
    """Return up to `size` changes, those of the newest edition first, each with its record:
    of each the first `each`.

    `filters` has a subject, or nothing.
    """
    bound = _bound((0, 0), edition, filters) | {"limit": size, "each": each}
    return _shown(rows(_of_last(_form(filters)), bound), edition)


def _shown(found: Iterable[Sequence[Any]], edition: int) -> list[FeedChange]:
    """Return changes as they may be shown; one statement more, if a key that one has may not be."""
    changes = [_without_withheld(FeedChange(*row)) for row in found]
    hidden = [change for change in changes if hides_key(change.edition, change.operation)]
    if not hidden:
        return changes
    survivors = [(change.noun, change.into) for change in hidden if change.into]
    keys = shown_keys(
        [*((change.noun, change.record) for change in hidden), *survivors], edition=edition
    )
    return [_in_keys(change, keys) for change in changes]


def _in_keys(change: FeedChange, keys: Mapping[tuple[str, int], str]) -> FeedChange:
    """Return a change told by keys that are shown."""
    if not hides_key(change.edition, change.operation):
        return change
    into_key = keys[change.noun, change.into] if change.into else None
    return replace(change, key=keys[change.noun, change.record], into_key=into_key)


def _without_withheld(change: FeedChange) -> FeedChange:
    """Return a change without what may not be told of it:
    what was withdrawn is as the edition before had it.
    """
    is_own, ends = (
        is_withheld(change.edition),
        change.operation in (Operation.RETRACTED, Operation.MERGED),
    )
    return replace(
        change,
        note=note_in(change.edition, change.note),
        reason=note_in(change.edition, change.reason),
        changed=changed_in(change.edition, change.changed),
        body=None if is_own or (ends and is_withheld(change.edition - 1)) else change.body,
        into_body=None if is_own else change.into_body,
    )


def count(*, after: Place, edition: int, filters: Filters) -> int:
    """Return how many changes there are after a place, in editions up to `edition`,
    that match all of `filters`.
    """
    return number(_count(_form(filters)), _bound(after, edition, filters))


def editions(*, edition: int, filters: Filters, size: int) -> list[tuple[int, datetime]]:
    """Return the last editions, up to `edition`, that changed what matches, with their moments;
    the newest first.
    """
    return rows(_editions(_form(filters)), _bound((0, 0), edition, filters) | {"limit": size})


def _form(filters: Filters) -> Form:
    return tuple(
        (name, len(filters[name]) > 1)
        for name in (*COLUMNS, FIELDS, *SUBJECTS, ISSUES)
        if name in filters
    )


def _bound(after: Place, edition: int, filters: Filters) -> dict[str, Any]:
    bound: dict[str, Any] = {"after": after[0], "position": after[1], "edition": edition, **filters}
    if FIELDS in filters:
        bound["first_editions"], bound["last_editions"] = spans_without_fields()
    return bound


@lru_cache(maxsize=MOST_STATEMENTS)
def _count(form: Form) -> str:
    return write("SELECT count(*) FROM ({}) place", _places(form))


@lru_cache(maxsize=MOST_STATEMENTS)
def _editions(form: Form) -> str:
    changed = SQL("SELECT DISTINCT edition FROM ({}) place").format(_places(form))
    # which of its changes they are about needn't be known
    if len(form) == 1 and form[0][0] in SUBJECTS:
        [(name, _)] = form
        changed = SQL(
            "SELECT DISTINCT edition FROM tracker_changesubject "
            "WHERE noun = {} AND record = ANY({}::int[]) AND edition <= %(edition)s::int"
        ).format(Literal(SUBJECTS[name]), Placeholder(name))
    return write(
        "SELECT e.number, e.published_at FROM ({} ORDER BY edition DESC LIMIT %(limit)s) c "
        "JOIN tracker_edition e ON e.number = c.edition ORDER BY 1 DESC",
        changed,
    )


@lru_cache(maxsize=MOST_STATEMENTS)
def _page(form: Form) -> str:
    return _changes(_places(form), OLDEST_FIRST, SQL(""))


@lru_cache(maxsize=MOST_STATEMENTS)
def _latest(form: Form, is_further: bool, bodies: bool) -> str:
    places = _places(form)
    if is_further:
        before = "{} AND (edition, position) < (%(before)s::int, %(before_position)s::int)"
        places = SQL(before).format(places)
    return _changes(places, NEWEST_FIRST, _body_columns() if bodies else SQL(""))


@cache
def _in_edition() -> str:
    places = SQL("""
        SELECT edition, position FROM tracker_change WHERE edition = %(edition)s::int
            AND position > %(position)s::int
    """)
    return _changes(places, OLDEST_FIRST, _body_columns())


@cache
def _of_record() -> str:
    places = SQL("""
        SELECT edition, position FROM tracker_change
        WHERE noun = %(noun)s AND record = %(record)s::int AND edition <= %(edition)s::int
    """)
    return _changes(places, NEWEST_FIRST, _body_columns())


@lru_cache(maxsize=MOST_STATEMENTS)
def _of_last(form: Form) -> str:
    """Return SQL that looks at as many editions as changes are wanted,
    and in each at its first ones alone.
    """
    places: Composable = SQL("""
        SELECT first.edition, first.position
        FROM generate_series(%(edition)s::int - %(limit)s::int + 1, %(edition)s::int) number
        CROSS JOIN LATERAL (
            SELECT edition, position FROM tracker_change WHERE edition = number ORDER BY position
                LIMIT %(each)s
        ) first
    """)
    left: Composable = SQL(
        "(SELECT max(l.position) FROM tracker_change l WHERE l.edition = c.edition) - c.position"
    )
    if form:
        [(name, _)] = form
        subject = SQL("s.noun = {} AND s.record = ({}::int[])[1]").format(
            Literal(SUBJECTS[name]), Placeholder(name)
        )
        places = SQL("""
            SELECT e.edition, first.position FROM (
                SELECT s.edition, s.positions FROM tracker_changesubject s
                WHERE {} AND s.edition <= %(edition)s::int ORDER BY s.edition DESC LIMIT %(limit)s
            ) e CROSS JOIN LATERAL (
                SELECT unnest(e.positions[:%(each)s::int]) AS position
            ) first
        """).format(subject)
        left = SQL("""(
            SELECT cardinality(s.positions) - array_position(s.positions, c.position)
            FROM tracker_changesubject s WHERE {} AND s.edition = c.edition
        )""").format(subject)
    return _changes(places, NEWEST_EDITION_FIRST, _body_columns() + SQL(", ") + left)


def _body_columns() -> Composed:
    body = SQL("""(
        SELECT {} FROM tracker_document d WHERE d.noun = c.noun AND d.record = {} AND {}
            ORDER BY d.opened DESC LIMIT 1
    )""")
    return SQL(", {}, {}").format(
        body.format(BODY, SQL("c.record"), SQL("c.edition IN (d.opened, d.closed)")),
        body.format(BODY, SQL("c.into"), Scope(SQL("c.edition")).live("d")),
    )


def _changes(places: Composable, order: tuple[SQL, SQL], bodies: Composable) -> str:
    """Return the SQL of the changes at places, each looked up by itself (OFFSET 0):
    PostgreSQL would read them all.

    It doesn't know, when it plans, how many are wanted, and plans for a tenth of all.
    `order` is one of those above.
    """
    return write(
        """
        SELECT c.edition, c.position, c.published_at, c.note, c.operation, c.noun, c.record, c.key,
               c.changed::json, c.into, s.key, c.reason{bodies}
        FROM ({places} ORDER BY edition {editions}, position {within} LIMIT %(limit)s) place
        CROSS JOIN LATERAL (
            SELECT c.*, e.published_at, e.note FROM tracker_change c JOIN tracker_edition e
                ON e.number = c.edition
            WHERE c.edition = place.edition AND c.position = place.position OFFSET 0
        ) c
        LEFT JOIN LATERAL (
            SELECT l.key FROM tracker_change l
            WHERE l.noun = c.noun AND l.record = c.into AND l.edition <= c.edition
                ORDER BY l.edition DESC LIMIT 1
        ) s ON true
        ORDER BY c.edition {editions}, c.position {within}
        """,
        places=places,
        editions=order[0],
        within=order[1],
        bodies=bodies,
    )


def _places(form: Form) -> Composed:
    """Return the SQL that finds the places of changes."""
    values = dict(form)
    subjects = [_about(name, several=values[name]) for name in SUBJECTS if name in values]
    subjects += [_naming(several=values[ISSUES])] if ISSUES in values else []
    places: Composable = SQL("tracker_change c")
    if subjects:
        places = SQL("({}) about").format(SQL(" INTERSECT ").join(subjects))
    terms: list[Composable] = [
        SQL(" AND c.{} = ANY({}::text[])").format(SQL(column), Placeholder(name))
        for name, column in COLUMNS.items()
        if name in values
    ]
    if FIELDS in values:
        terms.append(CHANGED_ANY)
    if subjects and terms:
        places = SQL("{} JOIN tracker_change c USING (edition, position)").format(places)
    return SQL("""
        SELECT edition, position FROM {}
        WHERE (edition, position) > (%(after)s::int, %(position)s::int)
            AND edition <= %(edition)s::int{}
    """).format(places, SQL("").join(terms))


def _about(name: str, *, several: bool, keys: str = "") -> Composed:
    """Return the SQL that finds the places of changes about any of records, by an index:
    of one in their order.

    The records are bound as `keys`, if not by the name.
    """
    return SQL("""
        {} edition, position FROM tracker_changesubject
            CROSS JOIN LATERAL unnest(positions) AS position
        WHERE noun = {} AND record = {} AND edition BETWEEN %(after)s::int AND %(edition)s::int
    """).format(
        SQL("SELECT DISTINCT" if several else "SELECT"),
        Literal(SUBJECTS[name]),
        SQL("ANY({}::int[])" if several else "({}::int[])[1]").format(Placeholder(keys or name)),
    )


def _naming(*, several: bool) -> Composed:
    """Return the SQL that finds the places of changes of any of these issues,
    and of what named one before or after.
    """
    return SQL("""
        SELECT edition, position FROM ({about}) about JOIN tracker_change c
            USING (edition, position)
        WHERE c.noun = {issue} AND c.record = ANY({issues}::int[]) OR EXISTS (
            SELECT FROM tracker_document d JOIN tracker_mention m ON m.noun = c.noun
                AND m.document = d.id
            WHERE d.noun = c.noun AND d.record = c.record AND c.edition IN (d.opened, d.closed)
                AND m.named_noun = {issue} AND m.named = ANY({issues}::int[])
        )
    """).format(
        about=_about("under", several=several, keys=ISSUES),
        issue=Literal(SUBJECTS["under"]),
        issues=Placeholder(ISSUES),
    )
