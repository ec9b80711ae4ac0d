"""Who may undo what: drafts whoever edits them, what readers have seen who may publish;
through either edge.
"""

import pytest

from tests.desk.undo.acts import done
from tests.factories import ActorFactory
from tests.publishing.acts import changeset, published, retracted
from tests.publishing.review.acting import person
from tracker.desk import undo
from tracker.models import Actor
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]
SEEN = "readers have seen it, so it takes an editor to undo this: leave it out, or ask one"


@pytest.fixture
def changed():
    """Return a change set of a draft and a record that readers have seen, and that record."""
    ActorFactory(name="Old")
    public = ActorFactory(name="Old")
    published(public)
    return done(lambda: Actor.objects.update(name="New")), public


def undone_by(who, channel, what, **how):
    with changeset(who and who.pk, channel):
        undo.undo(changeset=what, **how)
    return list(Actor.objects.order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize("channel", [Channel.ADMIN, Channel.API])
def test_an_analyst_is_told_of_what_readers_have_seen_and_undoes_the_rest(changed, channel):
    changeset, public = changed
    anna = person("analysts")

    with pytest.raises(RefusedError) as refusal:
        undone_by(anna, channel, changeset)

    problems = [(*problem.record, problem.text) for problem in refusal.value.problems]
    assert problems == [(Noun.ACTOR, public.pk, SEEN)]
    assert undo.plan(changeset=changeset, by=anna.pk).blockers == tuple(refusal.value.problems)
    assert undone_by(anna, channel, changeset, leaving_out={(Noun.ACTOR, public.pk)}) == [
        "Old",
        "New",
    ]


def test_what_was_retracted_has_been_seen(changed):
    changeset, public = changed
    retracted(public)

    assert [
        blocker.record[1]
        for blocker in undo.plan(changeset=changeset, by=person("analysts").pk).blockers
    ] == [public.pk]


@pytest.mark.parametrize("group", ["editors", "administrators"])
def test_who_may_publish_undoes_all_of_it(changed, group):
    assert undone_by(person(group), Channel.ADMIN, changed[0]) == ["Old", "Old"]


def test_a_command_on_the_server_is_asked_nothing(changed):
    assert undone_by(None, Channel.COMMAND, changed[0]) == ["Old", "Old"]
