"""Four eyes: who may publish what they changed, and when that is asked."""

import pytest

from tests.factories import ActorFactory, StanceFactory
from tests.publishing.acts import stance_with_all
from tests.publishing.review.acting import at, by, edits, objections, person
from tracker.history.authorship import last_changed_by
from tracker.models import Edition, StanceCitation
from tracker.publishing.four_eyes import is_asked_for
from tracker.publishing.publish import blockers, publish
from tracker.publishing.review import approve, comment, send_back, submit, withdraw
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def says(changed: int, version: int) -> list[str]:
    return [
        f"readers have not seen what you changed in it up to version {changed}, "
        f"so somebody else must approve or publish version {version}"
    ]


def test_nobody_publishes_their_own_change(erik, emma):
    actor = ActorFactory()
    edits(erik, actor, name="Mine")

    assert objections(erik, publish, actor) == says(2, 2)
    assert not Edition.objects.exists()
    assert by(emma, publish, actor).published_by == emma


def test_what_somebody_else_approved_is_published_by_its_author(erik, emma):
    actor = ActorFactory()
    edits(erik, actor, name="Mine")
    by(erik, submit, actor)
    assert objections(erik, publish, actor) == says(2, 3)

    by(emma, approve, actor)

    assert by(erik, publish, actor).number == 1


def test_an_approval_counts_for_nothing_that_its_author_changed_later(erik, emma):
    actor = ActorFactory()
    edits(erik, actor, name="Mine")
    by(erik, submit, actor)
    by(emma, approve, actor)

    edits(erik, actor, name="Mine, and more")

    assert objections(erik, publish, actor) == says(4, 4)
    by(erik, submit, actor)
    assert objections(erik, publish, actor) == says(4, 5)


@pytest.mark.parametrize(("act", "how"), [(send_back, {"text": "No."}), (withdraw, {})])
def test_an_approval_ends_when_the_record_leaves_review(erik, emma, act, how):
    actor = ActorFactory()
    edits(erik, actor, name="Mine")
    by(erik, submit, actor)
    by(emma, approve, actor)

    by(emma, act, actor, **how)

    assert objections(erik, publish, actor) == says(2, 4)


def test_a_move_through_the_workflow_is_no_change_of_the_record(erik, emma):
    actor = ActorFactory()
    edits(emma, actor, name="Hers")
    by(erik, submit, actor)
    by(erik, withdraw, actor)
    by(erik, submit, actor)

    assert last_changed_by(Noun.ACTOR, [actor.pk]) == {actor.pk: emma.pk}
    assert by(erik, publish, actor)


def test_a_comment_is_no_change_of_the_record(erik, emma):
    actor = ActorFactory()
    edits(emma, actor, name="Hers")
    by(erik, comment, actor, text="Fine.")

    assert by(erik, publish, actor)


@pytest.mark.parametrize("way", ["added", "changed", "removed"])
def test_a_change_of_a_part_is_a_change_of_the_record(erik, emma, way):
    stance = stance_with_all()
    citation = stance.citations.get()
    acts = {
        "added": lambda records: StanceCitation.objects.create(
            stance=stance, source=citation.source, locator="2"
        ),
        "changed": lambda records: stance.citations.update(locator="2"),
        "removed": lambda records: stance.citations.all().delete(),
    }
    edits(emma, stance, summary="Hers.")
    by(erik, acts[way], stance)

    assert last_changed_by(Noun.STANCE, [stance.pk]) == {stance.pk: erik.pk}


def test_a_part_changed_in_one_step_with_a_move_is_still_a_change(erik, emma):
    stance = stance_with_all()
    edits(emma, stance, summary="Hers.")

    def cite_and_submit(records):
        stance.citations.update(locator="2")
        type(stance).objects.filter(pk=stance.pk).update(state="in_review")

    by(erik, cite_and_submit, stance)

    assert last_changed_by(Noun.STANCE, [stance.pk]) == {stance.pk: erik.pk}


def test_what_nobody_is_known_to_have_changed_anybody_publishes(erik, emma):
    actor = ActorFactory()

    assert last_changed_by(Noun.ACTOR, [actor.pk]) == {actor.pk: None}
    assert by(erik, publish, actor)


def test_what_comes_out_as_it_stands_needs_nobody_else(erik, emma):
    stance = stance_with_all()
    before = stance.summary
    edits(erik, stance, summary="Something else.")
    edits(erik, stance, summary=before)

    assert by(erik, publish, stance) is None


def test_each_record_is_told(erik, emma):
    own, others = ActorFactory(), ActorFactory()
    stance = StanceFactory()
    edits(erik, own, name="Mine")
    edits(emma, others, name="Hers")
    edits(erik, stance, summary="Mine.")

    with pytest.raises(RefusedError) as refusal:
        by(
            erik,
            publish,
            own,
            others,
            stance,
            stance.actor,
            stance.issue,
            stance.citations.get().source,
        )

    assert {problem.record for problem in refusal.value.problems} == {
        ("actor", own.pk),
        ("stance", stance.pk),
    }


@pytest.mark.parametrize("channel", [Channel.COMMAND, Channel.IMPORT])
def test_a_command_on_the_server_is_not_asked(erik, emma, channel):
    actor = ActorFactory()
    edits(erik, actor, name="Mine")

    assert by(erik, publish, actor, channel=channel)


def test_a_client_of_the_api_is_asked(erik, emma):
    actor = ActorFactory()
    edits(erik, actor, name="Mine")

    assert objections(erik, publish, actor, channel=Channel.API) == says(2, 2)


def test_auto_asks_as_soon_as_two_of_the_team_may_publish(erik):
    assert not is_asked_for()
    person("analysts")
    assert not is_asked_for()
    person("editors", is_staff=False)  # who isn't let in can't approve either
    assert not is_asked_for()
    second = person("editors")
    assert is_asked_for()

    second.is_active = False
    second.save()
    assert not is_asked_for()
    second.is_active, second.is_superuser = True, True
    second.save()
    second.groups.clear()
    assert is_asked_for()


@pytest.mark.parametrize(("setting", "alone", "asked"), [("on", True, True), ("off", False, False)])
def test_on_and_off_settle_it(settings, erik, setting, alone, asked):
    settings.FOUR_EYES = setting
    if not alone:
        person("editors")

    assert is_asked_for() is asked


def test_blockers_are_told_beforehand_and_nothing_is_done(erik, emma):
    stance = StanceFactory(citations=[])
    edits(erik, stance, summary="Mine.")

    problems = blockers(records=[at(stance)], by=erik.pk)

    assert [problem.field for problem in problems] == ["actor", "issue", "citations", ""]
    assert problems[-1].text == says(stance.version, stance.version)[0]
    assert blockers(records=[at(stance)], by=emma.pk) == problems[:-1]
    assert not Edition.objects.exists()


def test_nothing_blocks_what_can_be_published(erik, emma):
    actor = ActorFactory()

    assert blockers(records=[at(actor)], by=erik.pk) == []
    assert not Edition.objects.exists()
    assert by(erik, publish, actor)
