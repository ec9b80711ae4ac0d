# ruff: noqa: S608 - SQL put together from nouns and columns of ours
"""Who has to do what next: what waits for review, what was sent back to somebody, what somebody is writing.

Each list comes oldest first, a page at a time, and costs one statement. Whose turn it is says the last step of a
review, as long as readers have not seen that version; of what was never in review, who made the last change.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from tracker.history.authorship import IS_A_CHANGE
from tracker.models.merging import MERGEABLE
from tracker.publication.publish.status import last_seen
from tracker.values.nouns import Noun
from tracker.values.vocabularies import MOVES_NOTHING, Act, State

PAGE = 50
SUBMITTED = f"act = '{Act.SUBMITTED}'"
MOVES = f"act <> ALL ('{{{','.join(MOVES_NOTHING)}}}')"
# an edit ends a review and whatever was arranged in it, which was of the version submitted
MOVES_A_DRAFT = f"""
    act IN ('{Act.WITHDRAWN}', '{Act.SENT_BACK}', '{Act.ASSIGNED}') AND version > coalesce((
        SELECT max(r.version) FROM tracker_review r
        WHERE r.noun = tracker_review.noun AND r.record = t.id AND r.{SUBMITTED}
    ), 0)
"""


class Place(NamedTuple):
    """Where a list was left: behind this record."""

    number: int
    noun: Noun
    record: int


class Task(NamedTuple):
    """A record in a list: who asked or asks for what, when and with which words; `to` whose turn it is (ids)."""

    place: Place
    noun: Noun
    record: int
    version: int
    act: Act | None
    by: int | None
    at: datetime | None
    text: str
    to: int | None


def waiting(
    *,
    issue: int | None = None,
    author: int | None = None,
    to: int | None = None,
    reviewer: int | None = None,
    after: Place | None = None,
    limit: int = PAGE,
) -> list[Task]:
    """Return what is in review: on an issue, submitted by an author, assigned to somebody, if so asked.

    For a reviewer: what somebody else submitted, to the reviewer or to anybody.
    """
    conditions = [
        f"t.state = '{State.IN_REVIEW}'",
        "(%(author)s::int IS NULL OR s.made_by_id = %(author)s)",
        "(%(to)s::int IS NULL OR m.to_id = %(to)s)",
        "(%(reviewer)s::int IS NULL OR (coalesce(m.to_id, %(reviewer)s) = %(reviewer)s"
        " AND s.made_by_id IS DISTINCT FROM %(reviewer)s))",
    ]
    given = {"issue": issue, "author": author, "to": to, "reviewer": reviewer}
    return _tasks(lambda noun: [*conditions, _on_issue(noun)], SUBMITTED, MOVES, given, after, limit)


def sent_back(*, to: int, after: Place | None = None, limit: int = PAGE) -> list[Task]:
    """Return what was sent back to somebody and not submitted again since."""
    conditions = [f"t.state = '{State.EDITING}'", f"m.act = '{Act.SENT_BACK}'", "m.to_id = %(to)s"]
    return _tasks(
        lambda noun: [*conditions, f"t.id IN ({_given_to(noun)})"],
        MOVES_A_DRAFT,
        MOVES_A_DRAFT,
        {"to": to},
        after,
        limit,
    )


def drafts(*, of: int, after: Place | None = None, limit: int = PAGE) -> list[Task]:
    """Return what somebody is writing: is not in review, not as readers see it, and somebody's turn."""

    def conditions(noun: Noun) -> list[str]:
        return [
            f"t.state = '{State.EDITING}'",
            "coalesce(m.to_id, changed.by) = %(to)s",
            f"t.id IN ({_given_to(noun)} UNION {_changed_by(noun)})",
        ]

    return _tasks(conditions, MOVES_A_DRAFT, MOVES_A_DRAFT, {"to": of}, after, limit)


def _tasks(
    conditions: Callable[[Noun], list[str]],
    told: str,
    turn: str,
    given: dict[str, Any],
    after: Place | None,
    limit: int,
) -> list[Task]:
    """Return a page of tasks: `told` says by which step they are placed, `turn` which says whose turn it is."""
    each = " UNION ALL ".join(_of_noun(noun, conditions(noun), told, turn) for noun in Noun)
    start = after or (-1, "", 0)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({each}) tasks WHERE (place, noun, record) > (%(place)s, %(noun)s, %(record)s) "
            "ORDER BY place, noun, record LIMIT %(limit)s",
            {**given, "place": start[0], "noun": str(start[1]), "record": start[2], "limit": limit},
        )
        return [
            Task(Place(place, Noun(noun), record), Noun(noun), record, version, act and Act(act), by, at, text, to)
            for place, noun, record, version, act, by, at, text, to in cursor.fetchall()
        ]


def _of_noun(noun: Noun, conditions: list[str], told: str, turn: str) -> str:
    return f"""
        SELECT coalesce(s.id, 0) AS place, '{noun}' AS noun, t.id AS record, t.version, s.act, s.made_by_id, s.made_at,
               coalesce(s.text, '') AS text,
               coalesce(m.to_id, CASE t.state WHEN '{State.EDITING}' THEN changed.by END) AS to
        FROM tracker_{noun} t
        CROSS JOIN LATERAL (SELECT {last_seen(noun, "t.id")} AS version) seen
        LEFT JOIN LATERAL ({_last_step(noun, turn)}) m ON true
        LEFT JOIN LATERAL ({_last_step(noun, told)}) s ON true
        LEFT JOIN LATERAL (
            SELECT c.made_by_id AS by FROM tracker_event e JOIN tracker_changeset c ON c.id = e.changeset_id
            WHERE e.noun = '{noun}' AND e.record = t.id AND {IS_A_CHANGE} ORDER BY e.id DESC LIMIT 1
        ) changed ON true
        WHERE {" AND ".join([*conditions, *_stands(noun), *_unseen(noun)])}
    """


def _stands(noun: Noun) -> list[str]:
    """Return the condition that a record is not part of another."""
    return ["t.merged_into_id IS NULL"] if noun in MERGEABLE else []


def _unseen(noun: Noun) -> list[str]:
    """Return the conditions that readers have not seen a record's version: for all at once, where there are many."""
    return [
        f"t.id IN (SELECT record FROM tracker_ahead WHERE noun = '{noun}')",
        f"NOT EXISTS (SELECT FROM tracker_{noun}document d WHERE d.record = t.id AND d.version >= t.version)",
        f"NOT EXISTS (SELECT FROM tracker_unchanged u WHERE u.noun = '{noun}' AND u.record = t.id"
        " AND u.version >= t.version)",
    ]


def _last_step(noun: Noun, which: str) -> str:
    return (
        f"SELECT * FROM tracker_review WHERE noun = '{noun}' AND record = t.id AND version > seen.version AND {which} "
        "ORDER BY id DESC LIMIT 1"
    )


def _on_issue(noun: Noun) -> str:
    on = {
        Noun.ISSUE: "t.id = %(issue)s",
        Noun.STANCE: "t.issue_id = %(issue)s",
        Noun.ALIGNMENT: "t.issue_id = %(issue)s",
        Noun.MEETING: "EXISTS (SELECT FROM tracker_discussion WHERE meeting_id = t.id AND issue_id = %(issue)s)",
    }
    return f"(%(issue)s::int IS NULL OR {on.get(noun, 'false')})"


def _given_to(noun: Noun) -> str:
    return f"SELECT record FROM tracker_review WHERE noun = '{noun}' AND to_id = %(to)s"


def _changed_by(noun: Noun) -> str:
    return (
        "SELECT e.record FROM tracker_event e JOIN tracker_changeset c ON c.id = e.changeset_id "
        f"WHERE e.noun = '{noun}' AND c.made_by_id = %(to)s"
    )
