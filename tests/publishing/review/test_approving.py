"""Approving and publishing in one: what somebody else submitted, all of it or nothing."""

import pytest

from tests.factories import ActorFactory, StanceFactory
from tests.publishing.acts import body
from tests.publishing.review.acting import at, by, edits, objections, person, steps
from tracker.models import Edition, Review
from tracker.publishing.publish import Chosen
from tracker.publishing.review import (
    approve_and_publish,
    objections_to_approving_and_publishing,
    submit,
)

pytestmark = pytest.mark.django_db
OWN = "you made its last change, so somebody else has to approve it"


@pytest.fixture
def erik(db):
    person("editors")
    return person("editors", username="erik")


def submitted(who, **fields):
    actor = ActorFactory(**fields)
    edits(who, actor, summary="As the site says.")
    by(who, submit, actor)
    return actor


def test_what_others_submitted_is_approved_and_published_as_one_edition(anna, erik):
    one, other = submitted(anna), submitted(anna)

    edition = by(erik, approve_and_publish, one, other, note="Two actors", text="Both checked.")

    assert (edition.number, edition.note, edition.published_by) == (1, "Two actors", erik)
    assert [body(actor)["summary"] for actor in (one, other)] == ["As the site says."] * 2
    for actor in (one, other):
        assert steps(actor)[-1] == (actor.version, "approved", erik.pk, None, "Both checked.")


def test_what_cannot_be_approved_is_told_at_once_and_nothing_is_done(anna, erik):
    good, own, draft = submitted(anna), submitted(erik), ActorFactory()
    bare = StanceFactory()
    by(anna, submit, bare)
    bare.citations.all().delete()
    type(bare).objects.filter(pk=bare.pk).update(state="in_review")
    chosen = [at(record) for record in (good, own, draft, bare)]

    problems = objections_to_approving_and_publishing(records=chosen, by=erik.pk)

    reasons = {(*problem.record, problem.text) for problem in problems}
    assert reasons >= {("actor", own.pk, OWN), ("actor", draft.pk, "it is not in review")}
    assert {problem.record[1] for problem in problems if problem.record[0] == "stance"} == {bare.pk}
    assert not [problem for problem in problems if problem.record == ("actor", good.pk)]
    assert objections(erik, approve_and_publish, good, own)[0] == OWN
    assert not Review.objects.filter(step="approved").exists()
    assert not Edition.objects.exists()


def test_a_version_that_was_not_looked_at_is_told_once(anna, erik):
    actor = submitted(anna)
    seen = Chosen(at(actor).noun, actor.pk, actor.version - 1)

    (problem,) = objections_to_approving_and_publishing(records=[seen], by=erik.pk)

    assert problem.field == "version"


def test_who_wrote_before_somebody_else_did_is_told_before_publishing_what_both_wrote(anna, erik):
    actor = ActorFactory()
    edits(erik, actor, aliases=["His"])
    edits(anna, actor, summary="Hers.")
    by(anna, submit, actor)

    (problem,) = objections_to_approving_and_publishing(records=[at(actor)], by=erik.pk)

    assert problem.text.startswith("readers have not seen what you changed in it up to version 2, ")
    assert objections(erik, approve_and_publish, actor) == [problem.text]
