"""What tests do at the desk and to the publication, in a line each,
and all that the public can read.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections

from tests.factories import ActorFactory, StanceFactory
from tracker import history
from tracker.models import Edition, Record
from tracker.models.nouns import DOCUMENTS, noun_of
from tracker.publishing.publish import Chosen, publish, retract
from tracker.publishing.stage import NO_REASONS, Reasons
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

Problems = set[tuple[Noun, int, str]]


@contextmanager
def changeset(made_by: int | None = None, channel: Channel = Channel.COMMAND) -> Iterator[None]:
    """Open a change, by nobody in particular.

    A test is one transaction, and a transaction is one change set:
    what the test edits afterwards belongs to the one it began with, as if nobody had said anything.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('tracker.change', true), '')")
        before = cursor.fetchone()[0]
    with history.changeset(made_by=made_by, reason="a test", channel=channel):
        yield
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('tracker.change', %s, true)", [before])


def chosen(*records: Record | Chosen) -> list[Chosen]:
    return [
        record if isinstance(record, Chosen) else Chosen(noun_of(record), record.pk)
        for record in records
    ]


def published(*records: Record | Chosen, note: str = "", reasons: Reasons = NO_REASONS) -> Edition:
    """Publish records, and return the edition that this must make."""
    with changeset():
        edition = publish(records=chosen(*records), note=note, reasons=reasons)
    assert edition is not None, "nothing that readers see was changed"
    return edition


def retracted(*records: Record | Chosen, note: str = "", reasons: Reasons = NO_REASONS) -> Edition:
    with changeset():
        return retract(records=chosen(*records), note=note, reasons=reasons)


def refused(act: Callable[..., Any], *records: Record | Chosen) -> Problems:
    """Return what `publish` or `retract` finds wrong: noun, id and field."""
    with pytest.raises(RefusedError) as refusal, changeset():
        act(records=chosen(*records))
    return {(*(problem.record or ()), problem.field) for problem in refusal.value.problems}


def edited(record: Any, **fields: Any) -> None:
    """Change fields of a row at the desk, as any editor may."""
    type(record)._default_manager.filter(pk=record.pk).update(**fields)
    record.refresh_from_db()


def changes(edition: Edition) -> dict[tuple[str, int], str]:
    return {(change.noun, change.record): change.operation for change in edition.changes.all()}


def live_document(record: Record) -> Any:
    return DOCUMENTS[noun_of(record)]._default_manager.get(record=record.pk, closed=None)


def body(record: Record) -> dict[str, Any]:
    """Return the public form that a record has in the latest edition."""
    fields: dict[str, Any] = json.loads(live_document(record).body)
    return fields


def all_of(claim: Any) -> list[Record]:
    """Return a stance and all that it names: its actor, issue and sources."""
    return [
        claim,
        claim.actor,
        claim.issue,
        *[citation.source for citation in claim.citations.all()],
    ]


def stance_with_all(**fields: Any) -> Any:
    """Return a stance that is public with all that it names."""
    stance = StanceFactory(**fields)
    published(*all_of(stance))
    return stance


def everything_stored() -> str:
    """Return all that the reader's role can read:
    documents with all their columns, changes, mentions, editions.
    """
    tables = [f"tracker_{noun}document" for noun in Noun] + ["tracker_change", "tracker_mention"]
    queries = [f"SELECT to_jsonb(t)::text FROM {table} t" for table in tables]
    queries.append("SELECT concat_ws(' ', number, published_at, note) FROM tracker_edition")
    rows = []
    with connections["publication"].cursor() as cursor:
        for query in queries:
            cursor.execute(query)
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def everything_left() -> tuple[int, ...]:
    """Count what an attempt to publish could leave behind, staged tables among it."""
    tables = [f"tracker_{noun}document" for noun in Noun] + [
        "tracker_change",
        "tracker_mention",
        "tracker_edition",
    ]
    queries = [f"SELECT count(*) FROM {table}" for table in tables]
    queries.append(
        "SELECT count(*) FROM pg_class WHERE relname LIKE 'staged_%' AND relpersistence = 't'"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"({query})" for query in queries))
        return tuple(count for (count,) in cursor.fetchall())


def many_stances(count: int) -> int:
    """Make stances, each cited once, of ten actors;
    publish what they name, and return the id of the first.
    """
    stance = StanceFactory()
    actors, issue = ActorFactory.create_batch(10), stance.issue
    published(*actors, *all_of(stance))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH many AS (
                INSERT INTO tracker_stance (actor_id, issue_id, position, since, until, basis,
                    likelihood, hedged,
                    instruments, confidence, standing, standing_note, summary, state)
                SELECT %s + g %% 10, %s, 'supports', '2018', '', 'statement', '', false,
                    '{economic}', 'high',
                    'contested', 'One of many.', repeat('Many words. ', 20), 'editing'
                FROM generate_series(1, %s) g RETURNING id
            )
            SELECT min(id) FROM many
            """,
            [actors[0].pk, issue.pk, count],
        )
        first: int = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO tracker_stancecitation (stance_id, source_id, relation, "
            "locator_label, locator, quote, quote_language, credibility, ends) SELECT id, "
            "%s, 'supports', 'page', 'p. ' || id, '', '', '', false FROM tracker_stance "
            "WHERE id >= %s",
            [stance.citations.get().source_id, first],
        )
    return first
