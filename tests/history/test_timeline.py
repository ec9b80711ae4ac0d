"""A record's timeline: its changes and those of its parts, newest first, field by field,
in two queries a slice.
"""

import pytest
from django.db import connection

from tests.factories import (
    ActorFactory,
    ReviewFactory,
    StanceCitationFactory,
    StanceFactory,
    UserFactory,
)
from tracker import history
from tracker.history.timeline import Difference, StepKind, Timeline, reasons_after, steps_between
from tracker.models import Actor, Stance
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def changeset(reason, made_by=None):
    return history.changeset(made_by=made_by, reason=reason, channel=Channel.ADMIN)


def test_an_entry_says_who_why_through_which_channel_and_what():
    person = UserFactory()
    stance = StanceFactory()
    with changeset("Read again", person.pk):
        stance.position = "opposes"
        stance.save()

    entry = Timeline(Noun.STANCE, stance.pk)[:1][0]

    assert (entry.changeset.made_by, entry.changeset.reason, entry.changeset.channel) == (
        person,
        "Read again",
        "admin",
    )
    assert [step.happened for step in entry.steps] == [StepKind.CHANGED]
    assert entry.steps[0].differences == (Difference("position", "supports", "opposes"),)


def test_no_change_of_another_record_is_told():
    with changeset("Made"):
        stance, other = StanceFactory(citations=[]), StanceFactory(citations=[])
    with changeset("The other"):
        other.summary = "In other words."
        other.save()

    entries = Timeline(Noun.STANCE, stance.pk)[:10]

    assert [(entry.changeset.reason, len(entry.steps)) for entry in entries] == [("Made", 1)]
    assert Timeline(Noun.STANCE, stance.pk).count() == 1


def test_parts_are_told_and_rows_in_which_only_a_version_was_raised_are_not():
    with changeset("Made"):
        stance = StanceFactory(citations=[])
    with changeset("Cited"):
        citation = StanceCitationFactory(stance=stance, locator="p. 3")
    with changeset("Corrected"):
        citation.locator = "p. 4"
        citation.save()
    with changeset("Taken away"):
        citation.delete()

    reasons_and_steps = [
        (entry.changeset.reason, [(step.part, step.happened.value) for step in entry.steps])
        for entry in Timeline(Noun.STANCE, stance.pk)[:10]
    ]

    assert reasons_and_steps == [
        ("Taken away", [("citation", "removed")]),
        ("Corrected", [("citation", "changed")]),
        ("Cited", [("citation", "added")]),
        ("Made", [("", "added")]),
    ]


def test_what_is_added_is_told_with_what_says_something_and_without_what_is_computed():
    with changeset("Made"):
        stance = StanceFactory(citations=[], summary="", confirmed_on=None)

    new_values = {
        difference.field: difference.new
        for difference in Timeline(Noun.STANCE, stance.pk)[:1][0].steps[0].differences
    }

    assert new_values == {
        "actor": stance.actor_id,
        "issue": stance.issue_id,
        "position": "supports",
        "since": "2018",
        "basis": "statement",
        "confidence": "moderate",
        "standing": "accepted",
    }


def test_a_change_of_state_is_told():
    actor = ActorFactory()
    with changeset("Submitted"):
        actor.state = "in_review"
        actor.save()

    assert Timeline(Noun.ACTOR, actor.pk)[:1][0].steps[0].differences == (
        Difference("state", "editing", "in_review"),
    )


def test_only_what_came_after_a_version_is_told_if_asked():
    actor = ActorFactory()
    for number in range(3):
        with changeset(f"Number {number}"):
            actor.name = f"Name {number}"
            actor.save()

    timeline = Timeline(Noun.ACTOR, actor.pk, after_version=2)

    assert [entry.changeset.reason for entry in timeline[:10]] == ["Number 2", "Number 1"]
    assert timeline.count() == 2


def test_why_records_were_changed_is_told_of_each_from_its_own_version_on():
    first, second, third = ActorFactory.create_batch(3)
    for number, reason in enumerate(("Read", "", "Read again", "Read again")):
        with changeset(reason):
            Actor.objects.update(summary=f"Number {number}.")

    after = reasons_after(Noun.ACTOR, {first.pk: 1, second.pk: 3, third.pk: 5})

    assert after == {first.pk: ["Read", "Read again"], second.pk: ["Read again"]}


def test_a_step_of_a_review_is_told_from_its_moment_on_and_not_before_it():
    step = ReviewFactory()
    step.refresh_from_db()

    assert steps_between(step.noun, step.record, step.made_at, None, 9) == [step]
    assert steps_between(step.noun, step.record, None, step.made_at, 9) == []


def test_a_field_and_a_part_that_are_no_more_are_told_under_their_old_names(acting_as):
    actor = ActorFactory()
    with acting_as("NONE"), connection.cursor() as cursor:
        # events are otherwise written by triggers only
        cursor.execute("SET LOCAL session_replication_role = replica")
        for part, before, after in [
            ("", '{"motto": "a"}', '{"motto": "b"}'),
            ("flag", "null", '{"colour": "red"}'),
        ]:
            cursor.execute(
                "INSERT INTO tracker_event (changeset_id, noun, record, part, row, before, "
                "after) SELECT id, 'actor', %s, %s, 1, nullif(%s::jsonb, 'null'), %s FROM "
                "tracker_changeset LIMIT 1",
                [actor.pk, part, before, after],
            )

    entry = Timeline(Noun.ACTOR, actor.pk)[:1][0]

    assert [(step.part, step.differences) for step in entry.steps[-2:]] == [
        ("", (Difference("motto", "a", "b"),)),
        ("flag", (Difference("colour", None, "red"),)),
    ]


def test_pages_follow_each_other_whatever_is_added_meanwhile():
    stance = StanceFactory()
    for number in range(5):
        with changeset(f"{number}"):
            Stance.objects.filter(pk=stance.pk).update(summary=f"Number {number}.")
    timeline = Timeline(Noun.STANCE, stance.pk)

    first = timeline.page(most=3)
    with changeset("meanwhile"):
        Stance.objects.filter(pk=stance.pk).update(summary="Meanwhile.")
    second = timeline.page(before=first.older, most=3)

    reasons = [[entry.changeset.reason for entry in page.entries] for page in (first, second)]
    assert reasons[0] == ["4", "3", "2"]
    assert reasons[1][:2] == ["1", "0"]
    assert second.older is None


def test_an_entry_says_to_which_version_the_record_came():
    stance = StanceFactory()
    with changeset("Changed"):
        Stance.objects.filter(pk=stance.pk).update(summary="New.")
    pk = stance.pk
    with changeset("Deleted"):
        stance.delete()

    entries = Timeline(Noun.STANCE, pk).page(most=10).entries

    assert [entry.version for entry in entries] == [None, 3, 2]


def test_a_slice_and_a_page_take_two_queries_however_much_they_hold(django_assert_num_queries):
    stance = StanceFactory()
    for place in range(20):
        with changeset("x"):
            Stance.objects.filter(pk=stance.pk).update(summary=f"{place}")

    for most in (1, 20):
        with django_assert_num_queries(2):
            page = Timeline(Noun.STANCE, stance.pk).page(most=most)
            assert [str(entry.changeset.made_by) for entry in page.entries] == ["None"] * most
        with django_assert_num_queries(2):
            assert len(Timeline(Noun.STANCE, stance.pk)[:most]) == most
