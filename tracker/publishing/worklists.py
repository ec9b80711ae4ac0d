"""Who has to do what next:
what waits for review, what was sent back to somebody, what somebody is writing.

Each list comes oldest first, a page at a time, and costs one statement. Whose turn it is says the
last step of a review, as long as readers have not seen that version; of what was never in review,
who made the last change.
"""

from datetime import datetime
from typing import Any, NamedTuple

from psycopg.sql import SQL, Composable, Identifier, Literal

from tracker.history.authorship import IS_A_CHANGE
from tracker.models.queries import compose, rows_of
from tracker.models.tables import tables_of
from tracker.publishing.status import last_seen
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.vocabularies import MOVES_NOTHING, ReviewStep, State

PAGE_SIZE = 50
SUBMITTED, WITHDRAWN, SENT_BACK, ASSIGNED = (
    Literal(ReviewStep[name].value) for name in ("SUBMITTED", "WITHDRAWN", "SENT_BACK", "ASSIGNED")
)
IN_REVIEW, EDITING = Literal(State.IN_REVIEW.value), Literal(State.EDITING.value)
SUBMITS = SQL("step = {}").format(SUBMITTED)
MOVES = SQL("step <> ALL ({})").format(Literal([step.value for step in MOVES_NOTHING]))
# an edit ends a review and whatever was arranged in it, which was of the version submitted
MOVES_A_DRAFT = SQL("""
    step IN ({}, {}, {}) AND version > coalesce((
        SELECT max(r.version) FROM tracker_review r
        WHERE r.noun = tracker_review.noun AND r.record = t.id AND r.step = {}
    ), 0)
""").format(WITHDRAWN, SENT_BACK, ASSIGNED, SUBMITTED)
LAST_STEP = """
    SELECT * FROM tracker_review WHERE noun = {noun} AND record = t.id AND version > seen.version
        AND {which}
    ORDER BY id DESC LIMIT 1
"""
TASKS = """
    SELECT coalesce(s.id, 0) AS place, {noun} AS noun, t.id AS record, t.version, s.step,
        s.made_by_id, s.made_at,
           coalesce(s.text, '') AS text, coalesce(m.to_id, CASE t.state WHEN {editing}
               THEN changed.by END) AS to
    FROM {table} t
    CROSS JOIN LATERAL (SELECT {last_seen} AS version) seen
    LEFT JOIN LATERAL ({turn}) m ON true
    LEFT JOIN LATERAL ({told}) s ON true
    LEFT JOIN LATERAL (
        SELECT c.made_by_id AS by FROM tracker_event e JOIN tracker_changeset c
            ON c.id = e.changeset_id
        WHERE e.noun = {noun} AND e.record = t.id AND {is_a_change} ORDER BY e.id DESC LIMIT 1
    ) changed ON true
    WHERE {conditions} AND {unmerged}
      AND t.id IN (SELECT record FROM tracker_ahead WHERE noun = {noun})  -- all at once
      AND t.version > seen.version
"""
A_PAGE = SQL("""
    SELECT * FROM ({}) tasks WHERE (place, noun, record) > (%(place)s, %(noun)s, %(record)s)
    ORDER BY place, noun, record LIMIT %(limit)s
""")
QUEUES = SQL("""
    SELECT queue, count(since), extract(epoch FROM clock_timestamp() - min(since))
    FROM (VALUES ({in_review}, 'review'), ({editing}, 'drafts')) queues (state, queue)
    LEFT JOIN ({records}) records USING (state)
    GROUP BY queue
""")
QUEUED = """
    SELECT t.state, CASE t.state WHEN {in_review} THEN (
        SELECT max(made_at) FROM tracker_review WHERE noun = {noun} AND record = t.id AND {submits}
    ) ELSE (
        SELECT c.made_at FROM tracker_event e JOIN tracker_changeset c ON c.id = e.changeset_id
        WHERE e.noun = {noun} AND e.record = t.id ORDER BY e.id DESC LIMIT 1
    ) END AS since
    FROM {table} t
    WHERE t.id IN (SELECT record FROM tracker_ahead WHERE noun = {noun}) AND t.version > {last_seen}
        AND {unmerged}
"""
GIVEN_TO = "SELECT record FROM tracker_review WHERE noun = {noun} AND to_id = %(to)s"
CHANGED_BY = """
    SELECT e.record FROM tracker_event e JOIN tracker_changeset c ON c.id = e.changeset_id
    WHERE e.noun = {noun} AND c.made_by_id = %(to)s
"""


def _on_issue(noun: Noun) -> Composable:
    """Return the condition that a record is an issue, or names it itself or by a part;
    never, if its noun can't.
    """
    conditions: list[Composable] = [SQL("t.id = %(issue)s") if noun is Noun.ISSUE else SQL("false")]
    for table in tables_of(noun).values():
        if "issue_id" in table.references:
            row, owner = map(Identifier, (table.name, table.owner if table.part else "id"))
            conditions.append(
                SQL("EXISTS (SELECT FROM {} WHERE {} = t.id AND issue_id = %(issue)s)").format(
                    row, owner
                )
            )
    return SQL(" OR ").join(conditions)


class WorklistPlace(NamedTuple):
    """Where a list was left: behind this record."""

    number: int
    noun: Noun
    record: int


class Task(NamedTuple):
    """A record in a list: who asked or asks for what, when and with which words;
    `to` whose turn it is (ids).
    """

    place: WorklistPlace
    noun: Noun
    record: int
    version: int
    step: ReviewStep | None
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
    after: WorklistPlace | None = None,
    limit: int = PAGE_SIZE,
) -> list[Task]:
    """Return what is in review:
    on an issue, submitted by an author, assigned to somebody, if so asked.

    For a reviewer: what somebody else submitted, to the reviewer or to anybody.
    """
    conditions = """
        t.state = {in_review}
        AND (%(author)s::int IS NULL OR s.made_by_id = %(author)s)
        AND (%(to)s::int IS NULL OR m.to_id = %(to)s)
        AND (%(reviewer)s::int IS NULL OR (
            coalesce(m.to_id, %(reviewer)s) = %(reviewer)s
                AND s.made_by_id IS DISTINCT FROM %(reviewer)s
        ))
        AND (%(issue)s::int IS NULL OR {on_issue})
    """
    bound = {"issue": issue, "author": author, "to": to, "reviewer": reviewer}
    return _tasks(conditions, SUBMITS, MOVES, bound, after, limit)


def sent_back(*, to: int, after: WorklistPlace | None = None, limit: int = PAGE_SIZE) -> list[Task]:
    """Return what was sent back to somebody and not submitted again since."""
    conditions = (
        "t.state = {editing} AND m.step = {sent_back} AND m.to_id = %(to)s AND t.id IN ({given_to})"
    )
    return _tasks(conditions, MOVES_A_DRAFT, MOVES_A_DRAFT, {"to": to}, after, limit)


def drafts(*, of: int, after: WorklistPlace | None = None, limit: int = PAGE_SIZE) -> list[Task]:
    """Return what somebody is writing:
    is not in review, not as readers see it, somebody's turn, and not sent back.
    """
    conditions = """
        t.state = {editing} AND coalesce(m.to_id, changed.by) = %(to)s
            AND t.id IN ({given_to} UNION {changed_by})
        AND (m.step, m.to_id) IS DISTINCT FROM ({sent_back}, %(to)s)
    """
    return _tasks(conditions, MOVES_A_DRAFT, MOVES_A_DRAFT, {"to": of}, after, limit)


def queues() -> list[tuple[str, int, float | None]]:
    """Return how many records are in review, and how many drafts aren't,
    each with the seconds since the oldest is.
    """
    parts = {"in_review": IN_REVIEW, "editing": EDITING}
    records = SQL(" UNION ALL ").join(
        compose(
            QUEUED,
            noun,
            submits=SUBMITS,
            last_seen=last_seen(noun, "t.id"),
            unmerged=_unmerged(noun),
            **parts,
        )
        for noun in Noun
    )
    return rows_of(QUEUES.format(records=records, **parts))


def _tasks(
    conditions: str,
    placed_by: Composable,
    turn: Composable,
    bound: dict[str, Any],
    after: WorklistPlace | None,
    limit: int,
) -> list[Task]:
    """Return a page of tasks:
    `placed_by` says by which step they are placed, `turn` which says whose turn it is.
    """
    start = after or (-1, "", 0)
    rows = rows_of(
        A_PAGE.format(
            SQL(" UNION ALL ").join(_of_noun(noun, conditions, placed_by, turn) for noun in Noun)
        ),
        {**bound, "place": start[0], "noun": str(start[1]), "record": start[2], "limit": limit},
    )
    return [
        Task(
            WorklistPlace(place, Noun(noun), record),
            Noun(noun),
            record,
            version,
            step and ReviewStep(step),
            by,
            at,
            text,
            to,
        )
        for place, noun, record, version, step, by, at, text, to in rows
    ]


def _of_noun(noun: Noun, conditions: str, placed_by: Composable, turn: Composable) -> Composable:
    return compose(
        TASKS,
        noun,
        editing=EDITING,
        last_seen=last_seen(noun, "t.id"),
        turn=compose(LAST_STEP, noun, which=turn),
        told=compose(LAST_STEP, noun, which=placed_by),
        is_a_change=IS_A_CHANGE,
        conditions=compose(
            conditions,
            noun,
            in_review=IN_REVIEW,
            editing=EDITING,
            sent_back=SENT_BACK,
            on_issue=_on_issue(noun),
            given_to=compose(GIVEN_TO, noun),
            changed_by=compose(CHANGED_BY, noun),
        ),
        unmerged=_unmerged(noun),
    )


def _unmerged(noun: Noun) -> Composable:
    return SQL("t.merged_into_id IS NULL" if noun in MERGEABLE else "true")
