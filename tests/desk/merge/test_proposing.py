"""Proposing a merge: where publishing takes two people, one proposes what another carries out."""

import pytest
from django.db import IntegrityError, transaction

from tests.costs import cost
from tests.desk.merge.acts import merged
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    UserFactory,
)
from tests.publishing.acts import changeset, edited, published
from tracker.desk.merge import merge, open_proposals, proposals, propose
from tracker.desk.merge.proposing import ALREADY
from tracker.history import OutsideChangeSetError
from tracker.models import Edition, Review
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen
from tracker.publishing.review import submit
from tracker.publishing.worklists import WorklistPlace, waiting
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]


@pytest.fixture
def pair():
    """Return two public actors that are one."""
    actors = ActorFactory(name="PRC"), ActorFactory(name="China")
    published(*actors)
    return actors


def doing(who, act, pair, channel=Channel.ADMIN, **how):
    """Let somebody propose to merge two records, or merge them."""
    noun = noun_of(pair[0])
    loser, survivor = (
        Chosen(noun, record.pk, how.pop(name, None))
        for name, record in zip("ab", pair, strict=True)
    )
    with changeset(who and who.pk, channel):
        return act(loser=loser, survivor=survivor, **how)


def refusal(who, act, pair, **how):
    """Return what is said against it."""
    with pytest.raises(RefusedError) as refused:
        doing(who, act, pair, **how)
    return [str(problem) for problem in refused.value.problems]


def needs(pair):
    prc, china = pair
    for record in pair:
        record.refresh_from_db()
    return [
        f"actor {prc.pk}: readers see it, so somebody else must propose this merge first: of "
        f"version {prc.version} into version {china.version} of actor {china.pk}"
    ]


def test_one_proposes_and_another_carries_it_out(erik, emma, pair):
    assert refusal(erik, merge, pair) == needs(pair)

    doing(emma, propose, pair, text=" They are one. ")

    prc, china = pair
    step = Review.objects.get()
    assert (step.record, step.version, step.survivor, step.survivor_version) == (
        prc.pk,
        1,
        china.pk,
        1,
    )
    assert (step.step, step.text, step.made_by) == ("merge_proposed", "They are one.", emma)
    assert refusal(emma, merge, pair) == needs(pair)
    assert doing(erik, merge, pair).published_by == erik


@pytest.mark.parametrize("which", [0, 1], ids=["loser", "survivor"])
def test_a_proposal_ends_with_the_next_change_of_either(erik, emma, pair, which):
    doing(emma, propose, pair)
    edited(pair[which], summary="Half-made.")

    assert refusal(erik, merge, pair) == needs(pair)
    assert not proposals(Noun.ACTOR, pair[0].pk).exists()
    doing(emma, propose, pair)
    assert doing(erik, merge, pair)


def test_a_proposal_is_of_these_two_this_way_round(erik, emma, pair):
    prc, china = pair
    other = ActorFactory()
    published(other)
    doing(emma, propose, pair)

    assert len(refusal(erik, merge, (china, prc))) == 1
    assert len(refusal(erik, merge, (prc, other))) == 1
    assert len(refusal(erik, merge, (other, china))) == 1


def test_who_alone_may_publish_merges_at_once(erik, pair):
    assert doing(erik, merge, pair)


def test_a_command_on_the_server_is_not_asked_and_a_client_of_the_api_is(erik, emma, pair):
    assert refusal(erik, merge, pair, channel=Channel.API) == needs(pair)
    assert doing(erik, merge, pair, channel=Channel.COMMAND)


def test_what_readers_do_not_see_is_merged_by_one(erik, emma):
    assert doing(erik, merge, (ActorFactory(), ActorFactory())) is None


def test_blockers_are_told_to_who_proposes(emma, pair):
    prc, china = pair
    alignment = AlignmentFactory(actor=prc, counterpart=china)

    messages = refusal(emma, propose, pair)

    assert [message.partition(": ")[0] for message in messages] == [f"alignment {alignment.pk}"]
    assert refusal(emma, propose, pair, a=7, b=8) == [
        f"actor {prc.pk}: version: it was changed since: reviewed was 7, now it is 1; look again",
        f"actor {china.pk}: version: it was changed since: reviewed was 8, now it is 1; look again",
    ]
    assert not Review.objects.exists()


def test_nobody_proposes_the_same_twice(emma, pair):
    doing(emma, propose, pair)

    assert refusal(emma, propose, pair) == [f"actor {pair[0].pk}: {ALREADY}"]


def test_a_proposal_is_somebodys(pair):
    with pytest.raises(ValueError, match="say who"):
        doing(None, propose, pair)
    with pytest.raises(OutsideChangeSetError):
        propose(loser=Chosen(Noun.ACTOR, 1), survivor=Chosen(Noun.ACTOR, 2))


@pytest.mark.parametrize("factory", [ActorFactory, IssueFactory, MeetingFactory, SourceFactory])
def test_open_proposals_are_those_of_others_that_still_hold(erik, emma, factory):
    records = [
        factory(citations=[], status="planned") if factory is MeetingFactory else factory()
        for _ in range(4)
    ]
    first, second, third, survivor = records
    published(*records)
    for loser in (second, first, third):
        doing(emma, propose, (loser, survivor))
    doing(erik, propose, (third, first))
    edited(
        second,
        **({"summary": "Other."} if factory is not SourceFactory else {"publisher": "Other"}),
    )
    noun = noun_of(first)

    assert open_proposals(but_by=erik.pk, most=9) == [(noun, first.pk), (noun, third.pk)]
    assert open_proposals(but_by=emma.pk, most=9) == [(noun, third.pk)]
    assert open_proposals(but_by=erik.pk, most=1) == [(noun, first.pk)]
    assert cost(lambda: open_proposals(but_by=erik.pk, most=9)) == 1
    doing(erik, merge, (first, survivor))
    assert (noun, first.pk) not in open_proposals(but_by=erik.pk, most=9)


def test_a_proposal_moves_nothing_in_a_review(erik, emma, anna, pair):
    edited(pair[0], summary="To be reviewed.")
    with changeset(anna.pk, Channel.ADMIN):
        submit(records=[Chosen(Noun.ACTOR, pair[0].pk)], to=erik.pk)
    [before] = waiting()

    doing(emma, propose, pair)

    [after] = waiting()
    assert after == before._replace(
        place=WorklistPlace(before.place.number, Noun.ACTOR, pair[0].pk)
    )
    assert after.to == erik.pk


@pytest.mark.parametrize(
    "wrong",
    [
        {"survivor_version": 9},
        {"survivor": 4711},
        {"survivor": "itself"},
        {"survivor": None, "survivor_version": None},
        {"survivor_version": None},
        {"step": "commented"},
    ],
)
def test_the_database_keeps_proposals_true(pair, wrong):
    prc, china = pair
    fields = {
        "step": "merge_proposed",
        "survivor": china.pk,
        "survivor_version": 1,
        "text": "x",
        **wrong,
    }
    if wrong.get("survivor") == "itself":
        fields["survivor"] = prc.pk

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            noun="actor", record=prc.pk, version=1, made_by=UserFactory(), **fields
        )


def test_a_merge_can_be_undone_and_proposed_again(erik, emma, pair):
    doing(emma, propose, pair)
    merged_first = doing(erik, merge, pair)

    assert merged_first == Edition.objects.latest("number")
    third = ActorFactory()
    published(third)
    merged(pair[1], into=third)
