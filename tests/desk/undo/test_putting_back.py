"""One record as it was at a version, and deleted ones restored."""

import pytest

from tests.desk.undo.acts import checked, desk, done, edit
from tests.factories import ActorFactory, SourceFactory, StanceFactory
from tests.history.test_snapshots import FULL, everything
from tests.models.rows import execute, row_of
from tests.publishing.acts import all_of, edited, published
from tracker.desk import undo
from tracker.desk.undo import UndoAction, UnknownError
from tracker.models import Actor, Stance
from tracker.models.nouns import PARTS
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]


def without_version(rows):
    return {
        **rows,
        "": {name: value for name, value in rows[""].items() if name not in ("version", "state")},
    }


@pytest.mark.parametrize("noun", Noun)
def test_a_record_is_put_back_with_its_parts_as_it_was_at_a_version(noun):
    record = FULL[noun]()
    was, version = everything(record), record.version

    def act():
        for part in PARTS[noun].values():
            part.objects.all().delete()
        edited(record, ref="new")

    done(act)
    assert without_version(everything(record)) != without_version(was)

    checked(lambda: undo.put_back(noun=noun, record=record.pk, version=version))

    assert without_version(everything(record)) == without_version(was)
    assert row_of(record)["version"] > version


def test_parts_added_since_go_and_changed_ones_go_back():
    stance = StanceFactory(citations=[{"locator": "p. 1"}])
    version, was = stance.version, everything(stance)
    edit(stance.citations.get(), locator="p. 2")
    done(lambda: stance.citations.create(source=SourceFactory(), locator="p. 3"))

    plan = undo.plan_put_back(noun=Noun.STANCE, record=stance.pk, version=version)
    checked(lambda: undo.put_back(noun=Noun.STANCE, record=stance.pk, version=version))

    assert [(event.part, event.after is None) for event in plan.events] == [
        ("citation", False),
        ("citation", True),
    ]
    assert without_version(everything(stance)) == without_version(was)


def test_what_is_like_that_already_is_not_touched():
    stance = StanceFactory()
    edit(stance, state="in_review")
    before = row_of(stance)

    plan = undo.plan_put_back(noun=Noun.STANCE, record=stance.pk, version=stance.version)
    done(lambda: undo.put_back(noun=Noun.STANCE, record=stance.pk, version=stance.version))

    assert plan.count() == 0
    assert row_of(stance) == before


def test_a_public_record_can_be_put_back():
    stance = StanceFactory(summary="Old.")
    version = stance.version
    published(*all_of(stance))
    edit(stance, summary="New.")

    checked(lambda: undo.put_back(noun=Noun.STANCE, record=stance.pk, version=version))

    assert row_of(stance)["summary"] == "Old."


def test_what_blocks_putting_back_is_told():
    actor = ActorFactory(slug="china")
    edit(actor, slug="prc")
    other = ActorFactory(slug="china")
    stance = StanceFactory()
    old, pk = stance.actor, stance.actor_id
    edit(stance, actor=actor)
    done(old.delete)

    with pytest.raises(RefusedError, match=f"actor {other.pk} has it meanwhile"):
        done(lambda: undo.put_back(noun=Noun.ACTOR, record=actor.pk, version=1))
    with pytest.raises(RefusedError, match=f"“actor” was actor {pk}, which is not there"):
        done(lambda: undo.put_back(noun=Noun.STANCE, record=stance.pk, version=stance.version))


def test_a_deleted_record_is_restored_and_nothing_else_of_that_change():
    stance, other = StanceFactory(), StanceFactory()
    pk, before = stance.pk, desk()
    done(lambda: (stance.delete(), Stance.objects.filter(pk=other.pk).update(summary="New.")))

    plan = undo.plan_restore(noun=Noun.STANCE, record=pk)
    checked(lambda: undo.restore(noun=Noun.STANCE, record=pk))

    after = desk()
    assert plan.counts == {Noun.STANCE: {UndoAction.RESTORE: 1}}
    assert after["Stance"].pop(other.pk)["summary"] == "New."
    del before["Stance"][other.pk]
    assert after == before


def test_a_record_is_restored_each_time_that_it_was_deleted():
    actor = ActorFactory(name="Old")
    pk = actor.pk
    edit(actor, name="New")
    for version in (3, 4):
        done(lambda: Actor.objects.get(pk=pk).delete())
        checked(lambda: undo.restore(noun=Noun.ACTOR, record=pk))
        actor = Actor.objects.get(pk=pk)
        assert (actor.name, actor.version) == ("New", version)


def test_a_deleted_record_is_put_back_as_it_was_at_an_earlier_version():
    actor = ActorFactory(name="Old")
    pk = actor.pk
    edit(actor, name="New")
    done(actor.delete)

    checked(lambda: undo.put_back(noun=Noun.ACTOR, record=pk, version=1, seen=2))

    assert Actor.objects.get(pk=pk).name == "Old"


def test_a_column_added_since_has_its_default_in_a_restored_record(acting_as):
    stance = StanceFactory(hedged=True)
    pk = stance.pk
    done(stance.delete)
    with acting_as("NONE"):
        execute("SET session_replication_role = replica")
        execute(
            "UPDATE tracker_event SET before = before - 'hedged', after = after - 'hedged' "
            "WHERE noun = 'stance'"
        )
        execute("SET session_replication_role = origin")

    checked(lambda: undo.restore(noun=Noun.STANCE, record=pk))

    assert Stance.objects.get(pk=pk).hedged is False


def test_what_was_not_deleted_or_never_was_is_not_restored():
    stance = StanceFactory()

    for key in (stance.pk, stance.pk + 1):
        with pytest.raises(UnknownError, match="was not deleted"):
            undo.plan_restore(noun=Noun.STANCE, record=key)
    with pytest.raises(UnknownError, match="has no version 99"):
        undo.plan_put_back(noun=Noun.STANCE, record=stance.pk, version=99)
