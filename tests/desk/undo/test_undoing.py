"""Undoing a change set: all that it touched is as it was before, and history goes on."""

import pytest

from tests.costs import assert_same_cost
from tests.desk.undo.acts import desk, done, edit, undone
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.history.test_snapshots import FULL, everything, values
from tests.models.rows import execute, row_of
from tests.publishing.acts import all_of, edited, published
from tracker.desk import undo
from tracker.desk.undo import UnknownError
from tracker.history import OutsideChangeSetError
from tracker.history.snapshots import at
from tracker.models import Actor, ChangeSet, Event, Issue, Stance
from tracker.models.nouns import RECORDS
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]


@pytest.mark.slow
@pytest.mark.parametrize("noun", Noun)
def test_what_was_added_goes_with_its_parts_and_comes_back_as_it_was(noun):
    before = desk()
    record = None

    def add():
        nonlocal record
        record = FULL[noun]()

    added = done(add)
    record.refresh_from_db()
    after, version, whole = desk(), record.version, everything(record)

    first = undone(added)
    assert desk() == before
    second = undone(first)
    record.refresh_from_db()

    assert desk() == after
    assert record.version == version + 1
    snapshot = at(noun, record.pk, record.version)
    rebuilt = {
        "": values(snapshot.record),
        **{part: [values(row) for row in rows] for part, rows in snapshot.parts.items()},
    }
    assert rebuilt == everything(record) == {**whole, "": {**whole[""], "version": version + 1}}
    assert Event.objects.filter(changeset=second, noun=noun, record=record.pk, part="").count() == 1
    undone(second)
    assert desk() == before


def test_what_was_deleted_comes_back_under_its_own_id_and_to_be_reviewed_again():
    stance = StanceFactory(citations=[{"locator": "p. 1"}, {"locator": "p. 2"}])
    edited(stance, state="in_review")
    before, version = desk(), row_of(stance)["version"]

    undone(done(stance.delete))

    assert desk() == before
    back = Stance.objects.get()
    assert (back.version > version, back.state) == (True, "editing")


def test_fields_go_back_and_what_was_edited_since_in_others_stays():
    issue = IssueFactory(title="Old", summary="Old.", question="Old?")
    changed = edit(issue, title="New", summary="New.")
    edit(issue, question="Newer?")

    undone(changed)

    row = row_of(issue)
    assert (row["title"], row["summary"], row["question"], row["version"]) == (
        "Old",
        "Old.",
        "Newer?",
        4,
    )


def test_parts_go_back_and_the_record_has_the_next_versions():
    meeting = MeetingFactory(participants=[{"actor": ActorFactory()}, {"actor": ActorFactory()}])
    first, second = meeting.participants.order_by("pk")
    before = desk()

    def act():
        first.delete()
        type(second).objects.filter(pk=second.pk).update(role="host")
        meeting.participants.create(actor=ActorFactory())

    changed = done(act)
    version = row_of(meeting)["version"]

    undone(changed)

    assert desk() == before
    assert row_of(meeting)["version"] > version


def test_a_plan_lists_the_rows_as_the_events_that_it_would_write():
    actor = ActorFactory(name="Old")

    def act():
        actor.name = "New"
        actor.save()
        StanceFactory(actor=actor)

    changed = done(act)

    plan = undo.plan(changeset=changed)
    page = undo.plan(changeset=changed, first=3, most=2)

    rows = [
        (event.noun, event.part, event.before and event.after and event.after["name"])
        for event in plan.events
    ]
    assert ("actor", "", "Old") in rows
    assert [row for row in rows if row[0] == "stance"] == [
        ("stance", "", None),
        ("stance", "citation", None),
    ]
    assert plan.rows == len(plan.events) == 5
    assert [event.pk for event in page.events] == [3, 4]
    assert page.rows == 5


def test_what_is_undone_already_is_not_undone_again():
    issue = IssueFactory(title="Old")
    changed = edit(issue, title="New")
    undone(changed)
    before, sets = desk(), ChangeSet.objects.count()

    again = undo.plan(changeset=changed)
    undone(changed)

    assert again.count() == 0
    assert desk() == before
    assert ChangeSet.objects.count() == sets


def test_what_was_added_and_deleted_at_once_is_nothing_to_undo():
    changed = done(lambda: StanceFactory().delete())

    assert Noun.STANCE not in undo.plan(changeset=changed).counts


def test_states_are_left_alone():
    issue = IssueFactory()
    changed = edit(issue, state="in_review")

    assert undo.plan(changeset=changed).count() == 0
    undone(changed)

    assert row_of(issue)["state"] == "in_review"


def test_a_public_record_is_put_back_at_the_desk_and_readers_see_no_difference():
    stance = StanceFactory(summary="Old.")
    published(*all_of(stance))
    changed = edit(stance, summary="New.")

    undone(changed)

    status = statuses(Noun.STANCE, [stance.pk])[stance.pk]
    assert (row_of(stance)["summary"], status.version, row_of(stance)["version"]) == (
        "Old.",
        status.version,
        4,
    )


def test_a_slug_that_was_handed_on_is_handed_back():
    first, second = ActorFactory(slug="china"), ActorFactory(slug="russia")
    before = desk()

    def act():
        for actor, slug in ((first, "prc"), (second, "china")):
            Actor.objects.filter(pk=actor.pk).update(slug=slug)
        ActorFactory(slug="russia")

    undone(done(act))

    assert desk() == before


def test_a_slug_that_a_deleted_record_had_is_given_back_to_it():
    first, second = ActorFactory(slug="china"), ActorFactory(slug="russia")
    before = desk()

    def act():
        first.delete()
        Actor.objects.filter(pk=second.pk).update(slug="china")

    undone(done(act))

    assert desk() == before


def test_an_issue_loses_its_question_again_after_the_stances_have_moved_away():
    group, issue = IssueFactory(question=""), IssueFactory()
    stance = StanceFactory(issue=issue)
    before = desk()

    def act():
        Issue.objects.filter(pk=group.pk).update(question="Should it?")
        Stance.objects.filter(pk=stance.pk).update(issue=group)

    undone(done(act))

    assert desk() == before


def test_a_stance_goes_back_to_an_issue_that_has_its_question_again_by_the_same_undoing():
    issue, other = IssueFactory(), IssueFactory()
    stance = StanceFactory(issue=issue)
    before = desk()

    def act():
        Stance.objects.filter(pk=stance.pk).update(issue=other)
        Issue.objects.filter(pk=issue.pk).update(question="")

    undone(done(act))

    assert desk() == before


def test_what_refers_to_each_other_comes_back_at_once():
    stance = StanceFactory()
    before = desk()

    def act():
        stance.delete()
        for model in RECORDS.values():
            model.objects.all().delete()

    undone(done(act))

    assert desk() == before


def test_nothing_is_undone_outside_a_change():
    changed = edit(SourceFactory(), title="New")
    execute("SELECT set_config('tracker.change', '', true)")

    with pytest.raises(OutsideChangeSetError):
        undo.undo(changeset=changed)


def test_a_change_set_that_never_was_is_not_undone():
    with pytest.raises(UnknownError, match="there is no change set"):
        undo.plan(changeset="00000000-0000-4000-8000-000000000000")


def test_planning_and_undoing_take_as_many_statements_for_one_record_as_for_twenty():
    def prepare(number):
        changed = done(lambda: StanceFactory.create_batch(number))
        return lambda: (undo.plan(changeset=changed), done(lambda: undo.undo(changeset=changed)))

    assert_same_cost(prepare)


def test_issues_that_changed_places_in_the_tree_change_back_whatever_their_order():
    """Each waits until what it is to be below has moved itself."""
    top, middle, low = (
        IssueFactory(question=""),
        IssueFactory(question=""),
        IssueFactory(question=""),
    )
    edited(middle, parent=top)
    edited(low, parent=middle)
    before = desk()

    def turn_over():
        for issue, parent in ((low, None), (middle, low), (top, middle)):
            Issue.objects.filter(pk=issue.pk).update(parent=parent)

    first = undone(done(turn_over))
    assert desk() == before
    second = undone(first)
    assert list(Issue.objects.order_by("pk").values_list("parent", flat=True)) == [
        middle.pk,
        low.pk,
        None,
    ]
    undone(second)
    assert desk() == before
