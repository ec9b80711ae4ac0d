"""Submitting, withdrawing, sending back, approving, assigning, commenting:
what each does, keeps and refuses.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, AlignmentFactory, MeetingFactory, StanceFactory
from tests.publishing.acts import chosen, edited, published, retracted
from tests.publishing.review.acting import at, by, objections, steps
from tracker import history
from tracker.history import OutsideChangeSetError
from tracker.models import Review
from tracker.publishing.publish import Chosen
from tracker.publishing.review import approve, assign, comment, send_back, submit, withdraw
from tracker.publishing.status import statuses
from tracker.publishing.worklists import drafts, waiting
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def test_a_draft_is_submitted_with_a_word_to_somebody(anna, erik):
    actor = ActorFactory()

    by(anna, submit, actor, text=" Ready.\x00 ", to=erik.pk)

    assert (actor.state, actor.version) == ("in_review", 2)
    assert steps(actor) == [(2, "submitted", anna.pk, erik.pk, "Ready.")]


def test_what_is_submitted_is_not_submitted_again(anna):
    actor = ActorFactory()
    by(anna, submit, actor)

    assert objections(anna, submit, actor) == ["it is in review already"]


def test_what_readers_see_as_it_is_is_neither_submitted_nor_assigned(anna):
    actor = ActorFactory()
    published(actor)

    for act, how in ((submit, {}), (assign, {"to": anna.pk})):
        assert objections(anna, act, actor, **how) == [
            "readers see it as it is here, so there is nothing to review",
        ]


UNCITED = (
    "a published claim, held meeting, done act or vote cites at least one source, with a locator "
    "or a quote"
)


@pytest.mark.parametrize(
    ("make", "how"),
    [(StanceFactory, {}), (AlignmentFactory, {}), (MeetingFactory, {"status": "held"})],
)
def test_what_could_not_be_published_for_lack_of_a_citation_is_not_submitted(anna, make, how):
    for citations in ([], [{"locator": "", "quote": ""}]):
        assert objections(anna, submit, make(citations=citations, **how)) == [UNCITED]
    for place in ({"locator": "p. 3"}, {"locator": "", "quote": "We agree."}):
        record = make(citations=[place], **how)
        by(anna, submit, record)
        assert record.state == "in_review"


def test_what_needs_no_citation_is_submitted_without(anna):
    by(anna, submit, StanceFactory(position="no_evidence", summary="Looked for in the archive."))
    by(anna, submit, MeetingFactory(status="planned"))


def test_what_was_submitted_is_withdrawn(anna):
    actor = ActorFactory()
    by(anna, submit, actor)

    by(anna, withdraw, actor)

    assert actor.state == "editing"
    assert steps(actor)[1:] == [(3, "withdrawn", anna.pk, anna.pk, "")]


def test_what_is_sent_back_says_why_and_goes_to_whoever_submitted_it(anna, erik):
    actor = ActorFactory()
    by(anna, submit, actor)

    assert objections(erik, send_back, actor, text=" ") == [
        "write a comment: without one nobody knows what to do"
    ]
    assert actor.state == "in_review"
    by(erik, send_back, actor, text="Which decree?")

    assert actor.state == "editing"
    assert steps(actor)[1:] == [(3, "sent_back", erik.pk, anna.pk, "Which decree?")]


def test_what_somebody_who_left_had_submitted_goes_to_nobody(anna, erik):
    actor = ActorFactory()
    by(anna, submit, actor)
    anna.is_active = False
    anna.save()

    by(erik, send_back, actor, text="Which decree?")

    assert steps(actor)[-1][3] is None


def test_an_approval_names_the_version_and_who(anna, erik):
    actor = ActorFactory()
    by(anna, submit, actor)

    by(erik, approve, actor)

    assert (actor.state, actor.version) == ("in_review", 2)
    assert steps(actor)[1:] == [(2, "approved", erik.pk, None, "")]


def test_an_approval_of_a_version_that_is_gone_is_refused(anna, erik):
    actor = ActorFactory()
    by(anna, submit, actor)
    seen = at(actor)
    edited(actor, name="Another")

    with (
        pytest.raises(RefusedError, match="it was changed since"),
        history.changeset(made_by=erik.pk, reason="", channel=Channel.ADMIN),
    ):
        approve(records=[seen])


def test_an_approval_without_a_version_is_a_mistake_of_the_caller(erik):
    with pytest.raises(ValueError, match="names the version"):
        approve(records=[Chosen(Noun.ACTOR, ActorFactory().pk)])


def test_nobody_approves_what_they_changed_last(erik):
    actor = ActorFactory()
    by(erik, lambda records: type(actor).objects.filter(pk=actor.pk).update(name="Mine"), actor)
    by(erik, submit, actor)

    assert objections(erik, approve, actor) == [
        "you made its last change, so somebody else has to approve it",
    ]


@pytest.mark.parametrize(
    ("act", "how"), [(approve, {}), (withdraw, {}), (send_back, {"text": "No."})]
)
def test_what_is_not_in_review_is_not(erik, act, how):
    assert objections(erik, act, ActorFactory(), **how) == ["it is not in review"]


def test_what_was_published_is_no_longer_in_review(anna, erik):
    actor = ActorFactory()
    by(anna, submit, actor)
    published(actor)

    assert actor.state == "in_review"
    assert objections(erik, approve, actor) == ["it is not in review"]


def test_what_was_retracted_in_review_reads_retracted_and_is_submitted_again(anna):
    actor = ActorFactory()
    by(anna, submit, actor)
    published(actor)
    retracted(actor)
    assert (
        statuses(Noun.ACTOR, [actor.pk])[actor.pk].word(state=actor.state, version=actor.version)
        == "retracted"
    )

    by(anna, submit, actor)

    assert (
        statuses(Noun.ACTOR, [actor.pk])[actor.pk].word(state=actor.state, version=actor.version)
        == "in_review"
    )


def test_an_edit_takes_a_record_out_of_review(anna):
    actor = ActorFactory()
    by(anna, submit, actor)

    edited(actor, name="Another")

    assert actor.state == "editing"


@pytest.mark.parametrize("lacks", ["is_active", "is_staff"])
def test_a_draft_is_assigned_to_somebody_of_the_team_or_to_nobody(anna, erik, lacks):
    actor = ActorFactory()
    by(anna, assign, actor, to=erik.pk)
    by(anna, assign, actor, to=None, text="Who has time?")

    setattr(erik, lacks, False)
    erik.save()

    assert objections(anna, assign, actor, to=erik.pk) == ["choose somebody who is in the team"]
    assert [row[1:] for row in steps(actor)] == [
        ("assigned", anna.pk, erik.pk, ""),
        ("assigned", anna.pk, None, "Who has time?"),
    ]
    assert actor.version == 1


def test_comments_stay_with_any_record_and_say_something(anna):
    actor = ActorFactory()
    published(actor)

    by(anna, comment, actor, text="See also the decree.")

    assert steps(actor) == [(1, "commented", anna.pk, None, "See also the decree.")]
    assert objections(anna, comment, actor, text="") == [
        "write a comment: without one nobody knows what to do"
    ]


def test_what_is_part_of_another_goes_nowhere_but_is_commented(anna, erik):
    loser, survivor = ActorFactory(), ActorFactory()
    by(anna, submit, loser)
    merged(loser, survivor)

    for act, how in (
        (submit, {}),
        (withdraw, {}),
        (approve, {}),
        (send_back, {"text": "No."}),
        (assign, {"to": None}),
    ):
        assert f"it was merged into actor {survivor.pk}; publish that one" in objections(
            erik, act, loser, **how
        )
    by(erik, comment, loser, text="It was one and the same.")
    assert waiting() == drafts(of=anna.pk) == []


def test_all_problems_are_told_at_once_and_nothing_is_done(anna, erik):
    waiting, draft = ActorFactory(), ActorFactory()
    by(anna, submit, waiting)
    wanted = [at(waiting), at(draft), Chosen(Noun.STANCE, 900_001)]

    with (
        pytest.raises(RefusedError) as refusal,
        history.changeset(made_by=erik.pk, reason="", channel=Channel.ADMIN),
    ):
        send_back(records=wanted, text="No.")

    assert {problem.record for problem in refusal.value.problems} == {
        ("actor", draft.pk),
        ("stance", 900_001),
    }
    waiting.refresh_from_db()
    assert waiting.state == "in_review"
    assert Review.objects.count() == 1


def test_a_step_is_somebodys():
    actor = ActorFactory()

    with pytest.raises(ValueError, match="somebody's"):
        by(None, submit, actor)
    with pytest.raises(OutsideChangeSetError):
        submit(records=chosen(actor))


@pytest.mark.parametrize("act", [submit, withdraw, approve])
def test_twenty_take_as_many_statements_as_one(anna, erik, act):
    def cost(number: int) -> int:
        records = [StanceFactory() for _ in range(number)]
        if act is not submit:
            by(anna, submit, *records)
        wanted = [at(record) for record in records]
        with CaptureQueriesContext(connection) as queries:
            by(erik, lambda: act(records=wanted))
        return len(queries)

    assert cost(1) == cost(20)
