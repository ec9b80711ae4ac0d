"""Four eyes: nobody is the only one who has read what they publish of their own.

Own is what somebody changed in a record after the version that readers see, whoever changed it
later, unless somebody else approved that change or a later version. A merge brings changes with it,
whoever makes it: those of the loser that readers have not seen, and those of the survivor that the
merge wrote again.

Nobody retracts a public record alone, either: one proposes what another carries out. A proposal is
a comment in the review of the record, at the version that was looked at, and ends with its next
change.

The setting FOUR_EYES says "on", "off" or "auto": as soon as two of the team may publish. It is
asked of people who log in; whoever runs a command on the server, an import or another, could write
to the database as well.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from psycopg.sql import Identifier

from tracker.history import ChangeContext
from tracker.history.authorship import IS_A_CHANGE
from tracker.models import Change, Review
from tracker.models.nouns import PARTS, records_of
from tracker.models.queries import compose, rows_of
from tracker.publishing.batch import Batch, in_chunks
from tracker.publishing.status import last_seen
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem
from tracker.values.vocabularies import Channel, ForecastOutcome, Operation

MAY_PUBLISH = "tracker.add_edition"
UNSEEN = (
    "readers have not seen what you changed in it up to version {changed}, "
    "so somebody else must approve or publish version {version}"
)
# By record the sources of its content: itself, and what merges brought. Of each source the events
# count that readers had not seen, up to a `bound`; what a merge brought came with version `brought`
# of the record. A merge is an event `l` of its loser; it brings nothing to a survivor that it did
# not write, nor a loser's content once it was wholly undone. Records are looked up one by one, as
# OFFSET 0 has it: a join is planned for the rows that PostgreSQL counted last.
UNREVIEWED = """
    WITH RECURSIVE content (record, source, bound, brought, seen) AS (
        SELECT s.*, {seen} FROM (
            SELECT id, id, 2147483647, 0 FROM unnest(%(records)s::int[]) AS id
        ) AS s (record, source, bound, brought)
        UNION
        SELECT s.*, {seen} FROM (
            SELECT c.record, p.source, p.bound, CASE c.brought WHEN 0 THEN w.last ELSE c.brought END
            FROM content c
            CROSS JOIN LATERAL (
                SELECT record, changeset_id, (after ->> 'version')::int AS version
                    FROM tracker_event
                WHERE noun = {noun} AND (after ->> 'merged_into_id')::int = c.source OFFSET 0
            ) l
            CROSS JOIN LATERAL (
                SELECT min((after ->> 'version')::int) AS first,
                    max((after ->> 'version')::int) AS last
                FROM tracker_event
                WHERE changeset_id = l.changeset_id AND noun = {noun} AND record = c.source
                    AND part = '' OFFSET 0
            ) w
            CROSS JOIN LATERAL (
                SELECT c.source, w.first UNION ALL SELECT l.record, l.version WHERE NOT EXISTS (
                    SELECT FROM tracker_undoing WHERE undone_id = l.changeset_id AND is_whole
                )
            ) AS p (source, bound)
            WHERE w.last > c.seen AND w.first < c.bound
        ) AS s (record, source, bound, brought)
    )
    SELECT c.record, max(CASE c.source WHEN c.record THEN own.version ELSE c.brought END)
    FROM content c
    CROSS JOIN LATERAL (
        SELECT v.version FROM tracker_event e
        CROSS JOIN LATERAL (SELECT (e.after ->> 'version')::int AS version) v
        WHERE e.noun = {noun} AND e.record = c.source AND v.version > c.seen AND v.version < c.bound
        AND (SELECT made_by_id FROM tracker_changeset WHERE id = e.changeset_id) = %(author)s
            AND {is_a_change}
        OFFSET 0
    ) own
    WHERE NOT EXISTS (
        SELECT FROM tracker_review r
        WHERE r.noun = {noun} AND r.record IN (c.record, c.source) AND r.step = 'approved'
        AND r.made_by_id <> %(author)s
        AND r.version >= CASE r.record WHEN c.source THEN own.version ELSE c.brought END
        AND NOT EXISTS (
            SELECT FROM tracker_review b
            WHERE b.noun = r.noun AND b.record = r.record AND b.id > r.id
                AND b.step IN ('sent_back', 'withdrawn')
        )
        OFFSET 0
    )
    GROUP BY c.record ORDER BY c.record
"""
BY_ITS_AUTHOR = (
    "{person} made the claim and said what became of it ({outcome}), which takes somebody else"
)
BY_ITS_AUTHOR_REMEDY = "let somebody else set the outcome, after taking it back to “open”"
TAKEN_BACK = "{person} made the claim and took back what became of it, which takes somebody else"
TAKEN_BACK_REMEDY = "let somebody else take it back, after setting it again"
UNPROPOSED = (
    "readers see it, so somebody else must propose first to withdraw it, at version {version}"
)
# Who made a claim also said last what became of it, or took that back, otherwise than readers see
# it: “open” is the same as nothing asked. Records are looked up one by one.
RESOLVED_BY_ITS_AUTHOR = """
    SELECT c.record, coalesce(c.outcome, 'open'), u.username
    FROM (
        SELECT w.record, r.outcome FROM unnest(%(records)s::int[]) AS w (record)
        LEFT JOIN LATERAL (SELECT outcome FROM {resolutions} WHERE {owner} = w.record OFFSET 0) r
            ON true
        LEFT JOIN LATERAL (
            SELECT d.body::json #>> '{{resolutions,0,outcome}}' AS outcome FROM {documents} d
            WHERE d.record = w.record AND d.closed IS NULL
                AND position('"resolutions":[{{' IN d.body) > 0 OFFSET 0
        ) p ON true
        WHERE coalesce(r.outcome, 'open') <> coalesce(p.outcome, 'open') OFFSET 0
    ) c
    CROSS JOIN LATERAL (
        SELECT s.made_by_id FROM tracker_event e JOIN tracker_changeset s ON s.id = e.changeset_id
        WHERE e.noun = {noun} AND e.record = c.record AND e.part = '' AND e.before IS NULL
            ORDER BY e.id LIMIT 1
    ) made
    CROSS JOIN LATERAL (
        SELECT s.made_by_id FROM tracker_event e JOIN tracker_changeset s ON s.id = e.changeset_id
        WHERE e.noun = {noun} AND e.record = c.record AND e.part = 'resolution'
        AND e.after ->> 'outcome' IS NOT DISTINCT FROM c.outcome
        AND e.before ->> 'outcome' IS DISTINCT FROM c.outcome
        ORDER BY e.id DESC LIMIT 1
    ) resolved
    JOIN auth_user u ON u.id = made.made_by_id
    WHERE resolved.made_by_id = made.made_by_id
    ORDER BY c.record
"""
RESOLVED = {
    noun: compose(
        RESOLVED_BY_ITS_AUTHOR,
        noun,
        resolutions=Identifier(PARTS[noun]["resolution"]._meta.db_table),
        owner=Identifier(f"{noun}_id"),
    )
    for noun in CLAIMS
}
QUERIES = {
    noun: compose(
        UNREVIEWED,
        noun,
        seen=last_seen(noun, "s.source", before="s.bound"),
        is_a_change=IS_A_CHANGE,
    )
    for noun in Noun
}


def reviewer_required_for(context: ChangeContext) -> int | None:
    """Return whose own changes somebody else must have seen:
    of who logged in, and of nobody else.
    """
    return context.made_by if context.channel in (Channel.ADMIN, Channel.API) else None


def unreviewed(versions: Batch, author: int) -> Iterator[Problem]:
    """Yield which records, at these versions,
    hold changes by an author that nobody else has seen.
    """
    if not is_asked_for():
        return
    for noun, ids in in_chunks(versions):
        for record, changed in rows_of(QUERIES[noun], {"records": ids, "author": author}):
            params = {"changed": changed, "version": versions[noun][record]}
            yield Problem("refused", UNSEEN, params=params, record=(noun, record))


def resolved_by_author(versions: Batch) -> Iterator[Problem]:
    """Yield which claims are to be published as resolved by whoever made them,
    who judges their own forecast.
    """
    if not is_asked_for():
        return
    for noun, ids in in_chunks(versions, CLAIMS):
        for record, outcome, person in rows_of(RESOLVED[noun], {"records": ids}):
            params, path = {"person": person, "outcome": outcome}, ("resolutions",)
            is_taken_back = outcome == ForecastOutcome.OPEN
            says = TAKEN_BACK if is_taken_back else BY_ITS_AUTHOR
            remedy = TAKEN_BACK_REMEDY if is_taken_back else BY_ITS_AUTHOR_REMEDY
            yield Problem("refused", says, path, params, (noun, record), remedy=remedy)


def unproposed_retractions(versions: Batch, author: int | None) -> Iterator[Problem]:
    """Yield which records, at these versions, nobody but the author has proposed to retract."""
    if author is None or not is_asked_for():
        return
    for noun, ids in in_chunks(versions):
        proposals = retraction_proposals(noun).filter(record__in=list(ids)).exclude(made_by=author)
        proposed = set(proposals.values_list("record", flat=True))
        for record in ids:
            if record not in proposed:
                params = {"version": versions[noun][record]}
                yield Problem("refused", UNPROPOSED, params=params, record=(noun, record))


def retraction_proposals(noun: Noun) -> "QuerySet[Review]":
    """Return the open proposals to retract records of a noun:
    of those as they are, and not retracted since.
    """
    unchanged = records_of(noun).filter(pk=OuterRef("record"), version=OuterRef("version"))
    retracted = Change.objects.filter(
        noun=noun,
        record=OuterRef("record"),
        operation=Operation.RETRACTED,
        edition__published_at__gt=OuterRef("made_at"),
    )
    steps = Review.objects.filter(noun=noun, proposes_retraction=True)
    return steps.filter(Exists(unchanged), ~Exists(retracted))


def proposed_retractions(*, but_by: int, most: int) -> list[Key]:
    """Return records that others propose to retract, the oldest proposal first, at most so many;
    one query.
    """
    condition = Q()
    for noun in Noun:
        condition |= Q(pk__in=retraction_proposals(noun).values("pk"))
    steps = Review.objects.filter(condition).exclude(made_by=but_by).order_by("id")
    keys = [(Noun(noun), record) for noun, record in steps.values_list("noun", "record")[:most]]
    return list(dict.fromkeys(keys))


def is_asked_for() -> bool:
    """Tell whether publishing takes two people."""
    if settings.FOUR_EYES != "auto":
        return bool(settings.FOUR_EYES == "on")
    return len(members(MAY_PUBLISH).values_list("pk")[:2]) == 2


def may_publish(person: int) -> bool:
    """Tell whether somebody may make editions, and so undo what readers have seen."""
    return members(MAY_PUBLISH).filter(pk=person).exists()


def members(permission: str = "") -> "QuerySet[Any]":
    """Return the accounts that may log in to the desk, active and with a role (`is_staff`),
    and have the permission.
    """
    people: Any = get_user_model()._default_manager
    active: QuerySet[Any] = (
        people.with_perm(permission) if permission else people.filter(is_active=True)
    )
    return active.filter(is_staff=True)
