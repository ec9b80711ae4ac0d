"""History and publication are only ever added to: triggers see to it, for the owner and a superuser too."""

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.factories import AlignmentFactory, IssueFactory, MeetingFactory, ReviewFactory, StanceFactory, VoteFactory
from tests.models.publishing import CHANGE, DOCUMENT, EDITION
from tests.models.releasing import release_of
from tests.models.rows import execute
from tests.models.test_roles import APPEND_ONLY, OF_DOCUMENTS
from tracker import history
from tracker.models import ChangeSet, Edition, Event, IssueDocument, Unchanged, Undoing
from tracker.models.nouns import RECORDS
from tracker.publishing.publish import Chosen, publish
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db
EVERYBODY = [settings.APPLICATION, settings.OWNER, "NONE"]


def publish_everything() -> Edition:
    everything = [Chosen(noun, pk) for noun in RECORDS for pk in RECORDS[noun].objects.values_list("pk", flat=True)]
    with history.changeset(made_by=None, reason="It is ready.", channel=Channel.COMMAND):
        return publish(records=everything)


@pytest.fixture
def published(acting_as) -> Edition:
    """An edition with a document of each noun, a release, a review, an undoing, and a version that came out so."""
    ReviewFactory()
    with acting_as(settings.OWNER):
        undone, by = (ChangeSet.objects.create(channel=Channel.COMMAND) for _ in range(2))
    Undoing.objects.create(undone=undone, by=by, is_whole=True)
    Unchanged.objects.create(noun="issue", record=1, version=2, same_as=1)
    for factory in (StanceFactory, AlignmentFactory, MeetingFactory, VoteFactory):
        factory()
    edition = publish_everything()
    release_of(edition)
    return edition


@pytest.mark.parametrize("role", [settings.OWNER, "NONE"])
def test_nothing_is_changed_or_taken_away_by_whoever_has_the_rights(published, acting_as, role):
    for table in APPEND_ONLY:
        column = execute(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attgenerated = ''",
            table,
        )[0][0]
        for statement in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with acting_as(role), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                execute(statement)
        assert execute(f"SELECT count(*) > 0 FROM {table}") == [(True,)]


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_document_is_not_closed_without_an_edition(published, acting_as, role):
    for table in OF_DOCUMENTS:
        with acting_as(role), pytest.raises(DatabaseError, match="not the edition being made"), transaction.atomic():
            execute(f"UPDATE {table} SET closed = %s", published.number + 1)


@pytest.mark.parametrize("role", [settings.OWNER, "NONE"])
def test_what_closes_a_document_changes_nothing_else_of_it(published, acting_as, role):
    execute(EDITION)

    for table in OF_DOCUMENTS:
        with acting_as(role), pytest.raises(DatabaseError, match="nothing else of it changes"), transaction.atomic():
            execute(f"UPDATE {table} SET closed = %s, body = '{{}}'", published.number + 1)


@pytest.mark.parametrize("then", ["closed", "NULL", "closed + 1"])
def test_a_document_is_closed_once_and_stays_closed(published, then):
    document = IssueDocument.objects.filter(opened=published).latest("id")

    def close_and_then_change(closed: str) -> None:
        execute(EDITION)
        execute("UPDATE tracker_issuedocument SET closed = opened + 1 WHERE id = %s", document.pk)
        execute(f"UPDATE tracker_issuedocument SET closed = {closed} WHERE id = %s", document.pk)

    with pytest.raises(DatabaseError, match="is closed once"), transaction.atomic():
        close_and_then_change(then)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", EVERYBODY)
def test_nothing_is_added_to_an_edition_that_is_made(acting_as, role):
    issue = IssueFactory()
    publish_everything()
    IssueFactory()
    publish_everything()
    document = IssueDocument.objects.get(record=issue.pk)

    for statement, *parameters in (
        (CHANGE.replace("1,", "900,", 1), "issue", issue.pk, ""),
        (
            "INSERT INTO tracker_mention (named_noun, named, noun, document) VALUES ('issue', 1, 'issue', %s)",
            document.pk,
        ),
        ("INSERT INTO tracker_mention (named_noun, named, noun, document) VALUES ('issue', 1, 'actor', 900001)",),
        (DOCUMENT, 900001, "another"),
        ("UPDATE tracker_issuedocument SET closed = 2 WHERE id = %s", document.pk),
    ):
        with acting_as(role), pytest.raises(DatabaseError, match="edition being made"), transaction.atomic():
            execute(statement, *parameters)


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_event_is_written_by_hand(acting_as, role):
    IssueFactory()
    before = Event.objects.count()
    says = "permission denied" if role == settings.APPLICATION else "written by triggers only"

    with acting_as(role), pytest.raises(DatabaseError, match=says), transaction.atomic():
        execute(
            "INSERT INTO tracker_event (changeset_id, noun, record, part, row, before, after) "
            "SELECT changeset_id, noun, record, part, row, before, after FROM tracker_event"
        )
    assert Event.objects.count() == before


def test_no_change_set_is_dated_back_or_given_to_another_transaction(as_owner):
    execute(
        "INSERT INTO tracker_changeset (id, reason, channel, made_at, transaction) "
        "VALUES (gen_random_uuid(), '', 'admin', '2001-01-01', 1)"
    )

    assert execute(
        "SELECT made_at = now(), transaction = pg_current_xact_id()::text::bigint FROM tracker_changeset"
    ) == [(True, True)]


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_edition_is_dated_by_hand_or_leaves_a_number_out(published, acting_as, role):
    with acting_as(role):
        with pytest.raises(DatabaseError, match="is not the next"), transaction.atomic():
            execute("INSERT INTO tracker_edition (number, note) VALUES (7, '')")
        execute("INSERT INTO tracker_edition (number, note, published_at) VALUES (2, '', '2001-01-01')")

    first, second = Edition.objects.order_by("number")
    assert first.published_at < second.published_at
