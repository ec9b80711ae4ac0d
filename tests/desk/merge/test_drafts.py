"""Drafts on both sides of a merge:
of two claims that would both be accepted at the desk, one becomes contested.
"""

import pytest

from tests.desk.merge.acts import merged
from tests.desk.undo.acts import desk, done, undone
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.publishing.acts import all_of, body, edited, live_document, published, retracted
from tracker.desk.merge import merge, plan
from tracker.publishing.publish import Chosen
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]


@pytest.fixture
def pair():
    """Return two actors that are one, and an issue."""
    return ActorFactory(name="PRC"), ActorFactory(name="China"), IssueFactory()


def standings(*claims):
    for claim in claims:
        claim.refresh_from_db()
    return [claim.standing for claim in claims]


def note(claim):
    claim.refresh_from_db()
    return claim.standing_note


def public(*claims):
    published(*dict.fromkeys(record for claim in claims for record in all_of(claim)))


def test_a_draft_of_the_loser_yields_to_a_draft_of_the_survivor(pair):
    prc, china, issue = pair
    theirs, ours = (StanceFactory(actor=actor, issue=issue, since="2018") for actor in (prc, china))

    assert plan(noun=Noun.ACTOR, loser=prc.pk, survivor=china.pk).contested == {
        Noun.STANCE: {theirs.pk: ours.pk}
    }
    merged(prc, into=china)

    assert standings(theirs, ours) == ["contested", "accepted"]
    assert note(theirs) == f"Rival of stance {ours.pk}, since “PRC” was merged into “China”."


def test_a_draft_of_the_loser_yields_to_what_is_public_of_the_survivor(pair):
    prc, china, issue = pair
    theirs, ours = (StanceFactory(actor=actor, issue=issue) for actor in (prc, china))
    public(ours)

    merged(prc, into=china)

    assert standings(theirs, ours) == ["contested", "accepted"]
    published(*all_of(theirs))
    assert (live_document(theirs).standing, live_document(ours).standing) == (
        "contested",
        "accepted",
    )


def test_a_draft_of_the_survivor_yields_to_what_is_public_of_the_loser(pair):
    prc, china, issue = pair
    theirs, ours = (StanceFactory(actor=actor, issue=issue) for actor in (prc, china))
    public(theirs)
    published(china)

    assert plan(noun=Noun.ACTOR, loser=prc.pk, survivor=china.pk).contested == {
        Noun.STANCE: {ours.pk: theirs.pk}
    }
    merged(prc, into=china)

    assert standings(theirs, ours) == ["accepted", "contested"]
    assert note(ours) == f"Rival of stance {theirs.pk}, since “PRC” was merged into “China”."
    assert body(theirs)["standing"] == "accepted"


@pytest.mark.parametrize("yields", [0, 1], ids=["loser", "survivor"])
def test_an_edit_that_waits_makes_a_claim_yield_at_the_desk_and_not_in_public(pair, yields):
    *actors, issue = pair
    both = [StanceFactory(actor=actor, issue=issue, since="2018") for actor in actors]
    edited(both[yields], since="2010", until="2011-12-31")
    public(*both)
    edited(both[yields], until="")

    merged(actors[0], into=actors[1])

    assert [standing == "contested" for standing in standings(*both)] == [yields == 0, yields == 1]
    assert [body(claim)["standing"] for claim in both] == ["accepted", "accepted"]


def test_what_yields_itself_makes_no_other_yield(pair):
    prc, china, issue = pair
    seen = StanceFactory(actor=prc, issue=issue, since="2010", until="2014-12-31")
    draft = StanceFactory(actor=prc, issue=issue, since="2015", until="2016-12-31")
    ours = StanceFactory(actor=china, issue=issue, since="2010", until="2016-12-31")
    public(seen)
    published(china)

    merged(prc, into=china)

    assert standings(seen, draft, ours) == ["accepted", "accepted", "contested"]


@pytest.mark.parametrize(
    ("since", "until"),
    [("2019", ""), ("2018-07-01", "2019-12-31")],
    ids=["a year later", "the day after"],
)
def test_drafts_of_other_days_stay_accepted(pair, since, until):
    prc, china, issue = pair
    ours = StanceFactory(actor=china, issue=issue, since="2018", until="2018-06-30")
    theirs = StanceFactory(actor=prc, issue=issue, since=since, until=until)

    merged(prc, into=china)

    assert standings(theirs, ours) == ["accepted", "accepted"]


def test_what_is_contested_already_or_about_another_issue_is_no_rival(pair):
    prc, china, issue = pair
    ours = StanceFactory(
        actor=china, issue=issue, standing="contested", standing_note="Two readings."
    )
    theirs, other = StanceFactory(actor=prc, issue=issue), StanceFactory(actor=china)

    merged(prc, into=china)

    assert standings(theirs, ours, other) == ["accepted", "contested", "accepted"]


def test_what_was_retracted_is_no_rival(pair):
    prc, china, issue = pair
    theirs, ours = (StanceFactory(actor=actor, issue=issue) for actor in (prc, china))
    public(ours)
    retracted(ours)

    merged(prc, into=china)

    assert standings(theirs, ours) == ["accepted", "accepted"]


def test_drafts_on_two_issues_that_become_one_are_rivals():
    one, two, actor = IssueFactory(), IssueFactory(), ActorFactory()
    theirs, ours, other = (
        StanceFactory(actor=who, issue=issue)
        for who, issue in ((actor, two), (actor, one), (ActorFactory(), two))
    )

    merged(two, into=one)

    assert standings(theirs, ours, other) == ["contested", "accepted", "accepted"]


def test_what_became_contested_is_accepted_again_when_the_merge_is_undone(pair):
    prc, china, issue = pair
    seen = StanceFactory(actor=prc, issue=issue)
    StanceFactory(actor=china, issue=issue)
    StanceFactory.create_batch(2, actor=prc, issue=IssueFactory(), since="2019")
    public(seen)
    published(china)
    before = desk()

    undone(
        done(lambda: merge(loser=Chosen(Noun.ACTOR, prc.pk), survivor=Chosen(Noun.ACTOR, china.pk)))
    )

    assert desk() == before
