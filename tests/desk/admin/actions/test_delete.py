"""Deleting: only what was never public, with a reason; what blocks it is called by name."""

import pytest

from tests.desk.admin.conftest import address, messages
from tests.factories import ActorFactory, StanceFactory
from tracker.models import Actor, ChangeSet, Stance, StanceCitation

pytestmark = pytest.mark.django_db


def test_a_draft_is_deleted_with_its_parts_in_one_change_that_says_why(analyst):
    stance = StanceFactory()

    page = analyst.get(address(stance, "delete")).content.decode()
    analyst.post(address(stance, "delete"), {"post": "yes", "reason": "Entered twice"})

    assert f"{stance.actor.name} supports: {stance.issue.title}" in page
    assert not Stance.objects.exists()
    assert not StanceCitation.objects.exists()
    changeset = ChangeSet.objects.get(reason="Entered twice")
    assert (changeset.made_by, changeset.events.filter(after__isnull=True).count()) == (
        analyst.user,
        2,
    )


def test_what_was_public_is_not_deleted_and_the_way_back_says_why(analyst, published):
    actor, draft = ActorFactory(), ActorFactory()
    published(actor)
    page = address(actor, "delete")

    forms = [analyst.get(address(record)).content.decode() for record in (actor, draft)]
    assert ["deletelink" in form for form in forms] == [False, True]
    for answer in (
        analyst.get(page, follow=True),
        analyst.post(page, {"post": "yes"}, follow=True),
    ):
        assert answer.redirect_chain == [(address(actor), 302)]
        assert messages(answer) == [
            "This actor has been public, so it can't be deleted. Withdraw it instead: its "
            "address will say so."
        ]
    assert Actor.objects.count() == 2


def test_what_refers_to_a_record_is_called_by_name(analyst):
    stance = StanceFactory()
    source = stance.citations.get().source

    for record in (stance.actor, source):
        page = analyst.get(address(record, "delete")).content.decode()
        assert f'stance: <a href="{address(stance)}">' in page
        assert "This can&#x27;t be deleted" in page or "This can't be deleted" in page
        assert 'type="submit" value="Delete"' not in page


def test_selected_drafts_are_deleted_in_one_change_that_says_why(analyst):
    actors = ActorFactory.create_batch(3)
    selected = {"action": "delete_selected", "_selected_action": [actor.pk for actor in actors[:2]]}

    page = analyst.post("/admin/tracker/actor/", selected)
    assert 'name="reason"' in page.content.decode()
    analyst.post("/admin/tracker/actor/", selected | {"post": "yes", "reason": "Not needed"})

    assert list(Actor.objects.all()) == actors[2:]
    assert ChangeSet.objects.get(reason="Not needed").events.count() == 2


def test_nothing_selected_is_deleted_if_one_was_public(analyst, published):
    public, draft = ActorFactory(name="Public"), ActorFactory()
    published(public)
    selected = {
        "action": "delete_selected",
        "_selected_action": [public.pk, draft.pk],
        "post": "yes",
    }

    answer = analyst.post("/admin/tracker/actor/", selected, follow=True)

    assert messages(answer) == [
        "Nothing was deleted. These have been public, so withdraw them instead: Public."
    ]
    assert Actor.objects.count() == 2
