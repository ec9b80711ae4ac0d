"""Withdrawing: where publishing takes two people, one proposes what another carries out."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.costs import cost
from tests.factories import ActorFactory, SourceFactory
from tests.publishing.acts import changeset, edited, published, retracted, stance_with_all
from tests.publishing.review.acting import by, objections, steps
from tracker.models import Edition, Review
from tracker.models.nouns import noun_of
from tracker.publishing.four_eyes import proposed_retractions
from tracker.publishing.publish import retract
from tracker.publishing.review import propose_retraction, submit
from tracker.publishing.worklists import waiting
from tracker.values.vocabularies import Channel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]
NEEDS = "readers see it, so somebody else must propose first to withdraw it, at version {}"


@pytest.fixture
def actor() -> Any:
    actor = ActorFactory()
    published(actor)
    return actor


def withdraw(who: Any, *records: Any, **how: Any) -> Any:
    return by(who, retract, *records, note="It rests on a forgery.", **how)


def refusals(who: Any, *records: Any, **how: Any) -> list[str]:
    return objections(who, retract, *records, note="It rests on a forgery.", **how)


def test_one_proposes_and_another_carries_it_out(erik: Any, emma: Any, actor: Any) -> None:
    assert refusals(erik, actor) == [NEEDS.format(1)]

    by(emma, propose_retraction, actor, text=" It rests on a forgery. ")

    assert steps(actor) == [(1, "commented", emma.pk, None, "It rests on a forgery.")]
    assert Review.objects.get().proposes_retraction
    assert refusals(emma, actor) == [NEEDS.format(1)]
    assert withdraw(erik, actor).published_by == erik


def test_all_that_nobody_proposed_are_told_at_once(erik: Any, emma: Any, actor: Any) -> None:
    other, third = ActorFactory(), SourceFactory()
    published(other, third)
    by(emma, propose_retraction, other, text="So.")

    assert refusals(erik, actor, other, third) == [NEEDS.format(1)] * 2
    assert Edition.objects.count() == 2


def test_a_proposal_ends_with_the_next_change(erik: Any, emma: Any, actor: Any) -> None:
    by(emma, propose_retraction, actor, text="So.")
    edited(actor, summary="Half-made.")

    assert refusals(erik, actor) == [NEEDS.format(2)]
    by(emma, propose_retraction, actor, text="So.")
    assert withdraw(erik, actor)


def test_a_proposal_ends_with_the_withdrawal(erik: Any, emma: Any, actor: Any) -> None:
    by(emma, propose_retraction, actor, text="So.")
    withdraw(erik, actor)
    published(actor)

    assert refusals(erik, actor) == [NEEDS.format(1)]


def test_who_alone_may_publish_withdraws_at_once(erik: Any, actor: Any) -> None:
    assert withdraw(erik, actor)


@pytest.mark.parametrize(("setting", "is_refused"), [("on", True), ("off", False)])
def test_the_setting_of_publishing_decides(
    erik: Any, emma: Any, actor: Any, settings: Any, setting: str, is_refused: bool
) -> None:
    settings.FOUR_EYES = setting
    if is_refused:
        assert refusals(erik, actor) == [NEEDS.format(1)]
    else:
        assert withdraw(erik, actor)


def test_a_command_on_the_server_is_not_asked_and_a_client_of_the_api_is(
    erik: Any, emma: Any, actor: Any
) -> None:
    assert refusals(erik, actor, channel=Channel.API) == [NEEDS.format(1)]
    assert withdraw(erik, actor, channel=Channel.COMMAND)


def test_what_blocks_it_is_told_to_who_proposes(erik: Any, emma: Any, actor: Any) -> None:
    stance = stance_with_all()

    [named] = objections(emma, propose_retraction, stance.actor, text="So.")
    assert named.startswith(f"it is named by stance {stance.pk}")
    assert objections(emma, propose_retraction, ActorFactory(), text="So.") == [
        "it is not public, so there is nothing to withdraw"
    ]
    assert objections(emma, propose_retraction, actor, text=" \u200b") == [
        "write a comment: without one nobody knows what to do"
    ]
    by(emma, propose_retraction, actor, text="So.")
    assert objections(emma, propose_retraction, actor, text="So.") == [
        "you proposed to withdraw it already; somebody else has to carry it out"
    ]


def test_open_proposals_are_those_of_others_that_still_hold(
    erik: Any, emma: Any, actor: Any
) -> None:
    source, changed = SourceFactory(), ActorFactory()
    published(source, changed)
    for record in (source, actor, changed):
        by(emma, propose_retraction, record, text="So.")
    edited(changed, summary="Otherwise.")

    keys = [(noun_of(record), record.pk) for record in (source, actor)]
    assert proposed_retractions(but_by=erik.pk, most=9) == keys
    assert proposed_retractions(but_by=erik.pk, most=1) == keys[:1]
    assert proposed_retractions(but_by=emma.pk, most=9) == []
    assert cost(lambda: proposed_retractions(but_by=erik.pk, most=9)) == 1
    retracted(source)
    assert proposed_retractions(but_by=erik.pk, most=9) == keys[1:]


def test_a_proposal_moves_nothing_in_a_review(erik: Any, emma: Any, anna: Any) -> None:
    stance = stance_with_all()
    edited(stance, summary="Otherwise.")
    by(anna, submit, stance, to=erik.pk)

    by(emma, propose_retraction, stance, text="So.")

    [task] = waiting(to=erik.pk)
    assert task.record == stance.pk


def test_the_database_keeps_that_a_proposal_says_why(emma: Any, actor: Any) -> None:
    fields = {
        "noun": "actor",
        "record": actor.pk,
        "version": 1,
        "step": "commented",
        "made_by": emma,
    }
    fields["proposes_retraction"] = True
    with (
        changeset(),
        pytest.raises(IntegrityError, match="review_says_something"),
        transaction.atomic(),
    ):
        Review.objects.create(**fields, text=" ")
    with changeset(), pytest.raises(IntegrityError, match="by_a_comment"), transaction.atomic():
        Review.objects.create(**{**fields, "step": "assigned"}, text="So.")
