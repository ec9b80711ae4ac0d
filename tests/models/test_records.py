"""What all records have in common: keys, how their history begins, and when it may end."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import DatabaseError, connection
from psycopg.errors import UniqueViolation

from tests import factories
from tests.factories import IssueFactory
from tests.models.publishing import CHANGE, EDITION, publication_of
from tests.models.rows import execute, make, refused, row_of, write
from tests.models.sessions import waits_for_a_lock
from tests.public.api.publishing import publish_whole
from tests.publishing.acts import edited
from tests.verify.world import damage
from tracker import history
from tracker.models import Actor, Issue
from tracker.models.nouns import RECORDS, noun_of
from tracker.publishing.publish import Chosen, publish, retract
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db
each_noun = pytest.mark.parametrize("model", RECORDS.values(), ids=[noun.value for noun in RECORDS])


def publish_issue(issue, act=publish):
    with history.changeset(made_by=None, reason="It is ready.", channel=Channel.COMMAND):
        return act(records=[Chosen(Noun.ISSUE, issue.pk)])


# Keys and beginnings ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "column"),
    [(Issue, "slug"), (Actor, "slug"), *((model, "ref") for model in RECORDS.values())],
    ids=lambda value: value if isinstance(value, str) else value._meta.model_name,
)
def test_a_key_that_was_public_is_one_records_for_ever(by, model, column):
    former = getattr(factories, f"{model.__name__}Factory")(**{column: "then"})
    publish_whole(former)
    edited(former, **{column: "now"})

    with refused(f"{noun_of(model)}_takes_no_public_key"):
        write(by, make(model), **{column: "then"})
    edited(former, **{column: "then"})


def test_what_has_such_a_key_from_before_keeps_it_and_is_changed_otherwise():
    former, other = IssueFactory(slug="then"), IssueFactory()
    publish_issue(former)
    edited(former, slug="now")
    with damage():
        edited(other, slug="then")

    edited(other, slug="then", title="Other")
    edited(other, slug="other")

    with refused("issue_takes_no_public_key"):
        edited(other, slug="then")


def test_a_key_that_was_waited_for_is_looked_at_then(session):
    """Whoever had it published under it, and left it, in one transaction."""
    former, other = IssueFactory(slug="then"), IssueFactory()
    waiting = session()

    with history.changeset(made_by=None, reason="Both at once.", channel=Channel.COMMAND):
        publish(records=[Chosen(Noun.ISSUE, former.pk)])
        edited(former, slug="now")
        taking = waiting.start("UPDATE tracker_issue SET slug = 'then' WHERE id = %s", other.pk)
        assert waiting.waits(taking)

    with pytest.raises(UniqueViolation, match=f"“then” belongs to issue {former.pk} for ever"):
        taking.result(timeout=60)


@each_noun
def test_a_record_begins_at_version_1_whatever_is_said(model):
    record = make(model)

    record.pk = write("insert", record, version=7)

    assert row_of(record)["version"] == 1


def test_an_upsert_by_id_is_an_update():
    """A row that is there is no other record's."""
    issue = IssueFactory()
    columns = ", ".join(
        field.column for field in issue._meta.concrete_fields if not field.generated
    )

    execute(
        f"INSERT INTO tracker_issue ({columns}) SELECT {columns} FROM tracker_issue WHERE id = %s "
        "ON CONFLICT (id) DO UPDATE SET title = 'Another'",
        issue.pk,
    )

    assert (row_of(issue)["title"], row_of(issue)["version"]) == ("Another", 2)


# Rule 7: what was never public may be deleted -----------------------------------------------------


@each_noun
def test_a_record_that_was_public_may_not_be_deleted(acting_as, settings, model):
    record = getattr(factories, f"{model.__name__}Factory")()
    everything = [
        Chosen(noun, pk)
        for noun in RECORDS
        for pk in RECORDS[noun].objects.values_list("pk", flat=True)
    ]
    with history.changeset(made_by=None, reason="It is ready.", channel=Channel.COMMAND):
        publish(records=everything)

    for role in (settings.APPLICATION, settings.OWNER, "NONE"):
        with acting_as(role), refused(f"{noun_of(model)}_public_is_not_deleted"):
            execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", record.pk)


@each_noun
def test_what_is_not_at_the_desk_is_not_published(model):
    execute(EDITION)

    with refused("change_is_of_a_record"):
        execute(CHANGE, noun_of(model).value, 900001, "")


@pytest.mark.django_db(transaction=True)
def test_a_record_that_was_retracted_is_not_deleted():
    issue = IssueFactory()
    publish_issue(issue)
    publish_issue(issue, retract)

    with pytest.raises(DatabaseError, match="was public: retract it instead"):
        issue.delete()


def test_a_record_is_not_deleted_while_it_is_published_by_raw_sql(session):
    issue = IssueFactory()
    one, other = session(), session()

    one.do("BEGIN")
    for statement in publication_of(issue):
        one.do(*statement)
    waiting = other.start("DELETE FROM tracker_issue WHERE id = %s", issue.pk)
    assert other.waits(waiting)
    one.do("COMMIT")

    assert waiting.exception(timeout=20).diag.constraint_name == "issue_public_is_not_deleted"


@pytest.mark.parametrize("ends_with", ["COMMIT", "ROLLBACK"])
def test_a_record_is_not_published_by_raw_sql_while_it_is_deleted(session, ends_with):
    issue = IssueFactory()
    one, other = session(), session()

    one.do("BEGIN")
    one.do("DELETE FROM tracker_issue WHERE id = %s", issue.pk)
    other.do("BEGIN")
    *before, last = publication_of(issue)
    for statement in before:
        other.start(*statement)
    waiting = other.start(*last)
    assert other.waits(waiting)
    one.do(ends_with)

    refusal = waiting.exception(timeout=20)
    assert (refusal.diag.constraint_name if refusal else None) == {
        "COMMIT": "change_is_of_a_record",
        "ROLLBACK": None,
    }[ends_with]


def test_a_record_is_not_deleted_while_it_is_published(session):
    issue = IssueFactory()
    other = session()
    published, go_on = Event(), Event()

    def publish_slowly():
        with history.changeset(made_by=None, reason="It is ready.", channel=Channel.COMMAND):
            publish(records=[Chosen(Noun.ISSUE, issue.pk)])
            published.set()
            go_on.wait(20)
        connection.close()

    with ThreadPoolExecutor() as pool:
        publishing = pool.submit(publish_slowly)
        assert published.wait(20)
        waiting = other.start("DELETE FROM tracker_issue WHERE id = %s", issue.pk)
        assert other.waits(waiting)
        go_on.set()
        publishing.result(timeout=20)

    assert waiting.exception(timeout=20).diag.constraint_name == "issue_public_is_not_deleted"


def test_a_record_is_not_published_while_it_is_deleted(session):
    issue = IssueFactory()
    deleting = session()

    def publish_it():
        try:
            return publish_issue(issue)
        finally:
            connection.close()

    deleting.do("BEGIN")
    deleting.do("DELETE FROM tracker_issue WHERE id = %s", issue.pk)
    with ThreadPoolExecutor() as pool:
        publishing = pool.submit(publish_it)
        assert waits_for_a_lock(publishing)
        deleting.do("COMMIT")

    with pytest.raises(RefusedError, match="there is no such record"):
        publishing.result(timeout=20)


def test_with_a_snapshot_from_before_an_edition_nothing_is_deleted(session):
    issue = IssueFactory()
    other = session()

    other.do("BEGIN ISOLATION LEVEL REPEATABLE READ")
    other.do("SELECT FROM tracker_change")
    publish_issue(issue)
    deletion = other.start("DELETE FROM tracker_issue WHERE id = %s", issue.pk)

    assert "READ COMMITTED" in str(deletion.exception(timeout=20))
