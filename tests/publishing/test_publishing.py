"""Publishing: what an edition opens and closes."""

import json
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, MeetingFactory, StanceFactory, UserFactory
from tests.models.rows import refused
from tests.publishing.acts import (
    all_of,
    body,
    changes,
    changeset,
    chosen,
    edited,
    everything_left,
    live_document,
    published,
    retracted,
    stance_with_all,
)
from tests.publishing.acts import refused as refused_by
from tracker import history
from tracker.models import Actor, Edition, Stance, StanceDocument
from tracker.publishing.publish import Chosen, publish, retract
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.texts import BLANK_NOTE
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def test_an_edition_publishes_records_that_name_each_other_at_once():
    stance = StanceFactory()

    edition = published(*all_of(stance), note="The first.")

    assert (edition.number, edition.note) == (1, "The first.")
    assert set(changes(edition).values()) == {"published"}
    assert [change.noun for change in edition.changes.order_by("position")] == [
        "issue",
        "actor",
        "source",
        "stance",
    ]
    assert body(stance)["actor"] == {
        "url": f"/api/v1/actors/{stance.actor.slug}/",
        "slug": stance.actor.slug,
        "name": stance.actor.name,
    }
    assert live_document(stance).version == stance.version


def test_an_edition_says_who_made_it_and_keeps_its_note():
    editor = UserFactory()
    actor = ActorFactory()

    with history.changeset(made_by=editor.pk, reason="", channel=Channel.ADMIN):
        edition = publish(records=chosen(actor), note="New:\x00 “Ålesund”\n\n— and more")

    assert edition is not None
    assert edition.published_by == editor
    assert edition.note == "New: “Ålesund”\n\n— and more"


@pytest.mark.parametrize("blank", [" ", "\n\t", "\xa0", "\x00 ", "\u200b", "\ufeff\u3164"])
def test_a_note_of_blanks_alone_is_refused(blank):
    public, draft = ActorFactory(), ActorFactory()
    published(public)
    for act in (partial(published, draft), partial(retracted, public)):
        with pytest.raises(RefusedError) as refusal:
            act(note=blank)
        problems = [problem for problem in refusal.value.problems if problem.path == ("note",)]
        assert [problem.message for problem in problems] == [BLANK_NOTE]
    assert Edition.objects.count() == 1
    with refused("edition_note_says_something"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tracker_edition (number, published_at, note) VALUES (2, now(), %s)",
            [blank.replace("\x00", "")],
        )


def test_an_edition_keeps_why_single_records_are_changed():
    first, second, third = (stance_with_all() for _ in range(3))
    for stance in (first, second, third):
        edited(stance, summary="After.")

    edition = published(
        first,
        second,
        note="A survey was read again.",
        reasons={
            (Noun.STANCE, first.pk): " A\x00 date was misread: A\u030alesund.\n",
            (Noun.STANCE, third.pk): "It isn't in this edition.",
        },
    )
    withdrawn = retracted(
        second, third, note="Forged.", reasons={(Noun.STANCE, third.pk): "It rested on a forgery."}
    )

    assert dict(edition.changes.values_list("record", "reason")) == {
        first.pk: "A date was misread: Ålesund.",
        second.pk: "",
    }
    assert dict(withdrawn.changes.values_list("record", "reason")) == {
        second.pk: "",
        third.pk: "It rested on a forgery.",
    }


@pytest.mark.parametrize("blank", [" ", "\n\t", "\x00 ", "\u200b"])
def test_a_reason_of_blanks_alone_is_refused_by_its_record(blank):
    stance = stance_with_all()
    edited(stance, summary="After.")
    for act in (published, retracted):
        with pytest.raises(RefusedError) as refusal:
            act(stance, reasons={(Noun.STANCE, stance.pk): blank})
        [problem] = refusal.value.problems
        assert (problem.record, problem.path, problem.message) == (
            (Noun.STANCE, stance.pk),
            ("reason",),
            BLANK_NOTE,
        )
    published(stance)
    with refused("change_reason_says_something"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tracker_change (edition, position, noun, record, key, operation, "
            "changed, reason) VALUES (2, 9, 'stance', 9, '9', 'published', '{}', %s)",
            [blank.replace("\x00", "")],
        )


def test_an_update_closes_what_stood_and_tells_what_changed():
    stance = stance_with_all(summary="Before.")
    edited(stance, summary="After.", position="opposes")

    edition = published(stance)

    assert changes(edition) == {("stance", stance.pk): "updated"}
    row = edition.changes.get()
    assert row.changed == {
        "position": ["supports", "opposes"],
        "score": [1, -1],
        "summary": ["Before.", "After."],
    }
    spans = StanceDocument.objects.order_by("opened").values_list("opened", "closed", "version")
    assert list(spans) == [(1, 2, 2), (2, None, 3)]


def test_what_comes_out_the_same_opens_no_version_and_no_edition():
    stance = stance_with_all()
    edited(stance, summary="Changed …")
    edited(stance, summary=json.loads(live_document(stance).body)["summary"])
    before = everything_left()

    with changeset():
        edition = publish(records=chosen(*all_of(stance)))

    assert edition is None
    assert everything_left() == before


def test_what_comes_out_the_same_is_left_out_of_an_edition_of_others():
    stance = stance_with_all()
    edited(stance.issue, summary="Changed.")

    assert changes(published(*all_of(stance))) == {("issue", stance.issue.pk): "updated"}


def test_nothing_chosen_makes_no_edition():
    with changeset():
        assert publish(records=[]) is None
    with pytest.raises(ValueError, match="nothing to retract"), changeset():
        retract(records=[])
    assert not Edition.objects.exists()


def test_the_version_that_was_reviewed_is_published():
    actor = ActorFactory()

    published(Chosen(Noun.ACTOR, actor.pk, actor.version))

    assert live_document(actor).version == actor.version


def test_records_are_chosen_in_any_order_and_more_than_once_and_the_highest_version_holds():
    first, second, third = ActorFactory.create_batch(3)
    old = Chosen(Noun.ACTOR, first.pk, first.version)
    edited(first, name="Called otherwise")
    new = Chosen(Noun.ACTOR, first.pk, first.version)
    Actor.objects.filter(pk=third.pk).delete()

    wrong = refused_by(publish, third, second, old, second)
    edition = published(second, new, old, second)

    assert wrong == {("actor", first.pk, "version"), ("actor", third.pk, "")}
    assert set(changes(edition)) == {("actor", first.pk), ("actor", second.pk)}


@pytest.mark.parametrize("version", [0, -1, 2**32 - 1, 2**32 | 1, 2**70])
def test_a_version_that_no_row_can_have_is_outdated_and_of_no_other_record(version):
    actor, other = ActorFactory.create_batch(2)

    wrong = refused_by(publish, Chosen(Noun.ACTOR, actor.pk, version), other)

    assert wrong == {("actor", actor.pk, "version")}


@pytest.mark.parametrize("record", [0, -5, 2**31, 2**70])
def test_a_number_that_no_row_can_have_is_of_no_record(record):
    [(_, _, field)] = refused_by(publish, Chosen(Noun.ACTOR, record, 1))

    assert field == ""


def test_publishing_changes_no_row_of_the_desk():
    stance = stance_with_all()

    assert Stance.objects.get(pk=stance.pk).version == stance.version
    assert Actor.objects.get(pk=stance.actor.pk).version == stance.actor.version


def test_a_country_code_passes_from_one_actor_to_another_in_one_edition():
    old, new = ActorFactory(iso3="SUN"), ActorFactory()
    published(old, new)
    edited(old, iso3=None)
    edited(new, iso3="SUN")

    published(old, new)

    assert (live_document(old).iso3, live_document(new).iso3) == (None, "SUN")


def test_a_period_passes_from_one_accepted_stance_to_another_in_one_edition():
    early = stance_with_all(since="2010", until="2015-06-30")
    late = StanceFactory(actor=early.actor, issue=early.issue, since="2015-07-01")
    published(late, *[citation.source for citation in late.citations.all()])
    edited(early, until="2015-12-31")
    edited(late, since="2016-01-01")

    published(early, late)

    assert live_document(early).asserted.upper == live_document(late).asserted.lower


def test_nobody_publishes_without_saying_who_and_why():
    actor = ActorFactory()

    with pytest.raises(history.OutsideChangeSetError):
        publish(records=chosen(actor))
    with pytest.raises(history.OutsideChangeSetError):
        retract(records=chosen(actor))


def test_bodies_and_words_are_kept_whole_though_the_stage_had_them_first():
    """Packing them, and unpacking them whenever they are read,
    costs more than the room that it saves.
    """
    summary = " ".join(f"word{number}" for number in range(300))
    actor = ActorFactory(summary=summary)
    published(actor)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT length(body) > 2000, pg_column_compression(body), "
            "pg_column_compression(search), search = public.document_words(body) FROM "
            "tracker_actordocument"
        )
        assert cursor.fetchall() == [(True, None, None, True)]


def test_two_editions_of_one_transaction_follow_each_other():
    one, two = ActorFactory(), ActorFactory()

    with changeset():
        first = publish(records=chosen(one))
        second = publish(records=chosen(two))

    assert first is not None
    assert second is not None
    assert (first.number, second.number) == (1, 2)
    assert first.published_at < second.published_at


def test_publishing_twenty_takes_as_many_statements_as_publishing_one():
    def statements(count):
        records = [
            record for _ in range(count) for record in (*all_of(StanceFactory()), MeetingFactory())
        ]
        records += [
            citation.source
            for record in records
            if hasattr(record, "citations")
            for citation in record.citations.all()
        ]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            published(*records)
        return len(queries)

    assert statements(1) == statements(20)
