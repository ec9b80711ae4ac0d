"""History and publication are only ever added to:
triggers see to it, for the owner and a superuser too.
"""

from itertools import product

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.factories import FACTORIES, IssueFactory, ReviewFactory
from tests.models.publishing import CHANGE, DOCUMENT, EDITION
from tests.models.releasing import release_of
from tests.models.rows import deferred_checked, execute
from tests.models.test_roles import APPEND_ONLY, OF_DOCUMENTS
from tracker import history
from tracker.models import ChangeSet, Edition, Event, IssueDocument, ReleaseDoi, Unchanged, Undoing
from tracker.models.nouns import RECORDS
from tracker.publishing.publish import Chosen, publish
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db
EVERYBODY = [settings.APPLICATION, settings.OWNER, "NONE"]


def publish_everything() -> Edition:
    everything = [
        Chosen(noun, pk)
        for noun in RECORDS
        for pk in RECORDS[noun].objects.values_list("pk", flat=True)
    ]
    with history.changeset(made_by=None, reason="It is ready.", channel=Channel.COMMAND):
        return publish(records=everything)


@pytest.fixture
def published(acting_as) -> Edition:
    """An edition with a document of each noun, a release, a review, an undoing,
    and a version that came out so.
    """
    ReviewFactory()
    with acting_as(settings.OWNER):
        undone, by = (ChangeSet.objects.create(channel=Channel.COMMAND) for _ in range(2))
    Undoing.objects.create(undone=undone, by=by, is_whole=True)
    Unchanged.objects.create(noun="issue", record=1, version=2, same_as=1)
    for factory in FACTORIES.values():
        factory()
    edition = publish_everything()
    release = release_of(edition)
    with deferred_checked():
        ReleaseDoi.objects.create(release=release, doi="10.5281/zenodo.1")
    return edition


def test_nothing_is_changed_or_taken_away_by_whoever_has_the_rights(published, acting_as):
    for role, table in product(EVERYBODY[1:], APPEND_ONLY):
        column = execute(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum "
            "> 0 AND attgenerated = ''",
            table,
        )[0][0]
        for statement in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with (
                acting_as(role),
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
            ):
                execute(statement)
        assert execute(f"SELECT count(*) > 0 FROM {table}") == [(True,)]


def test_a_document_is_closed_by_an_edition_once_and_nothing_else_of_it_changes(
    published, acting_as
):
    closes = "UPDATE {} SET closed = %s{}"
    for role, table in product(EVERYBODY, OF_DOCUMENTS):
        with (
            acting_as(role),
            pytest.raises(DatabaseError, match="not the edition being made"),
            transaction.atomic(),
        ):
            execute(closes.format(table, ""), published.number + 1)
    execute(EDITION)
    for role, table in product(EVERYBODY[1:], OF_DOCUMENTS):
        with (
            acting_as(role),
            pytest.raises(DatabaseError, match="nothing else of it changes"),
            transaction.atomic(),
        ):
            execute(closes.format(table, ", body = '{}'"), published.number + 1)
    document = IssueDocument.objects.filter(opened=published).latest("id")
    with transaction.atomic():
        execute("UPDATE tracker_issuedocument SET closed = opened + 1 WHERE id = %s", document.pk)
        for then in ("closed", "NULL", "closed + 1"):
            with pytest.raises(DatabaseError, match="is closed once"), transaction.atomic():
                execute(
                    f"UPDATE tracker_issuedocument SET closed = {then} WHERE id = %s", document.pk
                )
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_added_to_an_edition_that_is_made(acting_as):
    issue = IssueFactory()
    publish_everything()
    IssueFactory()
    publish_everything()
    document = IssueDocument.objects.get(record=issue.pk)

    mention = (
        "INSERT INTO tracker_mention (named_noun, named, noun, document) VALUES ('issue', 1, %s, "
        "%s)"
    )
    statements = (
        (CHANGE.replace("1,", "900,", 1), "issue", issue.pk, ""),
        (mention, "issue", document.pk),
        (mention, "actor", 900001),
        (DOCUMENT, 900001, "another"),
        ("UPDATE tracker_issuedocument SET closed = 2 WHERE id = %s", document.pk),
    )
    for role, (statement, *parameters) in product(EVERYBODY, statements):
        with (
            acting_as(role),
            pytest.raises(DatabaseError, match="edition being made"),
            transaction.atomic(),
        ):
            execute(statement, *parameters)


def test_no_event_is_written_by_hand(acting_as):
    IssueFactory()
    before, columns = Event.objects.count(), "changeset_id, noun, record, part, row, before, after"

    for role in EVERYBODY:
        says = "permission denied" if role == settings.APPLICATION else "written by triggers only"
        with acting_as(role), pytest.raises(DatabaseError, match=says), transaction.atomic():
            execute(f"INSERT INTO tracker_event ({columns}) SELECT {columns} FROM tracker_event")
    assert Event.objects.count() == before


def test_no_change_set_is_dated_back_or_given_to_another_transaction(as_owner):
    execute(
        "INSERT INTO tracker_changeset (id, reason, channel, made_at, transaction) "
        "VALUES (gen_random_uuid(), '', 'admin', '2001-01-01', 1)"
    )

    assert execute(
        "SELECT made_at = now(), transaction = pg_current_xact_id()::text::bigint FROM "
        "tracker_changeset"
    ) == [(True, True)]


def test_no_edition_is_dated_by_hand_or_leaves_a_number_out(published, acting_as):
    for role in EVERYBODY:
        with transaction.atomic():
            with acting_as(role):
                with pytest.raises(DatabaseError, match="is not the next"), transaction.atomic():
                    execute("INSERT INTO tracker_edition (number, note) VALUES (7, '')")
                execute(
                    "INSERT INTO tracker_edition (number, note, published_at) VALUES (2, '', "
                    "'2001-01-01')"
                )
            first, second = Edition.objects.order_by("number")
            assert first.published_at < second.published_at
            transaction.set_rollback(True)
