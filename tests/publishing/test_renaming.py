"""Renaming: what names a record carries its new name in the very edition,
and nothing else of it moves.
"""

import json
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec import Struct

from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, AlignmentFactory, SourceFactory, StanceFactory
from tests.publishing.acts import (
    all_of,
    body,
    changes,
    edited,
    live_document,
    published,
    retracted,
    stance_with_all,
)
from tests.verify.world import damage, run
from tracker.models.nouns import DOCUMENTS
from tracker.schema.fields import fields
from tracker.schema.grouping import grouped
from tracker.schema.records import SHAPES
from tracker.verify import verify

pytestmark = pytest.mark.django_db


def test_a_rename_renders_again_what_names_the_record_in_the_same_edition_and_nothing_else():
    stance = stance_with_all()
    other = stance_with_all(issue=stance.issue)
    before, untouched = live_document(stance), live_document(other)
    edited(stance.actor, name="Renamed")

    edition = published(stance.actor)

    assert changes(edition) == {
        ("actor", stance.actor.pk): "updated",
        ("stance", stance.pk): "renamed",
    }
    after = live_document(stance)
    old, new = json.loads(before.body), json.loads(after.body)
    assert new == {**old, "actor": {**old["actor"], "name": "Renamed"}}
    assert edition.changes.get(noun="stance").changed == {"actor": [old["actor"], new["actor"]]}
    assert columns(after) == columns(before)
    assert list(mentions(after)) == list(mentions(before))
    assert live_document(other).pk == untouched.pk


def columns(document):
    written = {"id", "opened_id", "closed_id", "gone", "body", "search", "digest"}
    own = {field.attname for field in document._meta.concrete_fields} - written
    return {name: getattr(document, name) for name in own}


def mentions(document):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT named_noun, named FROM tracker_mention WHERE noun = 'stance' AND "
            "document = %s ORDER BY 1, 2",
            [document.pk],
        )
        return cursor.fetchall()


def test_a_document_keeps_the_form_in_which_it_was_rendered_when_only_a_name_changes():
    stance = stance_with_all()
    with damage():
        run(
            "SET CONSTRAINTS ALL IMMEDIATE",
            "UPDATE tracker_stancedocument SET shape = 0",
            "SET CONSTRAINTS ALL DEFERRED",
        )
    edited(stance.actor, name="Renamed")

    published(stance.actor)

    assert live_document(stance).shape == 0


def test_a_new_slug_is_in_the_addresses_and_the_change_of_what_names_the_record():
    stance = stance_with_all()
    edited(stance.issue, slug="moved")

    edition = published(stance.issue)

    assert edition.changes.get(noun="issue").key == "moved"
    assert body(stance)["issue"] == {
        "url": "/api/v1/issues/moved/",
        "slug": "moved",
        "name": stance.issue.title,
    }


def test_periods_without_a_year_that_python_knows_are_carried_over_by_a_rename():
    stance = stance_with_all(since="2018", until="9999")
    edited(stance.actor, name="Renamed")

    published(stance.actor)

    with connection.cursor() as cursor:
        cursor.execute("SELECT possible::text FROM tracker_stancedocument WHERE closed IS NULL")
        assert cursor.fetchall() == [("[2018-01-01,10000-01-01)",)]


def test_a_record_published_with_its_renamed_actor_is_renamed_if_nothing_else_of_it_changed():
    stance = stance_with_all()
    edited(stance.actor, name="Renamed")

    edition = published(stance, stance.actor)

    assert changes(edition)["stance", stance.pk] == "renamed"
    assert body(stance)["actor"]["name"] == "Renamed"


def test_a_record_published_with_its_renamed_actor_is_updated_if_it_changed_too():
    stance = stance_with_all()
    edited(stance, summary="After.")
    edited(stance.actor, name="Renamed")

    edition = published(stance, stance.actor)

    assert changes(edition)["stance", stance.pk] == "updated"
    assert body(stance)["actor"]["name"] == "Renamed"
    assert set(edition.changes.get(noun="stance").changed) == {"actor", "summary"}


@pytest.mark.parametrize("merges", [1, 2, 3])
def test_what_names_its_loser_again_as_a_merge_ends_is_not_renamed_for_the_survivor_too(merges):
    stance, survivors = stance_with_all(), ActorFactory.create_batch(merges)
    loser, last = stance.actor, survivors[-1]
    published(*survivors)
    edited(stance, summary="That waits.")
    for merging, into in pairwise([loser, *survivors]):
        merged(merging, into=into)
    edited(loser, merged_into=None)
    edited(stance, actor=loser)
    edited(last, name="Renamed")

    edition = published(loser, last)

    actors = {("actor", loser.pk): "published", ("actor", last.pk): "updated"}
    assert changes(edition) == {**actors, ("stance", stance.pk): "renamed"}
    assert body(stance)["actor"]["name"] == loser.name


@pytest.mark.parametrize(("summary", "operation"), [("Of then.", "renamed"), ("After.", "updated")])
def test_what_is_published_with_its_loser_as_a_merge_ends_is_renamed_unless_it_changed_too(
    summary, operation
):
    stance, survivor = stance_with_all(summary="Of then."), ActorFactory()
    loser = stance.actor
    published(survivor)
    edited(stance, summary="That waits.")
    merged(loser, into=survivor)
    edited(loser, merged_into=None)
    edited(stance, actor=loser, summary=summary)
    edited(survivor, name="Renamed")

    edition = published(loser, survivor, stance)

    assert changes(edition)["stance", stance.pk] == operation
    assert body(stance)["actor"]["name"] == loser.name
    assert list(verify()) == []


def test_a_document_that_names_two_renamed_records_is_rendered_once():
    stance = stance_with_all()
    edited(stance.actor, name="New Actor")
    edited(stance.issue, title="New Issue")

    edition = published(stance.actor, stance.issue)

    assert changes(edition)["stance", stance.pk] == "renamed"
    assert (body(stance)["actor"]["name"], body(stance)["issue"]["name"]) == (
        "New Actor",
        "New Issue",
    )


def test_actors_that_name_each_other_carry_each_others_new_names():
    one, two = ActorFactory(kind="bloc"), ActorFactory(kind="bloc")
    one.memberships.create(organization=two, role="member")
    two.memberships.create(organization=one, role="observer")
    published(one, two)
    edited(one, name="New One")
    edited(two, name="New Two")

    edition = published(one, two)

    assert set(changes(edition).values()) == {"updated"}
    assert body(one)["memberships"][0]["organization"]["name"] == "New Two"
    assert body(two)["memberships"][0]["organization"]["name"] == "New One"


def test_a_name_that_waits_at_the_desk_is_not_told_by_what_is_published_beside_it():
    alignment = AlignmentFactory()
    published(*all_of(alignment), alignment.counterpart)
    before = body(alignment)["counterpart"]
    edited(alignment.counterpart, name="Half-made")
    edited(alignment.actor, name="Renamed")

    published(alignment, alignment.actor)

    assert (body(alignment)["actor"]["name"], body(alignment)["counterpart"]) == ("Renamed", before)


def test_names_exchanged_by_two_records_are_exchanged_in_what_names_both():
    alignment = AlignmentFactory()
    source = alignment.citations.get().source
    published(alignment, alignment.actor, alignment.counterpart, alignment.issue, source)
    one, two = alignment.actor.name, alignment.counterpart.name
    edited(alignment.actor, name=two)
    edited(alignment.counterpart, name=one)

    published(alignment.actor, alignment.counterpart)

    assert (body(alignment)["actor"]["name"], body(alignment)["counterpart"]["name"]) == (two, one)


def test_a_change_of_what_is_no_name_renders_nothing_again():
    stance = stance_with_all()
    edited(stance.actor, summary="A new summary.", aliases=["Another"])

    edition = published(stance.actor)

    assert changes(edition) == {("actor", stance.actor.pk): "updated"}


@pytest.mark.slow
def test_renaming_what_twenty_name_takes_as_many_statements_as_what_one_names():
    def statements(count):
        actor = ActorFactory()
        for stance in StanceFactory.create_batch(count, actor=actor):
            published(*all_of(stance))
        edited(actor, name=f"Renamed {count}")
        with CaptureQueriesContext(connection) as queries:
            assert len(changes(published(actor))) == 1 + count
        return len(queries)

    assert statements(1) == statements(20)


def test_a_source_is_called_by_its_new_title_wherever_it_is_cited():
    source = SourceFactory()
    stance = StanceFactory(citations=[{"source": source, "quote": "Words."}])
    actor = ActorFactory(
        memberships=[{"organization": ActorFactory(kind="bloc"), "source": source}]
    )
    organization = actor.memberships.get().organization
    published(*all_of(stance), actor, organization)
    edited(source, title="A Better Title")

    edition = published(source)

    assert changes(edition) == {
        ("source", source.pk): "updated",
        ("stance", stance.pk): "renamed",
        ("actor", actor.pk): "renamed",
    }
    assert [change.noun for change in edition.changes.order_by("position")] == [
        "source",
        "actor",
        "stance",
    ]
    reference = {"url": f"/api/v1/sources/{source.pk}/", "id": source.pk, "name": "A Better Title"}
    assert body(stance)["citations"][0]["source"] == reference
    assert body(actor)["memberships"][0]["source"] == reference


def test_a_record_published_again_does_not_bring_back_an_old_name():
    stance = stance_with_all()
    retracted(stance)
    edited(stance.actor, name="Renamed")
    assert changes(published(stance.actor)) == {("actor", stance.actor.pk): "updated"}

    published(stance)

    assert body(stance)["actor"]["name"] == "Renamed"


def test_whom_a_noun_names_by_keys_alone_it_names_besides_only_where_documents_have_a_column():
    """By these columns renaming tells who is named, without a look into the bodies."""
    for noun, shape in SHAPES.items():
        for _, mark in grouped(shape):
            names = [field for field in fields(shape).values() if field.noun is mark.noun]
            columns = {column.name for column in DOCUMENTS[noun]._meta.get_fields()}
            assert {field.column for field in names} <= columns
            listed = [
                field.type
                for field in fields(shape).values()
                if field.is_list and field.is_a(Struct)
            ]
            assert all(of.noun is not mark.noun for part in listed for of in fields(part).values())
