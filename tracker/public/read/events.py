"""The last vote, meeting or act on each issue,
by which readers see what may have changed since a claim was checked.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from psycopg.sql import SQL, Literal

from tracker.public.read.connection import rows
from tracker.public.read.occurrences import TOOK_PLACE
from tracker.public.read.sql import OF_EDITION, table_of, write
from tracker.public.read.tree import tree_of
from tracker.values import days
from tracker.values.events import IssueEvent
from tracker.values.nouns import Noun

# Of each noun the last one on an issue, of what had certainly come about by the day;
# only of these bodies are read.
LAST_ON_ISSUES = write(
    """
    WITH last AS (
        (
            SELECT DISTINCT ON (d.issue) d.issue, {vote} AS noun, d.id, lower(d.days) AS first
            FROM {votes} d WHERE {live} AND d.issue IS NOT NULL
                AND upper(d.days) <= %(on)s::date + 1
            ORDER BY d.issue, lower(d.days) DESC, d.record DESC
        ) UNION ALL (
            SELECT DISTINCT ON (i.issue) i.issue, {meeting}, d.id, d.sort
            FROM {meetings} d CROSS JOIN unnest(d.issues) AS i (issue)
            WHERE {live} AND d.status = ANY(%(statuses)s::text[]) AND {is_past}
            ORDER BY i.issue, d.sort DESC, d.record DESC
        ) UNION ALL (
            SELECT DISTINCT ON (i.issue) i.issue, {act}, d.id, d.sort
            FROM {acts} d CROSS JOIN unnest(d.issues) AS i (issue)
            WHERE {live} AND d.status = ANY(%(statuses)s::text[]) AND {is_past}
            ORDER BY i.issue, d.sort DESC, d.record DESC
        )
    )
    SELECT DISTINCT ON (l.issue) l.issue, l.noun, d.record, d.title, l.first, d.day FROM last l
        CROSS JOIN LATERAL (
        SELECT record, coalesce(body::json ->> 'title', body::json ->> 'symbol') AS title,
            body::json -> 'held' AS day
        FROM {votes} WHERE l.noun = {vote} AND id = l.id
        UNION ALL
        SELECT record, body::json ->> 'title', body::json -> 'since'
        FROM {meetings} WHERE l.noun = {meeting} AND id = l.id
        UNION ALL
        SELECT record, body::json ->> 'title', body::json -> 'since'
        FROM {acts} WHERE l.noun = {act} AND id = l.id
    ) d
    ORDER BY l.issue, l.first DESC, l.noun DESC
    """,
    vote=Literal(Noun.VOTE.value),
    meeting=Literal(Noun.MEETING.value),
    act=Literal(Noun.ACT.value),
    votes=table_of(Noun.VOTE),
    meetings=table_of(Noun.MEETING),
    acts=table_of(Noun.ACT),
    live=OF_EDITION.live("d"),
    is_past=SQL("upper(d.possible) <= %(on)s::date + 1"),
)


@lru_cache(maxsize=100)
def last_on_issues(edition: int, stamp: int | None, on: date) -> Mapping[str, IssueEvent]:
    """Return what had happened last on issues by a day, by the slug of the issue;
    one statement, and kept.

    `stamp` is the moment of the edition.
    """
    bound = {"edition": edition, "on": on, "statuses": [status.value for status in TOOK_PLACE]}
    found = rows(LAST_ON_ISSUES, bound)
    issues = tree_of(edition, stamp).issues
    slugs = {issue.id: slug for slug, issue in issues.items()}
    return {
        slugs[issue]: IssueEvent(Noun(noun), record, title or "", first, days.when(day))
        for issue, noun, record, title, first, day in found
        if issue in slugs
    }
