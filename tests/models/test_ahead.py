"""Of which records the desk is ahead:
noted by whatever raises a version, forgotten once readers see that version.
"""

import pytest

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.models.publishing import publication_of
from tests.models.rows import execute
from tests.models.sessions import Session
from tests.publishing.acts import published, retracted
from tracker.models import Actor, Ahead, Unchanged


def noted() -> set[tuple[str, int, int]]:
    return set(Ahead.objects.values_list("noun", "record", "version"))


@pytest.mark.django_db
def test_what_is_made_or_changed_by_any_way_is_noted_at_its_version():
    stance = StanceFactory()
    execute(
        "UPDATE tracker_stancecitation SET locator = 'elsewhere' WHERE stance_id = %s", stance.pk
    )
    stance.refresh_from_db()

    assert ("stance", stance.pk, stance.version) in noted()
    assert {("actor", stance.actor.pk, 1), ("issue", stance.issue.pk, 1)} <= noted()


@pytest.mark.django_db
def test_what_readers_see_is_forgotten_until_it_is_changed_again():
    actor, other = ActorFactory(), ActorFactory()
    published(actor)
    assert noted() == {("actor", other.pk, 1)}

    Actor.objects.filter(pk=actor.pk).update(short_name="A")
    assert noted() == {("actor", other.pk, 1), ("actor", actor.pk, 2)}


@pytest.mark.django_db
def test_what_comes_out_unchanged_and_what_is_deleted_is_forgotten():
    actor, draft = ActorFactory(short_name="A"), ActorFactory()
    published(actor)
    for name in ("B", "A"):
        Actor.objects.filter(pk=actor.pk).update(short_name=name)
    draft.delete()
    Unchanged.objects.create(noun="actor", record=actor.pk, version=3, same_as=1)

    assert noted() == set()


@pytest.mark.django_db
def test_what_is_retracted_and_edited_is_noted():
    actor = ActorFactory()
    published(actor)
    retracted(actor)
    assert noted() == set()

    Actor.objects.filter(pk=actor.pk).update(short_name="A")
    assert noted() == {("actor", actor.pk, 2)}


@pytest.mark.django_db(transaction=True)
def test_an_edit_while_its_record_is_being_published_is_noted():
    issue = IssueFactory()
    publisher, editor = Session(), Session()
    publisher.do("BEGIN")
    for statement in publication_of(issue):
        publisher.do(*statement)
    editing = editor.start("UPDATE tracker_issue SET summary = 'Edited.' WHERE id = %s", issue.pk)
    assert editor.waits(editing)
    publisher.do("COMMIT")
    editing.result(timeout=30)

    assert noted() == {("issue", issue.pk, 2)}
    for session in (publisher, editor):
        session.close()
