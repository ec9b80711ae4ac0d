"""Votes published: ballots by keys alone, counted against the tally,
and what becomes of them when names change.
"""

import json

import pytest

from tests.desk.merge.acts import merged, refusals
from tests.desk.undo.acts import done, undone
from tests.factories import ActorFactory, VoteFactory
from tests.publishing.acts import (
    body,
    changes,
    changeset,
    edited,
    live_document,
    published,
    refused,
    retracted,
)
from tracker.desk.merge import merge
from tracker.models import Ballot, Edition, Record, Vote
from tracker.models.nouns import RECORDS
from tracker.models.snapshots import load
from tracker.publishing.live import naming
from tracker.publishing.new_documents import preview
from tracker.publishing.publish import Chosen, publish, retract
from tracker.values.nouns import Noun
from tracker.verify import verify

pytestmark = pytest.mark.django_db
NOBODY = {"abstain": [], "absent": [], "not_participating": [], "notes": {}}


def whole(vote: Vote) -> list[Chosen]:
    [loaded] = load(Noun.VOTE, [vote.pk])
    return [Chosen(Noun.VOTE, vote.pk), *(Chosen(noun, pk) for noun, pk in sorted(loaded.named()))]


def council(**fields: object) -> Vote:
    """Return a public vote: China voted no, Russia yes,
    and both are permanent members of the body.
    """
    body = ActorFactory(slug="council", kind="organization")
    seat = [{"organization": body, "role": "permanent member"}]
    china, russia = (ActorFactory(slug=slug, memberships=seat) for slug in ("china", "russia"))
    ballots = [
        {"actor": china, "choice": "no"},
        {"actor": russia, "choice": "yes", "note": "It said why."},
    ]
    vote: Vote = VoteFactory(body=body, ballots=ballots, **fields)
    return vote


def actor(slug: str) -> Record:
    return RECORDS[Noun.ACTOR]._default_manager.get(slug=slug)


def test_readers_are_told_who_cast_what_by_keys_and_documents_keep_numbers():
    vote = council()
    edition = published(*whole(vote))

    document = live_document(vote)
    assert body(vote)["ballots"] == {
        "yes": ["russia"], "no": ["china"], **NOBODY, "notes": {"russia": "It said why."},
    }  # fmt: skip
    assert (document.yes, document.no, document.abstain) == (
        [actor("russia").pk],
        [actor("china").pk],
        [],
    )
    assert document.own_body == vote.body_id
    assert changes(edition)["vote", vote.pk] == "published"
    assert list(verify()) == []


def test_who_is_named_by_key_alone_must_be_public():
    vote = council()
    known = [chosen for chosen in whole(vote) if chosen.id != actor("china").pk]

    assert refused(publish, *known) == {(Noun.VOTE, vote.pk, "actor")}
    published(*whole(vote))
    assert refused(retract, actor("china")) == {(Noun.ACTOR, actor("china").pk, "")}


def test_a_ballot_keeps_the_key_it_was_published_under_and_a_new_name_or_slug_rewrites_no_vote():
    vote = council()
    published(*whole(vote))
    before = live_document(vote)

    edited(actor("china"), name="The Middle Kingdom", slug="zhongguo")
    edition = published(actor("zhongguo"))

    assert changes(edition) == {("actor", actor("zhongguo").pk): "updated"}
    assert live_document(vote).pk == before.pk
    edited(vote, summary="On a canal.")
    edition = published(vote, actor("zhongguo"))
    assert changes(edition) == {("vote", vote.pk): "updated"}
    assert edition.changes.get().changed == {"summary": [None, "On a canal."]}
    assert body(vote)["ballots"] == json.loads(before.body)["ballots"]
    assert list(verify()) == []


def test_who_casts_something_later_is_told_by_the_key_of_then():
    vote = council()
    published(*whole(vote))
    edited(actor("china"), slug="zhongguo")
    published(actor("zhongguo"))
    later = VoteFactory(body=vote.body, ballots=[{"actor": actor("zhongguo"), "choice": "no"}])

    published(*whole(later))
    assert body(later)["ballots"]["no"] == ["zhongguo"]
    retracted(vote)
    published(vote)
    assert body(vote)["ballots"]["no"] == ["zhongguo"]
    assert list(verify()) == []


def test_a_body_that_decides_is_called_anew_in_its_votes_and_their_ballots_stay():
    vote = council()
    vote.ballots.create(actor=vote.body, choice="abstain")
    published(*whole(vote))
    edited(actor("council"), slug="security-council")

    edition = published(actor("security-council"))

    russia, decides = ((Noun.ACTOR, actor(slug).pk) for slug in ("russia", "security-council"))
    assert list(naming(Noun.VOTE, [russia, decides], by_name=True)) == [(vote.pk, [decides])]
    assert changes(edition)["vote", vote.pk] == "renamed"
    assert set(edition.changes.get(noun="vote").changed) == {"body"}
    assert (body(vote)["body"]["slug"], body(vote)["ballots"]["abstain"]) == (
        "security-council",
        ["council"],
    )
    assert list(verify()) == []


def test_a_vote_that_nothing_changes_is_not_published_anew_for_the_key_of_a_ballot():
    vote = council()
    published(*whole(vote))
    edited(actor("china"), slug="zhongguo")
    published(actor("zhongguo"))
    edited(vote, summary="To be thought over.")
    edited(vote, summary="")

    assert preview(Noun.VOTE, vote.pk)[0] == preview(Noun.VOTE, vote.pk)[1]
    edited(vote.body, summary="Fifteen members.")
    assert changes(published(vote, vote.body)) == {("actor", vote.body_id): "updated"}
    assert list(verify()) == []


def test_ballots_go_to_the_survivor_of_a_merge():
    vote = council()
    other = ActorFactory(slug="peking")
    published(*whole(vote), other)

    merged(actor("china"), into=other)

    assert body(vote)["ballots"]["no"] == ["peking"]
    assert live_document(vote).no == [other.pk]


@pytest.mark.parametrize("has_waiting", [False, True])
def test_a_ballot_under_an_earlier_key_goes_to_the_survivor_and_back(has_waiting: bool):
    vote = council()
    other = ActorFactory(slug="peking")
    published(*whole(vote), other)
    china = actor("china")
    edited(china, slug="zhongguo")
    published(china)
    if has_waiting:
        edited(vote, title="A title that waits")
    loser, survivor = Chosen(Noun.ACTOR, china.pk), Chosen(Noun.ACTOR, other.pk)

    merging = done(lambda: merge(loser=loser, survivor=survivor))

    assert changes(Edition.objects.latest("number"))["vote", vote.pk] == "renamed"
    assert body(vote)["ballots"]["no"] == ["peking"]
    assert list(verify()) == []
    edited(other, slug="beiping")
    published(other)
    assert body(vote)["ballots"]["no"] == ["peking"]
    undone(merging)
    published(china, *([] if has_waiting else [vote]))
    assert body(vote)["ballots"]["no"] == ["zhongguo"]
    assert list(verify()) == []


def test_two_actors_that_cast_otherwise_are_not_merged_and_the_vote_is_named():
    vote = council()
    published(*whole(vote))

    messages = refusals(actor("china"), into=actor("russia"))

    assert any(
        f"vote {vote.pk}" in message and "choice “yes” and “no”" in message for message in messages
    ), messages


def test_two_actors_that_cast_the_same_become_one():
    vote = council()
    edited(vote.ballots.get(choice="yes"), choice="no", note="")
    published(*whole(vote))

    merged(actor("china"), into=actor("russia"))

    assert body(vote)["ballots"]["no"] == ["russia"]


def test_ballots_are_no_more_than_the_tally_counts():
    vote = council(tally_yes=0, tally_no=1, tally_abstain=0)
    assert refused(publish, *whole(vote)) == {(Noun.VOTE, vote.pk, "ballots")}

    edited(vote, tally_yes=1)
    published(*whole(vote))


def test_what_was_adopted_without_a_vote_has_no_ballots():
    vote = council(without_vote=True)
    assert refused(publish, *whole(vote)) == {(Noun.VOTE, vote.pk, "ballots")}
    with changeset():
        vote.ballots.all().delete()
    published(*whole(vote))
    assert body(vote)["without_vote"]
    assert list(verify()) == []


def test_a_veto_is_a_permanent_members_no():
    vote = council(outcome="vetoed")
    other = ActorFactory(slug="poland", memberships=[{"organization": vote.body, "role": "member"}])
    veto = vote.ballots.get(choice="no")
    edited(veto, actor=other)
    assert refused(publish, *whole(vote)) == {(Noun.VOTE, vote.pk, "outcome")}

    edited(veto, actor=actor("china"))
    published(*whole(vote))
    assert list(verify()) == []


def test_a_vote_without_a_title_is_retracted():
    vote = council(title="")
    published(*whole(vote))
    assert body(vote)["title"] is None

    assert changes(retracted(vote)) == {("vote", vote.pk): "retracted"}


def test_a_vote_is_published_only_with_a_source():
    vote = VoteFactory(citations=[])
    assert (Noun.VOTE, vote.pk, "citations") in refused(publish, *whole(vote))


def test_its_ballots_are_told_as_changed_in_groups():
    vote = council()
    published(*whole(vote))
    edited(vote.ballots.get(choice="no"), choice="abstain")

    edition = published(vote)

    old, new = edition.changes.get(noun="vote").changed["ballots"]
    assert (old["no"], new["no"], new["abstain"]) == (["china"], [], ["china"])
    assert Ballot.objects.count() == 2
    assert json.loads(live_document(vote).body)["ballots"] == new


def test_it_is_found_by_its_symbol_in_both_spellings_and_not_by_who_voted():
    vote = VoteFactory(
        symbol="A/RES/2752(XXVI)", ballots=[{"actor": ActorFactory(slug="ruritania")}]
    )
    published(*whole(vote))
    document = live_document(vote)

    assert "2752" in document.search
    assert "26" in document.search
    assert "ruritania" not in document.search


def corrected(**fields: object) -> Vote:
    """Return a public vote that China vetoed,
    whose public membership is no longer a permanent one.
    """
    vote = council(outcome="vetoed", **fields)
    published(*whole(vote))
    edited(actor("china").memberships.get(), role="observer")
    published(actor("china"))
    return vote


def test_a_veto_is_not_asked_for_again_when_somebody_else_is_called_otherwise():
    vote = corrected()
    edited(actor("council"), name="The Council")

    edition = published(actor("council"))

    assert changes(edition)["vote", vote.pk] == "renamed"
    assert list(verify()) == []


def test_a_veto_is_not_asked_for_again_when_somebody_who_voted_is_merged_or_on_their_own_again():
    vote = corrected()
    other = ActorFactory(slug="rossiya")
    published(other)
    loser, survivor = (Chosen(Noun.ACTOR, record.pk) for record in (actor("russia"), other))
    edited(vote, title="A title that waits")

    merging = done(lambda: merge(loser=loser, survivor=survivor))
    assert body(vote)["ballots"]["yes"] == ["rossiya"]
    undone(merging)
    edition = published(loser)

    assert changes(edition)["vote", vote.pk] == "renamed"
    assert body(vote)["ballots"]["yes"] == ["russia"]
    assert list(verify()) == []


def test_a_vote_is_withdrawn_and_another_published_beside_a_corrected_veto():
    vote = corrected()
    other = VoteFactory(
        body=actor("council"), ballots=[{"actor": actor("russia"), "choice": "yes"}]
    )

    published(*whole(other))
    assert changes(retracted(vote)) == {("vote", vote.pk): "retracted"}
    assert refused(publish, vote) == {(Noun.VOTE, vote.pk, "outcome")}
    assert list(verify()) == []


def test_a_veto_is_asked_for_again_when_the_vote_itself_is_published_otherwise():
    vote = corrected()
    edited(vote, title="Another title")

    assert refused(publish, vote) == {(Noun.VOTE, vote.pk, "outcome")}


def test_a_veto_holds_when_the_body_is_called_otherwise_in_the_same_edition():
    vote = council(outcome="vetoed")
    published(*whole(vote))
    edited(actor("council"), slug="security-council")
    edited(vote, title="Another title")

    assert changes(published(vote, actor("security-council")))["vote", vote.pk] == "updated"
    assert list(verify()) == []


def with_voters() -> Vote:
    """Return a public vote for which three more voted,
    whose public membership is no longer a permanent one.
    """
    vote = council(outcome="vetoed")
    for slug in ("aaa", "mmm", "zzz"):
        vote.ballots.create(actor=ActorFactory(slug=slug), choice="yes")
    published(*whole(vote), ActorFactory(slug="aa"), ActorFactory(slug="zzzz"))
    edited(actor("china").memberships.get(), role="observer")
    published(actor("china"))
    return vote


@pytest.mark.parametrize("has_waiting", [False, True])
@pytest.mark.parametrize(("loser", "survivor"), [("aaa", "zzzz"), ("zzz", "aa")])
def test_a_veto_is_not_asked_for_again_wherever_in_the_order_a_survivor_stands(
    loser, survivor, has_waiting
):
    vote = with_voters()
    if has_waiting:
        edited(vote, title="A title that waits")

    edition = merged(actor(loser), into=actor(survivor))

    assert changes(edition)["vote", vote.pk] == "renamed"
    assert sorted(body(vote)["ballots"]["yes"]) == sorted(
        {"aaa", "mmm", "russia", "zzz", survivor} - {loser}
    )


def test_a_veto_is_asked_for_again_when_two_of_its_ballots_become_one():
    vote = with_voters()

    [message] = refusals(actor("aaa"), into=actor("zzz"))

    assert f"vote {vote.pk}: outcome: no permanent member" in message
