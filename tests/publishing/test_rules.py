"""What the database refuses in raw SQL to the application's role:
every way to publish but the right one.

Which rights it lacks, and that nothing of the past is rewritten, is tried in tests/models.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    SourceFactory,
    StanceFactory,
)
from tests.models.sessions import Session
from tests.publishing.acts import all_of, edited, live_document, published, stance_with_all
from tracker.models.nouns import noun_of
from tracker.models.snapshots import Snapshot, load
from tracker.publishing.names import references
from tracker.publishing.render import Names, render
from tracker.publishing.stage import own_columns
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db(transaction=True)
NEXT_EDITION = (
    "INSERT INTO tracker_edition (number, published_at, note) "
    "SELECT coalesce(max(number), 0) + 1, '1999-01-01', '' FROM tracker_edition"
)


def sql(statement: str, *parameters: Any, on: Any = connection) -> Any:
    with on.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@contextmanager
def refusal(what: str) -> Iterator[None]:
    """Expect that the database refuses what happens here, or the commit of it,
    with a message or constraint.
    """
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        yield
    cause = error.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert what in f"{cause.diag.message_primary} {cause.diag.constraint_name}"


def begin_edition(number: int | None = None, on: Any = connection) -> int:
    sql(
        NEXT_EDITION
        if number is None
        else f"INSERT INTO tracker_edition VALUES ({number}, now(), '', 0, NULL)",
        on=on,
    )
    return sql("SELECT max(number) FROM tracker_edition", on=on)[0][0]


def close(record: Any, edition: int | None, on: Any = connection) -> int:
    noun = noun_of(record)
    statement = (
        f"UPDATE tracker_{noun}document SET closed = %s WHERE record = %s AND closed IS NULL"
    )
    return sql(statement, edition, record.pk, on=on)


def open_document(record: Any, edition: int, on: Any = connection, **columns: Any) -> None:
    """Insert the document that publishing would, with other values in some columns."""
    noun = noun_of(record)
    whole: Snapshot = next(load(noun, [record.pk]))
    rendered = render(whole, Names(references(whole.named())))
    values = {
        "record": record.pk,
        "version": whole.record.version,
        "opened": edition,
        "shape": 1,
        "body": rendered.body,
    }
    values |= {name: rendered.columns[name] for name in own_columns(noun)} | columns
    sql(
        f"INSERT INTO tracker_{noun}document ({', '.join(values)}) VALUES "
        f"({', '.join(['%s'] * len(values))})",
        *values.values(),
        on=on,
    )


def mention(record: Any, named: Any) -> None:
    noun = noun_of(record)
    sql(
        f"INSERT INTO tracker_mention (noun, document, named_noun, named) SELECT '{noun}', "
        f"id, %s, %s FROM tracker_{noun}document WHERE record = %s AND closed IS NULL",
        noun_of(named).value,
        named.pk,
        record.pk,
    )


def tell(record: Any, edition: int, operation: str, on: Any = connection) -> None:
    sql(
        "INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed) "
        "SELECT %s, 1 + count(*), %s, %s, 'k', %s, '{}' FROM tracker_change WHERE edition = %s",
        edition,
        noun_of(record).value,
        record.pk,
        operation,
        edition,
        on=on,
    )


def publish_past_the_rules(record: Any) -> None:
    edition = begin_edition()
    open_document(record, edition)
    tell(record, edition, "published")


def test_the_tests_work_as_the_application():
    assert sql("SELECT current_user") == [(settings.APPLICATION,)]


def test_raw_sql_that_does_all_that_publishing_does_is_accepted():
    actor = ActorFactory()
    with transaction.atomic():
        edition = begin_edition()
        open_document(actor, edition)
        tell(actor, edition, "published")

    assert live_document(actor).opened_id == 1


def test_no_document_opens_outside_an_edition():
    published(ActorFactory())
    actor = ActorFactory()

    with refusal("not the edition being made"):
        open_document(actor, 1)
    with refusal("not the edition being made"):
        open_document(actor, 2)


def test_no_document_opens_in_an_old_edition_while_a_new_one_is_made():
    published(ActorFactory())
    actor = ActorFactory()

    with refusal("not the edition being made"):
        begin_edition()
        open_document(actor, 1)


def test_no_document_closes_outside_an_edition_or_in_an_old_one():
    actor = ActorFactory()
    published(actor)
    published(ActorFactory())

    with refusal("not the edition being made"):
        close(actor, 2)
    with refusal("not the edition being made"):
        begin_edition()
        close(actor, 2)


def test_a_document_closes_once_and_stays_closed():
    actor = ActorFactory()
    published(actor)
    edited(actor, summary="Changed.")
    published(actor)

    for closed in (2, 3, None):
        with refusal("a document is closed once"):
            begin_edition()
            sql("UPDATE tracker_actordocument SET closed = %s WHERE closed = 2", closed)


@pytest.mark.parametrize("operation", ["updated", "retracted", "renamed", None])
def test_an_edition_whose_changes_are_not_what_happened_does_not_commit(operation):
    actor = ActorFactory()

    with refusal("edition_changes_are_what_happened"):
        edition = begin_edition()
        open_document(actor, edition)
        if operation:
            tell(actor, edition, operation)


@pytest.mark.parametrize("operation", ["updated", "retracted", "published"])
def test_an_edition_that_tells_of_what_did_not_happen_does_not_commit(operation):
    actor = ActorFactory()

    with refusal("edition_changes_are_what_happened"):
        tell(actor, begin_edition(), operation)


def test_an_edition_that_closes_and_does_not_say_so_does_not_commit():
    actor = ActorFactory()
    published(actor)

    with refusal("edition_changes_are_what_happened"):
        close(actor, begin_edition())
    with refusal("edition_changes_are_what_happened"):
        edition = begin_edition()
        close(actor, edition)
        tell(actor, edition, "updated")


def test_a_change_belongs_to_the_edition_that_is_being_made():
    actor = ActorFactory()
    published(ActorFactory())

    with refusal("not the edition being made"):
        tell(actor, 1, "published")
    with refusal("not the edition being made"):
        begin_edition()
        tell(actor, 1, "published")


def test_a_mention_belongs_to_a_document_of_the_edition_that_is_being_made():
    stance = stance_with_all()
    other = ActorFactory()

    with refusal("not of a document of the edition being made"):
        mention(stance, other)


@pytest.mark.parametrize("number", [1, 3, 0, -1])
def test_editions_are_numbered_one_after_the_other(number):
    published(ActorFactory())

    with refusal("is not the next"):
        begin_edition(number)


def test_the_database_stamps_editions_whatever_moment_is_given():
    actor = ActorFactory()
    with transaction.atomic():
        edition = begin_edition()
        open_document(actor, edition)
        tell(actor, edition, "published")
    published(ActorFactory())

    assert sql(
        "SELECT extract(year FROM min(published_at)) > 2000, count(*) FROM tracker_edition"
    ) == [(True, 2)]


def test_nothing_is_named_that_is_not_public():
    stance = StanceFactory()
    published(*all_of(stance)[1:])
    draft = ActorFactory()

    with refusal("edition_names_what_is_public"):
        edition = begin_edition()
        open_document(stance, edition)
        mention(stance, draft)
        tell(stance, edition, "published")


def test_nothing_is_retracted_that_is_named():
    stance = stance_with_all()

    with refusal("edition_names_what_is_public"):
        edition = begin_edition()
        close(stance.actor, edition)
        tell(stance.actor, edition, "retracted")


@pytest.mark.parametrize("role", [settings.APPLICATION, settings.OWNER])
def test_no_claim_is_public_without_a_citation_that_says_where(acting_as, role):
    stance = StanceFactory(citations=[])
    published(stance.actor, stance.issue)

    with acting_as(role), refusal("stance_cites_a_source"):
        publish_past_the_rules(stance)


def test_no_stance_is_public_on_an_issue_without_a_question_whichever_of_them_is_published():
    issue = IssueFactory(question="")
    published(issue)
    edited(issue, question="Should it be so?")
    stance = StanceFactory(issue=issue)
    published(*(record for record in all_of(stance)[1:] if record != issue))

    with refusal("stance_issue_has_a_question"):
        edition = begin_edition()
        open_document(stance, edition)
        tell(stance, edition, "published")

    published(stance, issue)
    with refusal("stance_issue_has_a_question"):
        edition = begin_edition()
        close(issue, edition)
        open_document(issue, edition, has_question=False)
        tell(issue, edition, "updated")


def test_no_public_issue_is_its_own_ancestor():
    above = IssueFactory()
    below = IssueFactory(parent=above)
    published(above, below)

    with refusal("issue_is_not_its_own_ancestor"):
        edition = begin_edition()
        close(above, edition)
        open_document(above, edition, parent=below.pk)
        tell(above, edition, "updated")


def test_no_public_source_passes_itself_on():
    first = SourceFactory()
    copy = SourceFactory(derives_from=first)
    published(first, copy)

    with refusal("source_is_not_its_own_origin"):
        edition = begin_edition()
        close(first, edition)
        open_document(first, edition, derives_from=copy.pk)
        tell(first, edition, "updated")


def test_no_public_issue_is_settled_before_its_first_claim_begins():
    stance = stance_with_all(since="2019-02-03")
    with refusal("issue_is_settled_after_its_first_claim"):
        edition = begin_edition()
        close(stance.issue, edition)
        open_document(stance.issue, edition, settled="[2019-01-01,2019-01-31]")
        tell(stance.issue, edition, "updated")


def test_a_slug_that_was_public_belongs_to_one_record_for_ever():
    actor = ActorFactory(slug="once-public")
    published(actor)
    edited(actor, slug="another")
    published(actor)

    with refusal("actor_document_slug_belongs_to_one_record_ever"):
        open_document(ActorFactory(), begin_edition(), slug="once-public")


def test_a_ref_that_was_public_belongs_to_one_record_for_ever_even_within_one_statement():
    source = SourceFactory(ref="once-public")
    published(source)

    with refusal("source_document_ref_belongs_to_one_record_ever"):
        open_document(SourceFactory(), begin_edition(), ref="once-public")
    own = ", ".join(own_columns(Noun.SOURCE))
    same = own.replace("ref", "'same'", 1)
    with refusal("“same” belongs to record"):
        sql(
            f"INSERT INTO tracker_sourcedocument (record, version, opened, shape, body, {own}) "
            f"SELECT other, version, %s, shape, body, {same} FROM tracker_sourcedocument, "
            "unnest(%s::int[]) AS other",
            begin_edition(),
            [SourceFactory().pk, SourceFactory().pk],
        )


def test_rivals_are_refused_by_insert_and_by_whichever_way_a_pair_is_entered():
    stance = stance_with_all(since="2018")
    rival = StanceFactory(actor=stance.actor, issue=stance.issue, since="2019")
    with refusal("stance_one_accepted_at_once"):
        publish_past_the_rules(rival)

    alignment = AlignmentFactory()
    published(*all_of(alignment), alignment.counterpart)
    turned = AlignmentFactory(
        issue=alignment.issue, actor=alignment.counterpart, counterpart=alignment.actor
    )
    with refusal("alignment_one_accepted_at_once"):
        publish_past_the_rules(turned)


def test_two_connections_that_publish_rivals_past_the_lock_do_not_both_commit():
    first = StanceFactory(since="2018")
    second = StanceFactory(actor=first.actor, issue=first.issue, since="2019")
    published(*all_of(first)[1:], *all_of(second)[3:])

    with closing(Session()) as other:
        other.do("BEGIN")
        with transaction.atomic():
            edition = begin_edition()
            open_document(first, edition)
            tell(first, edition, "published")
            # It has the same number for its edition and waits for the first to commit or not.
            waiting = other.start(NEXT_EDITION)
            assert other.waits(waiting)
        with pytest.raises(psycopg.errors.UniqueViolation):
            waiting.result(timeout=10)
        other.do("ROLLBACK")

    with refusal("stance_one_accepted_at_once"):
        publish_past_the_rules(second)


def test_nothing_is_added_to_an_edition_that_has_proved_itself_before_its_transaction_ends():
    actor = ActorFactory()

    with refusal("not the edition being made"):
        edition = begin_edition()
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        open_document(actor, edition)
    with refusal("not the edition being made"):
        edition = begin_edition()
        open_document(actor, edition)
        tell(actor, edition, "published")
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        tell(ActorFactory(), edition, "published")
