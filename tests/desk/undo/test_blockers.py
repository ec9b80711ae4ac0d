"""What blocks an undo, told before anything is done; and leaving out what blocks it."""

import pytest

from tests.desk.undo.acts import desk, done, edit, key, refused, undone
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.models.rows import execute
from tests.publishing.acts import edited, published, retracted
from tracker.desk import undo
from tracker.models import Actor, Issue, Stance, Undoing
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]


def added(make):
    """Make a record as one change; return its change set and it."""
    made = []
    return done(lambda: made.append(make())), made[0]


# Edited since -------------------------------------------------------------------------------------


def test_a_field_that_was_changed_since_blocks_it_and_by_whom_is_told():
    issue = IssueFactory(title="Old")
    changed = edit(issue, title="New", summary="New.")
    edit(issue, title="Newer")
    later = edit(issue, title="Newest")
    edit(issue, region="africa")

    assert refused(changed) == [
        f"issue {issue.pk}: it was changed since (“title”): undo that first"
    ]
    (blocker,) = undo.plan(changeset=changed).blockers
    assert blocker.params["changeset"] == later


def test_a_field_that_was_changed_since_and_back_does_not():
    issue = IssueFactory(title="Old")
    before = desk()
    changed = edit(issue, title="New")
    undone(edit(issue, title="Newer"))

    undone(changed)

    assert desk() == before


def test_a_record_that_only_went_through_the_workflow_since_does_not():
    changed, stance = added(StanceFactory)
    edit(stance, state="in_review")

    undone(changed)

    assert not Stance.objects.exists()


def test_a_record_that_was_added_and_changed_since_is_not_deleted():
    changed, stance = added(StanceFactory)
    edit(stance, summary="Better.")
    edit(stance.citations.get(), locator="p. 9")

    assert refused(changed) == [
        f"stance {stance.pk}: it was changed since (“summary”): undo that first",
        f"stance {stance.pk}: citation {stance.citations.get().pk} was changed since "
        f"(“locator”): undo that first",
    ]


def test_a_record_that_was_added_and_given_parts_since_is_not_deleted():
    changed, stance = added(StanceFactory)
    later, citation = added(lambda: stance.citations.create(source=SourceFactory(), locator="p. 2"))

    assert refused(changed) == [
        f"stance {stance.pk}: citation {citation.pk} was added since: undo that first"
    ]
    assert undo.plan(changeset=changed).blockers[0].params["changeset"] == later
    undone(later)
    undone(changed)


def test_a_record_that_was_added_and_lost_parts_since_is_not_deleted():
    changed, stance = added(StanceFactory)
    citation = stance.citations.get().pk
    done(stance.citations.get().delete)

    assert refused(changed) == [
        f"stance {stance.pk}: its citation {citation} was deleted since: put that back first"
    ]


def test_what_was_changed_and_deleted_since_is_to_be_restored_first():
    stance = StanceFactory()
    changed = done(
        lambda: (edited(stance, summary="New."), stance.citations.update(locator="p. 9"))
    )
    pk = stance.pk
    done(stance.delete)

    assert set(refused(changed)) == {
        f"stance {pk}: it was deleted since: restore it first",
        f"stance {pk}: its citation {pk_of(changed)} was deleted since: put that back first",
    }


def pk_of(changed):
    return execute(
        "SELECT row FROM tracker_event WHERE changeset_id = %s AND part = 'citation'", changed
    )[0][0]


def test_a_part_is_not_restored_to_a_record_that_was_deleted_since():
    stance = StanceFactory()
    changed = done(stance.citations.get().delete)
    pk = stance.pk
    done(stance.delete)

    assert refused(changed) == [f"stance {pk}: it was deleted since: restore it first"]


# What a rule forbids ------------------------------------------------------------------------------


@pytest.mark.parametrize("is_still", [True, False])
def test_what_has_been_public_is_not_deleted(is_still):
    changed, actor = added(ActorFactory)
    published(actor)
    if not is_still:
        retracted(actor)

    assert refused(changed) == [
        f"actor {actor.pk}: it has been public, so it can't be deleted: withdraw it instead"
    ]


def test_what_others_name_is_not_deleted():
    changed, actor = added(ActorFactory)
    stances = [StanceFactory(actor=actor) for _ in range(7)]
    meeting = MeetingFactory(participants=[{"actor": actor}])
    names = ", ".join(f"stance {stance.pk}" for stance in stances[:5])

    assert set(refused(changed)) == {
        f"actor {actor.pk}: it is named by {names} and 2 more: change or delete these first",
        f"actor {actor.pk}: it is named by meeting {meeting.pk}: change or delete these first",
    }
    assert undo.plan(changeset=changed).blockers[-1].others[0] in [key(meeting), key(stances[0])]


def test_what_is_named_by_what_goes_too_or_names_another_then_is_deleted():
    stance = StanceFactory()
    before = desk()

    def act():
        actor = ActorFactory()
        Stance.objects.filter(pk=stance.pk).update(actor=actor)
        AlignmentFactory(actor=actor)

    undone(done(act))

    assert desk() == before


def test_what_names_something_that_is_not_there_any_more_is_not_restored():
    stance = StanceFactory()
    actor, source, pk = stance.actor, stance.citations.get().source, stance.pk
    changed = done(stance.delete)
    gone = [(Noun.ACTOR, actor.pk), (Noun.SOURCE, source.pk)]
    deleted = done(lambda: (actor.delete(), source.delete()))

    assert set(refused(changed)) == {
        f"stance {pk}: “actor” was actor {gone[0][1]}, which is not there: restore that first",
        f"stance {pk}: “source” was source {gone[1][1]}, which is not there: restore that first",
    }
    undone(deleted)
    undone(changed)


def test_a_reference_does_not_go_back_to_what_is_not_there_any_more():
    stance = StanceFactory()
    old = stance.actor
    changed = edit(stance, actor=ActorFactory())
    pk = old.pk
    done(old.delete)

    assert refused(changed) == [
        f"stance {stance.pk}: “actor” was actor {pk}, which is not there: restore that first"
    ]


@pytest.mark.parametrize("restores", [True, False])
def test_a_slug_that_is_taken_meanwhile_blocks_it(restores):
    actor = ActorFactory(slug="china")
    pk = actor.pk
    changed = done(actor.delete) if restores else edit(actor, slug="prc")
    other = ActorFactory(slug="china")

    assert refused(changed) == [
        f"actor {pk}: “slug”: actor {other.pk} has it meanwhile: change that first"
    ]


@pytest.mark.parametrize("restores", [True, False])
def test_a_slug_that_was_public_meanwhile_blocks_it(restores):
    actor, other = ActorFactory(slug="china"), ActorFactory()
    pk = actor.pk
    changed = done(actor.delete) if restores else edit(actor, slug="prc")
    edit(other, slug="china")
    published(other)
    edit(other, slug="cathay")

    assert refused(changed) == [
        f"actor {pk}: “slug”: actor {other.pk} was public with it meanwhile, and keeps it "
        f"for ever: leave this out"
    ]


def test_a_slug_of_its_own_that_was_public_does_not():
    actor = ActorFactory(slug="china")
    published(actor)
    changed = edit(actor, slug="prc")

    undone(changed)

    assert Actor.objects.get().slug == "china"


def test_an_address_that_is_a_source_again_blocks_it():
    source = SourceFactory(url="https://www.example.org/a/", issued="2019")
    pk = source.pk
    changed = done(source.delete)
    other = SourceFactory(url="http://example.org/a", issued="2019")

    assert refused(changed) == [
        f"source {pk}: “url”, “issued”, “archive_url”: source {other.pk} has it meanwhile: "
        f"change that first"
    ]


def test_sources_without_an_address_do_not_stand_in_each_others_way():
    source = SourceFactory(url="")
    changed = done(source.delete)
    SourceFactory(url="", issued=source.issued)

    undone(changed)


def test_a_part_that_is_there_again_blocks_it():
    actor = ActorFactory()
    meeting = MeetingFactory(participants=[{"actor": actor}])
    changed = done(meeting.participants.get().delete)
    meeting.participants.create(actor=actor)

    assert refused(changed) == [
        f"meeting {meeting.pk}: “meeting”, “actor”: another row of it has it meanwhile: "
        f"change that first"
    ]


def test_an_issue_does_not_lose_the_question_of_its_stances():
    issue = IssueFactory(question="")
    changed = edit(issue, question="Should it?")
    stance = StanceFactory(issue=issue)

    assert refused(changed) == [
        f"issue {issue.pk}: question: a grouping issue has no question to take a position on; "
        f"give it a question, or move or delete stance {stance.pk} first"
    ]


@pytest.mark.parametrize("restores", [True, False])
def test_a_stance_does_not_go_back_to_an_issue_without_a_question(restores):
    stance = StanceFactory()
    issue, pk = stance.issue, stance.pk
    changed = done(stance.delete) if restores else edit(stance, issue=IssueFactory())
    edited(issue, question="")

    assert refused(changed) == [
        f"stance {pk}: issue: a grouping issue has no question to take a position on; "
        "choose one below it, or give it a question"
    ]


def test_what_nobody_foresaw_is_told_in_the_words_of_the_database():
    stance = StanceFactory(since="2018", until="2019")
    changed = edit(stance, since="2010")
    edit(stance, until="2012")
    before = desk()

    with pytest.raises(RefusedError) as refusal:
        done(lambda: undo.undo(changeset=changed))

    assert str(refusal.value) == (
        f"stance {stance.pk}: since: it begins after it ends; correct “since” or “until”."
    )
    assert desk() == before


def test_an_issue_does_not_become_its_own_ancestor():
    parent, child = IssueFactory(slug="parent"), IssueFactory()
    edited(child, parent=parent)
    changed = edit(child, parent=None)
    edited(parent, parent=child)

    assert refused(changed) == [
        f"issue {child.pk}: parent: this issue would be its own ancestor; choose a parent "
        f"outside its subtree"
    ]


def test_what_would_have_to_be_exchanged_is_told():
    first, second = ActorFactory(slug="a"), ActorFactory(slug="b")

    def exchange():
        for pk, slug in ((first.pk, "c"), (second.pk, "a"), (first.pk, "b")):
            Actor.objects.filter(pk=pk).update(slug=slug)

    changed = done(exchange)

    with pytest.raises(RefusedError) as refusal:
        done(lambda: undo.undo(changeset=changed))

    assert [problem.record[1] for problem in refusal.value.problems] == [first.pk, second.pk]
    assert "would have to exchange" in refusal.value.problems[0].text


def test_all_obstacles_are_told_at_once_and_nothing_is_done():
    issue = IssueFactory(title="Old")
    record = []

    def act():
        Issue.objects.filter(pk=issue.pk).update(title="New")
        record.append(ActorFactory())
        SourceFactory()

    changed = done(act)
    edit(issue, title="Newer")
    StanceFactory(actor=record[0])

    assert len(refused(changed)) == 2


# Leaving out --------------------------------------------------------------------------------------


def test_what_is_left_out_stays_and_the_rest_is_undone():
    issue, other = IssueFactory(title="Old"), IssueFactory(title="Old")
    changed = done(lambda: Issue.objects.update(title="New"))
    edit(issue, title="Newer")

    undone(changed, leaving_out={key(issue)})

    assert not Undoing.objects.get().is_whole
    issue.refresh_from_db()
    other.refresh_from_db()
    assert (issue.title, other.title) == ("Newer", "Old")


def test_what_a_record_names_that_stays_is_left_out_too():
    made = {}

    def act():
        made["parent"] = IssueFactory(question="")
        made["stance"] = StanceFactory(issue__parent=made["parent"])
        made["other"] = ActorFactory()

    changed = done(act)
    stance = made["stance"]
    named = {
        key(record)
        for record in (stance.actor, stance.issue, made["parent"], stance.citations.get().source)
    }

    plan = undo.plan(changeset=changed, leaving_out={key(stance)})
    undone(changed, leaving_out={key(stance)})

    assert plan.left_out == named | {key(stance)}
    assert Stance.objects.exists()
    assert not Actor.objects.filter(pk=made["other"].pk).exists()


def test_what_names_a_record_that_stays_deleted_is_left_out_too():
    stance, other = StanceFactory(), StanceFactory()
    actor, pk = key(stance.actor), stance.pk
    moved = StanceFactory(actor=stance.actor)

    def act():
        stance.delete()
        Stance.objects.filter(pk=moved.pk).update(actor=other.actor)
        Stance.objects.filter(pk=other.pk).update(summary="New.")
        Actor.objects.get(pk=actor[1]).delete()

    changed = done(act)

    plan = undo.plan(changeset=changed, leaving_out={actor})
    undone(changed, leaving_out={actor})

    assert plan.left_out == {actor, (Noun.STANCE, pk), key(moved)}
    assert Stance.objects.get(pk=other.pk).summary != "New."
    assert Stance.objects.count() == 2


def test_what_is_left_out_and_not_in_the_change_set_changes_nothing():
    issue = IssueFactory(title="Old")
    before = desk()

    undone(edit(issue, title="New"), leaving_out={(Noun.ACTOR, 1)})

    assert desk() == before
