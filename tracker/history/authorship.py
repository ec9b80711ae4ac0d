"""Who made the last change of a record: read from history, not stored a second time."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from psycopg.sql import SQL

from tracker.models import Event
from tracker.models.queries import rows_of
from tracker.values.nouns import Noun

# The last change is the last event `e` of the record's row that is more than a move through the
# workflow. A change of a part raises the version of its record in the same change set, so it is
# found by that.
IS_A_CHANGE = SQL("""
    e.part = '' AND (
        e.before IS NULL
        OR e.before - '{state,version}'::text[] IS DISTINCT FROM e.after - '{state,version}'::text[]
        OR EXISTS (
            SELECT FROM tracker_event p WHERE p.changeset_id = e.changeset_id
            AND p.noun = e.noun AND p.record = e.record AND p.part <> ''
        )
    )
""")
LAST_CHANGE = SQL("""
    SELECT DISTINCT ON (e.record) e.record, c.made_by_id
    FROM tracker_event e JOIN tracker_changeset c ON c.id = e.changeset_id
    WHERE e.noun = %s AND e.record = ANY(%s) AND {} ORDER BY e.record, e.id DESC
""").format(IS_A_CHANGE)
MAKERS = """
    SELECT DISTINCT ON (e.record) e.record, u.username FROM tracker_event e
    JOIN tracker_changeset c ON c.id = e.changeset_id JOIN auth_user u ON u.id = c.made_by_id
    WHERE e.noun = %s AND e.record = ANY(%s) AND e.part = '' AND e.before IS NULL
        ORDER BY e.record, e.id
"""


def last_changed_by(noun: Noun, records: Iterable[int]) -> dict[int, int | None]:
    """Return who made the last change of each of these records; None where nobody is known.
    One query.
    """
    return dict(rows_of(LAST_CHANGE, [noun.value, list(records)]))


def made_by(noun: Noun, records: Iterable[int]) -> dict[int, str]:
    """Return the user name of who made each of these records; absent where nobody is known.
    One query.
    """
    return dict(rows_of(MAKERS, [noun.value, list(records)]))


def was_made(noun: Noun, **by: Any) -> Exists:
    """Return the condition that the event which made a record is `by` these lookups:
    `changeset__channel="import"`.
    """
    first = Event.objects.filter(noun=noun, record=OuterRef("pk"), part="", before__isnull=True)
    return Exists(first.filter(**by))
