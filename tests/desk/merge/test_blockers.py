"""What blocks a merge: told all at once, and nothing is done."""

from functools import partial

import pytest

from tests.costs import assert_same_cost
from tests.desk.merge.acts import merged, not_merged
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.publishing.acts import all_of, changeset, edited, published, refused
from tracker.desk.merge import merge, plan
from tracker.history import OutsideChangeSetError
from tracker.publishing.publish import Chosen, publish
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]


def test_a_claim_between_the_two_blocks():
    china, prc, meeting = ActorFactory(), ActorFactory(), MeetingFactory(participants=[])
    alignment = AlignmentFactory(actor=china, counterpart=prc)
    other_way = AlignmentFactory(actor=prc, counterpart=china)
    stance = StanceFactory(actor=china, defers_to=prc)
    meeting.participants.create(actor=prc, represented_by=china)
    china.memberships.create(organization=prc)
    china.predecessors.create(predecessor=prc)

    assert not_merged(prc, into=china) == {
        (Noun.ALIGNMENT, alignment.pk, "counterpart"),
        (Noun.ALIGNMENT, other_way.pk, "counterpart"),
        (Noun.STANCE, stance.pk, "defers_to"),
        (Noun.MEETING, meeting.pk, "represented_by"),
        (Noun.ACTOR, china.pk, "organization"),
        (Noun.ACTOR, china.pk, "predecessor"),
    }


def test_an_issue_below_the_loser_can_not_be_its_survivor():
    above = IssueFactory()
    between = IssueFactory(parent=above)
    below = IssueFactory(parent=between)

    assert not_merged(above, into=below) == {(Noun.ISSUE, between.pk, "parent")}


def test_stances_do_not_move_to_an_issue_without_a_question():
    grouping, stance = IssueFactory(question=""), StanceFactory()

    assert not_merged(stance.issue, into=grouping) == {(Noun.ISSUE, grouping.pk, "question")}


def test_stances_do_not_move_to_an_issue_whose_question_is_not_public():
    grouping, stance = IssueFactory(question=""), StanceFactory()
    published(grouping, *all_of(stance))
    edited(grouping, question="Should it?")

    assert not_merged(stance.issue, into=grouping) == {(Noun.STANCE, stance.pk, "issue")}


def test_a_public_record_is_not_merged_into_a_draft():
    china, prc = ActorFactory(), ActorFactory()
    published(prc)

    assert not_merged(prc, into=china) == {(Noun.ACTOR, china.pk, "")}


def test_a_claim_that_waits_must_be_published_before_it_can_become_contested():
    china, prc, issue = ActorFactory(), ActorFactory(), IssueFactory()
    kept, rival = StanceFactory(actor=china, issue=issue), StanceFactory(actor=prc, issue=issue)
    published(
        *{record.pk: record for claim in (kept, rival) for record in all_of(claim)[3:]}.values(),
        china,
        prc,
        issue,
    )
    published(kept, rival)
    edited(rival, summary="Waiting.")

    assert not_merged(prc, into=china) == {(Noun.STANCE, rival.pk, "standing")}


def test_a_merge_takes_the_versions_that_were_looked_at():
    china, prc = ActorFactory(), ActorFactory()

    assert not_merged(prc, into=china, loser=7, survivor=8) == {
        (Noun.ACTOR, prc.pk, "version"),
        (Noun.ACTOR, china.pk, "version"),
    }


def test_a_record_is_not_merged_into_itself_or_twice_or_into_what_is_merged():
    first, second, third = ActorFactory(), ActorFactory(), ActorFactory()
    merged(first, into=second)

    assert not_merged(second, into=second) == {(Noun.ACTOR, second.pk, "into")}
    assert not_merged(first, into=third) == {(Noun.ACTOR, first.pk, "merged_into")}
    assert not_merged(third, into=first) == {(Noun.ACTOR, first.pk, "merged_into")}


@pytest.mark.parametrize(
    "into", [Chosen(Noun.ISSUE, 1), Chosen(Noun.STANCE, 2)], ids=["another noun", "a claim"]
)
def test_only_records_of_one_noun_that_is_no_claim_are_merged(into):
    with changeset(), pytest.raises(ValueError, match="can't be merged"):
        merge(loser=Chosen(Noun.STANCE, 1), survivor=into)


def test_somebody_must_have_said_who_merges():
    with pytest.raises(OutsideChangeSetError):
        merge(loser=Chosen(Noun.ACTOR, 1), survivor=Chosen(Noun.ACTOR, 2))


def test_what_was_merged_is_not_published():
    china, prc = ActorFactory(), ActorFactory()
    merged(prc, into=china)

    assert refused(publish, prc) == {(Noun.ACTOR, prc.pk, "merged_into")}


def test_a_plan_shows_what_would_move_and_does_nothing():
    china, prc, issue = ActorFactory(), ActorFactory(), IssueFactory()
    kept, rival = StanceFactory(actor=china, issue=issue), StanceFactory(actor=prc, issue=issue)
    meeting = MeetingFactory(participants=[{"actor": prc}, {"actor": china}])
    published(
        china,
        prc,
        issue,
        *(citation.source for claim in (kept, rival) for citation in claim.citations.all()),
    )
    published(kept, rival)

    what = plan(noun=Noun.ACTOR, loser=prc.pk, survivor=china.pk)

    assert {(column.owner, column.name): rows for column, rows in what.moved.items()} == {
        (Noun.STANCE, "actor_id"): [rival.pk]
    }
    assert {(column.owner, column.part): rows for column, rows in what.dropped.items()} == {
        (Noun.MEETING, "participant"): [meeting.participants.get(actor=prc).pk]
    }
    assert what.contested == {Noun.STANCE: {rival.pk: kept.pk}}
    assert what.problems == []
    rival.refresh_from_db()
    assert rival.actor_id == prc.pk


def test_a_plan_takes_as_many_queries_for_twenty_as_for_one():
    def prepare(number):
        china, prc = SourceFactory(), SourceFactory()
        StanceFactory.create_batch(number, citations=[{"source": prc, "locator": "p. 1"}])
        return partial(plan, noun=Noun.SOURCE, loser=prc.pk, survivor=china.pk)

    assert_same_cost(prepare)


def test_a_public_claim_that_would_be_of_one_actor_alone_blocks_though_the_desk_has_another():
    stance, alignment = StanceFactory(defers_to=ActorFactory()), AlignmentFactory()
    published(*all_of(stance), stance.defers_to, *all_of(alignment), alignment.counterpart)
    survivor, loser, counterpart = stance.actor, stance.defers_to, alignment.counterpart
    edited(stance, defers_to_id=None)
    edited(alignment, counterpart_id=ActorFactory().pk)

    assert not_merged(loser, into=survivor) == {(Noun.STANCE, stance.pk, "defers_to")}
    assert not_merged(counterpart, into=alignment.actor) == {
        (Noun.ALIGNMENT, alignment.pk, "counterpart")
    }
