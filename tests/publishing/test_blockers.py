"""What is refused is refused with every reason at once, and leaves nothing behind."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.desk.undo.acts import done, undone
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.publishing.acts import (
    all_of,
    changeset,
    chosen,
    edited,
    everything_left,
    published,
    refused,
    retracted,
    stance_with_all,
)
from tests.verify.world import damage
from tracker.desk.merge import merge
from tracker.publishing.publish import Chosen, publish, retract
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_left(db: None) -> Iterator[list[tuple[int, ...]]]:
    """Compare, before and after each refusal that a test notes here."""
    noted: list[tuple[int, ...]] = []
    yield noted
    assert noted, "note what is there before the refusal"
    assert everything_left() == noted[-1]


def test_what_names_unpublished_records_is_refused_with_each_of_them(nothing_is_left):
    stance = StanceFactory(defers_to=ActorFactory())
    nothing_is_left.append(everything_left())

    with pytest.raises(RefusedError) as refusal, changeset():
        publish(records=chosen(stance))

    assert {str(problem) for problem in refusal.value.problems} == {
        f"stance {stance.pk}: {noun}: {noun} {record.pk} is named but not public; publish it "
        f"too, or first"
        for noun, record in [
            ("actor", stance.actor),
            ("actor", stance.defers_to),
            ("issue", stance.issue),
            ("source", stance.citations.get().source),
        ]
    }


def test_claims_and_held_meetings_without_a_citation_are_refused(nothing_is_left):
    alignment = AlignmentFactory(citations=[])
    stance = StanceFactory(
        actor=alignment.actor, issue=alignment.issue, citations=[{"source": SourceFactory()}]
    )
    held, planned = (
        MeetingFactory(citations=[]),
        MeetingFactory(citations=[], status="planned", since="2020-01"),
    )
    published(
        alignment.actor,
        alignment.counterpart,
        alignment.issue,
        *[c.source for c in stance.citations.all()],
    )
    nothing_is_left.append(everything_left())

    assert refused(publish, stance, alignment, held, planned) == {
        (Noun.STANCE, stance.pk, "citations"),
        (Noun.ALIGNMENT, alignment.pk, "citations"),
        (Noun.MEETING, held.pk, "citations"),
    }


def test_a_stance_for_which_no_evidence_was_found_needs_no_citation(nothing_is_left):
    stance = StanceFactory(position="no_evidence", citations=[])

    published(stance, stance.actor, stance.issue)

    nothing_is_left.append(everything_left())


def test_rivals_are_refused_whether_they_stand_or_are_published_together(nothing_is_left):
    standing_one = stance_with_all(since="2018", until="2019")
    rival = StanceFactory(actor=standing_one.actor, issue=standing_one.issue, since="2018-06")
    other = StanceFactory(actor=standing_one.actor, issue=standing_one.issue, since="2020")
    nothing_is_left.append(everything_left())

    assert refused(publish, *all_of(rival), *all_of(other)) == {
        (Noun.STANCE, rival.pk, "standing"),
        (Noun.STANCE, other.pk, "standing"),
    }


def test_rival_alignments_are_refused_whichever_way_the_pair_was_entered(nothing_is_left):
    entered = AlignmentFactory()
    published(*all_of(entered), entered.counterpart)
    turned = AlignmentFactory(
        issue=entered.issue, actor=entered.counterpart, counterpart=entered.actor, since="2019"
    )
    nothing_is_left.append(everything_left())

    assert refused(publish, *all_of(turned)) == {(Noun.ALIGNMENT, turned.pk, "standing")}


def test_a_contested_rival_may_stand_beside_an_accepted_one(nothing_is_left):
    accepted = stance_with_all()
    rival = StanceFactory(
        actor=accepted.actor,
        issue=accepted.issue,
        standing="contested",
        standing_note="Another reading.",
    )

    published(*all_of(rival))

    nothing_is_left.append(everything_left())


def test_the_slug_and_ref_that_another_record_ever_had_are_refused(nothing_is_left):
    """Drafts of a tracker of before may have them; the desk takes them no more."""
    former = ActorFactory(slug="old-slug", ref="old-ref")
    issue = IssueFactory(slug="old-issue", ref="old-ref-of-an-issue")
    published(former, issue)
    edited(former, slug="new-slug", ref="new-ref")
    edited(issue, slug="new-issue")
    published(former, issue)
    actor, other = ActorFactory(), IssueFactory()
    with damage():
        edited(actor, slug="old-slug", ref="old-ref")
        edited(other, slug="old-issue")
    nothing_is_left.append(everything_left())

    assert refused(publish, actor, other) == {
        (Noun.ACTOR, actor.pk, "slug"),
        (Noun.ACTOR, actor.pk, "ref"),
        (Noun.ISSUE, other.pk, "slug"),
    }


def test_the_country_code_that_another_public_actor_has_is_refused(nothing_is_left):
    former = ActorFactory(iso3="SUN")
    published(former)
    edited(former, iso3=None)
    other = ActorFactory(iso3="SUN")
    nothing_is_left.append(everything_left())

    assert refused(publish, other) == {(Noun.ACTOR, other.pk, "iso3")}


def test_the_country_code_of_an_actor_that_is_written_anew_in_the_same_edition_is_refused(
    nothing_is_left,
):
    """As a merge ends: the other names the loser again, with all else as it is public."""
    loser, survivor = ActorFactory(kind="organization"), ActorFactory(kind="organization")
    former = ActorFactory(iso3="SUN", memberships=[{"organization": loser, "role": "member"}])
    published(loser, survivor, former)
    edited(former, iso3=None)
    undone(done(lambda: merge(loser=chosen(loser)[0], survivor=chosen(survivor)[0])))
    other = ActorFactory(iso3="SUN")
    nothing_is_left.append(everything_left())

    assert (Noun.ACTOR, other.pk, "iso3") in refused(publish, loser, other)


def test_another_version_than_the_one_reviewed_and_a_record_that_is_not_there_are_refused(
    nothing_is_left,
):
    actor, other = ActorFactory(), ActorFactory()
    edited(actor, summary="Changed after the review.")
    nothing_is_left.append(everything_left())

    stale, gone = Chosen(Noun.ACTOR, actor.pk, actor.version - 1), Chosen(Noun.STANCE, 999_999)

    assert refused(publish, stale, gone, Chosen(Noun.ACTOR, other.pk, other.version)) == {
        (Noun.ACTOR, actor.pk, "version"),
        (Noun.STANCE, 999_999, ""),
    }
    assert refused(retract, stale) == {
        (Noun.ACTOR, actor.pk, "version"),
        (Noun.ACTOR, actor.pk, ""),
    }


def test_a_stance_whose_issue_has_no_question_in_the_publication_is_refused(nothing_is_left):
    issue = IssueFactory(question="")
    published(issue)
    edited(issue, question="Should it be so?")
    stance = StanceFactory(issue=issue)
    nothing_is_left.append(everything_left())

    records = [record for record in all_of(stance) if record != issue]
    assert refused(publish, *records) == {(Noun.STANCE, stance.pk, "issue")}


def test_an_issue_that_loses_its_question_under_a_public_stance_is_refused(nothing_is_left):
    stance = stance_with_all()
    issue = stance.issue
    edited(stance, issue_id=IssueFactory().pk)
    edited(issue, question="")
    nothing_is_left.append(everything_left())

    assert refused(publish, issue) == {(Noun.STANCE, stance.pk, "issue")}


def test_an_issue_that_would_be_its_own_ancestor_in_the_publication_is_refused(nothing_is_left):
    above = IssueFactory()
    below = IssueFactory(parent=above)
    published(above, below)
    edited(below, parent_id=None)
    edited(above, parent_id=below.pk)
    nothing_is_left.append(everything_left())

    assert refused(publish, above) == {(Noun.ISSUE, above.pk, "parent")}


def test_retracting_what_others_name_is_refused_with_their_list(nothing_is_left):
    stance = stance_with_all()
    nothing_is_left.append(everything_left())

    with pytest.raises(RefusedError) as refusal, changeset():
        retract(records=chosen(stance.actor, stance.issue, ActorFactory()))

    assert (
        f"actor {stance.actor.pk}: it is named by stance {stance.pk}; withdraw or change "
        f"these first" in str(refusal.value)
    )
    assert {problem.record for problem in refusal.value.problems} >= {
        (Noun.ACTOR, stance.actor.pk),
        (Noun.ISSUE, stance.issue.pk),
    }
    assert "it is not public, so there is nothing to withdraw" in str(refusal.value)


def test_retracting_what_is_not_public_any_more_is_refused(nothing_is_left):
    stance = stance_with_all()
    retracted(stance)
    nothing_is_left.append(everything_left())

    assert refused(retract, stance) == {(Noun.STANCE, stance.pk, "")}


def test_all_reasons_are_given_at_once(nothing_is_left):
    accepted = stance_with_all(since="2018")
    rival = StanceFactory(actor=accepted.actor, issue=accepted.issue, since="2019")
    uncited = StanceFactory(citations=[])
    stale = ActorFactory()
    edited(stale, summary="Changed after the review.")
    nothing_is_left.append(everything_left())

    problems = refused(
        publish, rival, uncited, Chosen(Noun.ACTOR, stale.pk, 1), Chosen(Noun.MEETING, 999_999)
    )

    assert problems == {
        (Noun.STANCE, rival.pk, "standing"),
        (Noun.STANCE, rival.pk, "source"),
        (Noun.STANCE, uncited.pk, "citations"),
        (Noun.STANCE, uncited.pk, "actor"),
        (Noun.STANCE, uncited.pk, "issue"),
        (Noun.ACTOR, stale.pk, "version"),
        (Noun.MEETING, 999_999, ""),
    }


def test_a_refusal_leaves_the_change_around_it_whole(nothing_is_left):
    actor = ActorFactory()
    nothing_is_left.append(everything_left())

    with changeset():
        with pytest.raises(RefusedError):
            publish(records=[Chosen(Noun.ACTOR, actor.pk, 17)])
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
