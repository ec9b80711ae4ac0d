"""The same fields of many records are changed together:
all or nothing, with all problems at once.
"""

from functools import partial

import pytest

from tests.costs import assert_same_cost
from tests.factories import ActorFactory, AlignmentFactory, IssueFactory, StanceFactory
from tests.publishing.acts import changeset, edited
from tracker.desk.records.writing import objections, set_fields
from tracker.history import OutsideChangeSetError
from tracker.models import Actor, ChangeSet, Event, Stance
from tracker.publishing.publish import Chosen
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def at(*records):
    return [Chosen(Noun(record._meta.model_name), record.pk, record.version) for record in records]


def refused(records, **values):
    """Return what blocks it, which the dry run says alike."""
    with changeset():
        problems = objections(records=records, values=values)
    with pytest.raises(RefusedError) as refusal, changeset():
        set_fields(records=records, values=values)
    assert refusal.value.problems == problems
    return {(problem.record[1], problem.field) for problem in problems}


def test_fields_of_many_become_one_change_set():
    stances = [StanceFactory() for _ in range(3)]
    with changeset(channel=Channel.ADMIN):
        changed = set_fields(
            records=at(*stances),
            values={"standing": "contested", "standing_note": "Rival evidence in Xinhua."},
        )

    assert changed == 3
    assert set(Stance.objects.values_list("standing", "standing_note", "version")) == {
        ("contested", "Rival evidence in Xinhua.", stances[0].version + 1)
    }
    assert Event.objects.filter(changeset=ChangeSet.objects.get(channel="admin")).count() == 3


def test_what_has_the_value_already_is_not_touched():
    same, other = StanceFactory(confidence="high"), StanceFactory(confidence="low")
    with changeset():
        assert set_fields(records=at(same, other), values={"confidence": "high"}) == 1

    same.refresh_from_db()
    assert same.version == at(same)[0].version


def test_every_record_with_a_blocker_is_told_and_nothing_is_done():
    states = [ActorFactory(iso3=code) for code in ("CHN", "RUS")]
    others = [ActorFactory() for _ in range(5)]

    assert refused(at(others[0], states[0], *others[1:], states[1]), kind="bloc") == {
        (states[0].pk, "iso3"),
        (states[1].pk, "iso3"),
    }
    assert set(Actor.objects.values_list("kind", flat=True)) == {"state"}


def test_of_very_many_blockers_a_hundred_are_told():
    group = IssueFactory(question="")
    actor, issue = ActorFactory(), IssueFactory()
    stances = [StanceFactory(actor=actor, issue=issue, citations=[]) for _ in range(101)]

    assert len(refused(at(*stances), issue=group)) == 100


def test_rules_of_triggers_are_told_as_well():
    group = IssueFactory(question="")
    stance, alignment = StanceFactory(), AlignmentFactory()

    assert refused(at(stance), issue=group) == {(stance.pk, "issue")}
    with changeset():
        assert set_fields(records=at(alignment), values={"issue": group}) == 1


def test_an_issue_below_is_refused_as_parent():
    top = IssueFactory()
    below = IssueFactory(parent=top)

    assert refused(at(top), parent=below) == {(top.pk, "parent")}


def test_what_was_changed_since_or_merged_or_deleted_is_refused():
    changed, gone, kept = StanceFactory(), StanceFactory(), StanceFactory()
    chosen = at(changed, gone, kept)
    edited(changed, summary="Another.")
    gone.delete()

    assert refused(chosen, confidence="high") == {(changed.pk, "version"), (chosen[1].id, "")}


def test_it_takes_somebody_who_says_why():
    with pytest.raises(OutsideChangeSetError):
        set_fields(records=at(StanceFactory()), values={"confidence": "high"})


def test_it_costs_as_much_for_twenty_as_for_one():
    def setting(records):
        with changeset():
            set_fields(records=records, values={"confidence": "high"})

    assert_same_cost(lambda number: partial(setting, at(*StanceFactory.create_batch(number))))
