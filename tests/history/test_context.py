"""The context of a change:
who, when, why and through which channel, for exactly one transaction.
"""

import json
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory, UserFactory
from tests.history.ways import copy
from tests.models.rows import execute
from tracker import history
from tracker.models import ChangeSet, Event, Issue, Source, StanceCitation
from tracker.publishing.publish import Chosen, publish
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db(transaction=True)
SAYS = "SELECT set_config('tracker.change', %s, true)"


def changesets_of(*records) -> list[ChangeSet]:
    """Return the change sets of all events of the records, in the order in which they began."""
    ids = Event.objects.filter(record__in=[record.pk for record in records]).values("changeset")
    return list(ChangeSet.objects.filter(pk__in=ids).order_by("made_at"))


def fail_after_a_change() -> None:
    IssueFactory()
    raise ZeroDivisionError


def test_a_change_set_says_who_when_why_and_through_which_channel():
    user = UserFactory()
    (before,) = execute("SELECT clock_timestamp()")[0]

    with history.changeset(
        made_by=user.pk, reason="The vote of 1 March.", channel=Channel.ADMIN
    ) as context:
        issue = IssueFactory()

    (after,) = execute("SELECT clock_timestamp()")[0]
    (changeset,) = changesets_of(issue)
    assert (changeset.pk, changeset.made_by, changeset.reason, changeset.channel) == (
        context.id,
        user,
        "The vote of 1 March.",
        Channel.ADMIN,
    )
    assert before < changeset.made_at < after
    assert changeset.made_at < Event.objects.get(record=issue.pk).happened_at < after


def test_everything_that_one_transaction_changes_is_one_change_set():
    """By whichever way it is written, and in savepoints too."""
    with history.changeset(made_by=None, reason="", channel=Channel.IMPORT) as context:
        stance = StanceFactory()
        Issue.objects.filter(pk=stance.issue_id).update(summary="Another.")
        execute("UPDATE tracker_actor SET summary = 'Another.'")
        copy([SourceFactory.build(version=1)])
        with transaction.atomic():
            StanceCitation.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            execute("UPDATE tracker_issue SET slug = 'Not A Slug'")
        execute("UPDATE tracker_stance SET hedged = true")

    assert set(Event.objects.values_list("changeset", flat=True)) == {context.id}
    assert ChangeSet.objects.count() == 1


def test_a_change_set_outlives_the_savepoint_that_began_it():
    with history.changeset(made_by=None, reason="", channel=Channel.IMPORT) as context:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            fail_after_a_change()
        IssueFactory()

    assert list(Event.objects.values_list("changeset", flat=True)) == [context.id]


def test_raw_sql_has_a_change_set_of_its_own_for_each_transaction():
    with transaction.atomic():
        issue = IssueFactory()
        execute("UPDATE tracker_issue SET summary = 'Another.'")
    execute("UPDATE tracker_issue SET summary = 'Yet another.'")

    first, second = changesets_of(issue)
    assert [(c.made_by, c.channel, c.events.count()) for c in (first, second)] == [
        (None, "sql", 2),
        (None, "sql", 1),
    ]
    assert first.reason.startswith("as ")


def test_what_was_said_of_one_transaction_is_not_said_of_the_next():
    with history.changeset(
        made_by=UserFactory().pk, reason="A secret reason.", channel=Channel.ADMIN
    ):
        issue = IssueFactory()

    assert execute("SELECT coalesce(current_setting('tracker.change', true), '')") == [("",)]
    with pytest.raises(history.OutsideChangeSetError):
        history.current()
    execute("UPDATE tracker_issue SET summary = 'Another.'")

    _, later = changesets_of(issue)
    assert (later.made_by, later.channel) == (None, "sql")
    assert "secret" not in later.reason


def test_a_change_that_fails_leaves_nothing_nor_is_anything_of_it_said_of_the_next():
    with (
        pytest.raises(ZeroDivisionError),
        history.changeset(made_by=None, reason="A.", channel=Channel.ADMIN),
    ):
        fail_after_a_change()

    assert execute("SELECT coalesce(current_setting('tracker.change', true), '')") == [("",)]
    assert (Issue.objects.count(), Event.objects.count(), ChangeSet.objects.count()) == (0, 0, 0)


def test_a_change_that_changes_nothing_leaves_no_change_set():
    issue = IssueFactory()
    changesets = ChangeSet.objects.count()

    with history.changeset(made_by=None, reason="", channel=Channel.ADMIN):
        issue.save()

    assert ChangeSet.objects.count() == changesets


def test_a_change_within_a_change_or_another_transaction_is_refused():
    for around in (
        history.changeset(made_by=None, reason="Outer.", channel=Channel.ADMIN),
        transaction.atomic(),
    ):
        with around, pytest.raises(RuntimeError):
            history.changeset(made_by=None, reason="Inner.", channel=Channel.ADMIN).__enter__()


def test_the_change_set_of_another_transaction_is_refused():
    with history.changeset(made_by=None, reason="", channel=Channel.ADMIN) as context:
        IssueFactory()

    with pytest.raises(DatabaseError, match="belongs to another transaction"), transaction.atomic():
        pretend(id=str(context.id), reason="", channel="admin")
    assert Event.objects.filter(changeset=context.id).count() == 1


def test_a_setting_that_outlives_its_transaction_is_refused_in_the_next():
    """As a session's would, where somebody forgets that it has to be the transaction's."""
    setting = json.dumps({"id": str(uuid4()), "reason": "", "channel": "admin"})
    try:
        execute("SELECT set_config('tracker.change', %s, false)", setting)
        SourceFactory()

        with pytest.raises(DatabaseError, match="belongs to another transaction"):
            SourceFactory()
    finally:
        execute("SELECT set_config('tracker.change', '', false)")
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    "setting",
    [
        {"reason": "", "channel": "admin"},
        {"id": "not-a-uuid", "reason": "", "channel": "admin"},
        {"id": str(uuid4()), "reason": "", "channel": "nonsense"},
        {"id": str(uuid4()), "reason": "", "made_by": 900001, "channel": "admin"},
        {"id": str(uuid4()), "channel": "admin"},
    ],
    ids=["no id", "no uuid", "no channel", "nobody", "no reason"],
)
def test_a_context_that_says_nonsense_is_refused(setting):
    with pytest.raises(DatabaseError), transaction.atomic():
        pretend(**setting)
    assert Event.objects.count() == 0


def pretend(**setting) -> None:
    """Change something under a context of one's own making."""
    execute(SAYS, json.dumps(setting))
    ActorFactory()


def test_a_service_is_refused_where_nobody_said_who_changes_and_why():
    issue = IssueFactory()

    with pytest.raises(history.OutsideChangeSetError, match=r"history\.change"):
        publish(records=[Chosen(Noun.ISSUE, issue.pk)])


def test_a_service_is_refused_behind_raw_sql_too():
    """Which made a change set, but says neither who nor why."""
    with transaction.atomic():
        issue = IssueFactory()
        with pytest.raises(history.OutsideChangeSetError):
            publish(records=[Chosen(Noun.ISSUE, issue.pk)])


def test_services_read_the_context_as_it_was_given():
    user = UserFactory()
    reason = "Größer, 更大 – “quoted”, 'so' and \\so\n"

    with history.changeset(made_by=user.pk, reason=reason + "\x00", channel=Channel.API) as context:
        assert history.current() == context
        IssueFactory()

    assert (context.made_by, context.reason, context.channel) == (user.pk, reason, Channel.API)
    assert ChangeSet.objects.get().reason == reason
