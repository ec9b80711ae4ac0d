"""Records edited and edited back, or only moved through the workflow:
in step again once they are published.
"""

import json

import pytest

from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, StanceFactory
from tests.publishing.acts import (
    all_of,
    changeset,
    chosen,
    edited,
    live_document,
    published,
    retracted,
    stance_with_all,
)
from tests.verify.world import complaints, run
from tracker.models import Actor, Edition, Unchanged
from tracker.models.nouns import noun_of
from tracker.publishing.publish import publish
from tracker.publishing.status import statuses

pytestmark = pytest.mark.django_db


def word(record) -> str:
    """Return the one word for a record as it is now at the desk."""
    record.refresh_from_db()
    noun = noun_of(record)
    return statuses(noun, [record.pk])[record.pk].word(state=record.state, version=record.version)


def unpublishable_news(*records) -> None:
    editions = Edition.objects.count()
    with changeset():
        assert publish(records=chosen(*records)) is None
    assert Edition.objects.count() == editions


def edited_back(record, **fields) -> None:
    before = {name: getattr(record, name) for name in fields}
    edited(record, **fields)
    edited(record, **before)


def test_a_record_edited_and_edited_back_is_in_step_once_it_is_published():
    stance = stance_with_all()
    edited_back(stance, summary="Something else.")
    assert word(stance) == "changed"

    unpublishable_news(stance)

    assert word(stance) == "published"
    assert Unchanged.objects.values_list("noun", "record", "version", "same_as").get() == (
        "stance",
        stance.pk,
        4,
        2,
    )
    assert complaints() == []


def test_what_readers_saw_of_one_record_says_nothing_of_another():
    actor, other = ActorFactory(), ActorFactory()
    published(actor, other)
    edited_back(other, name="Another")
    unpublishable_news(other)
    edited(actor, name="A new name")
    edited(actor, name="A newer name")

    assert statuses(noun_of(actor), [actor.pk])[actor.pk].last == 1


def test_a_record_that_only_moved_through_the_workflow_is_in_step_once_it_is_published():
    actor = ActorFactory()
    published(actor)
    for state in ("in_review", "editing"):
        edited(actor, state=state)

    unpublishable_news(actor)

    assert word(actor) == "published"
    assert complaints() == []


def test_a_part_taken_away_and_added_again_is_no_change():
    stance = stance_with_all()
    citation = stance.citations.get()
    stance.citations.all().delete()
    citation.pk = None
    citation.save(force_insert=True)

    unpublishable_news(stance)

    assert word(stance) == "published"
    assert complaints() == []


def test_publishing_it_twice_notes_it_once():
    actor = ActorFactory()
    published(actor)
    edited_back(actor, name="Another")

    for _ in range(2):
        unpublishable_news(actor)

    assert Unchanged.objects.count() == 1


def test_it_stays_in_step_when_it_is_rendered_again_with_a_new_name():
    stance = stance_with_all()
    edited_back(stance, summary="Something else.")
    unpublishable_news(stance)

    edited(stance.actor, name="Ruritania")
    published(stance.actor)

    assert word(stance) == "published"
    assert complaints() == []


def test_its_next_edit_is_a_change():
    actor = ActorFactory()
    published(actor)
    edited_back(actor, name="Another")
    unpublishable_news(actor)

    edited(actor, name="Yet another")

    assert word(actor) == "changed"
    published(actor)
    assert live_document(actor).version == 4
    assert word(actor) == "published"


def test_once_retracted_it_is_no_longer_in_step():
    actor = ActorFactory()
    published(actor)
    edited_back(actor, name="Another")
    unpublishable_news(actor)

    retracted(actor)
    assert word(actor) == "retracted"
    published(actor)

    assert (word(actor), live_document(actor).version) == ("published", 3)
    assert complaints() == []


def test_publishing_writes_no_row_of_the_desk():
    actor = ActorFactory()
    published(actor)
    edited_back(actor, name="Another")
    before = Actor.objects.values().get()

    unpublishable_news(actor)

    assert Actor.objects.values().get() == before


def test_what_is_refused_notes_nothing():
    stance, uncited = stance_with_all(), StanceFactory(citations=[])
    edited_back(stance, summary="Something else.")

    with pytest.raises(Exception, match="cites at least one source"), changeset():
        publish(records=chosen(*all_of(stance), uncited))

    assert not Unchanged.objects.exists()


@pytest.mark.parametrize(
    ("version", "same_as", "says"),
    [(3, 2, ", but is not"), (2, 1, ", which was never public"), (9, 2, ", but is not")],
)
def test_verify_tells_what_is_not_as_it_is_said_to_be(version, same_as, says):
    stance = stance_with_all()
    edited(stance, summary="Something else.")

    run(
        "INSERT INTO tracker_unchanged (noun, record, version, same_as) "
        f"VALUES ('stance', {stance.pk}, {version}, {same_as})"
    )

    assert complaints() == [
        f"stance {stance.pk}: version {version} is said to be as {same_as}{says}"
    ]


def test_what_is_merged_into_another_leaves_it_in_step():
    """It names the survivor then; what was edited back before, and what is after, too."""
    before, after = stance_with_all(), stance_with_all()
    survivor = ActorFactory()
    published(survivor)
    edited_back(before, summary="Something else.")
    unpublishable_news(before)
    merged(before.actor, survivor)
    assert word(before) == "published"

    edited(after, summary="Something else.")
    summary = json.loads(live_document(after).body)["summary"]
    merged(after.actor, survivor)
    assert word(after) == "changed"
    edited(after, summary=summary)
    unpublishable_news(after)

    assert word(after) == "published"
    assert complaints() == []
