"""Merges that are not what they say, as `verify` tells of them."""

import pytest

from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.publishing.acts import all_of, changeset, edited, published
from tests.publishing.test_leaks import publish_whole
from tests.verify.world import complaints, damaged
from tracker.desk.merge.moving import move, stage_merged, write_draft
from tracker.desk.merge.planning import lock_what_names, plan
from tracker.models import Change, Edition
from tracker.models.nouns import noun_of
from tracker.publishing.edition import make_edition
from tracker.publishing.locking import take_lock

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def waiting():
    """Return a stance with edits that wait, whose actor was merged in edition 2."""
    stance, survivor = StanceFactory(), ActorFactory(slug="survivor")
    published(*all_of(stance), survivor)
    edited(stance, summary="Waiting.")
    merged(stance.actor, into=survivor)
    return stance


@pytest.mark.parametrize("into", ["4711", "record"])
def test_a_survivor_that_is_not_public_or_is_the_loser(waiting, into):
    reported = damaged(f"UPDATE tracker_change SET \"into\" = {into} WHERE operation = 'merged'")

    loser = waiting.actor_id
    assert reported[0] == (
        f"edition 2: actor {loser} was merged into actor {4711 if into == '4711' else loser}, "
        "which was not public then, or is itself"
    )


def test_a_document_that_names_another_than_the_survivor(waiting):
    other = ActorFactory(slug="other")
    published(other)

    reported = damaged(
        "UPDATE tracker_stancedocument SET body = replace(body, 'survivor', 'other') WHERE "
        "opened = 2",
    )

    where = f"stance {waiting.pk}, opened by edition 2"
    assert f"{where}: its body is not what version 2 renders to: actor" in reported


def test_a_merge_that_is_told_as_more_than_another_name(waiting):
    assert damaged(
        "UPDATE tracker_change SET operation = 'updated' WHERE edition = 2 AND noun = 'stance'"
    ) == [
        f"stance {waiting.pk}, opened by edition 2: its change says “updated”, but it was renamed"
    ]


def merged_as_once(loser, survivor):
    """Merge as merges did once:
    the survivor is published as the desk has it, with what the desk has of the loser.
    """
    noun = noun_of(loser)
    with changeset():
        take_lock()
        versions = lock_what_names(noun, loser.pk, survivor.pk)
        what = plan(noun=noun, loser=loser.pk, survivor=survivor.pk)
        move(what)
        write_draft(what)
        survivor.refresh_from_db()
        stage, problems = stage_merged(what, versions, survivor.version)
        assert problems == []
        make_edition(stage, note="", published_by=None)


def pair_with_claims():
    """Return two public actors and a public stance of each on one issue,
    of which the first will be contested.
    """
    loser, survivor, issue = ActorFactory(name="PRC"), ActorFactory(name="China"), IssueFactory()
    claims = [StanceFactory(actor=actor, issue=issue) for actor in (loser, survivor)]
    for claim in claims:
        publish_whole(claim)
    return loser, survivor, claims[0]


def test_a_merge_that_publishes_parts_and_names_that_only_the_desk_had():
    loser, survivor, _ = pair_with_claims()
    bloc = ActorFactory()
    published(bloc)
    edited(loser, aliases=["Half-made"])
    loser.memberships.create(organization=bloc)

    merged_as_once(loser, survivor)

    assert complaints() == [
        f"actor {survivor.pk}, opened by edition {edition()}: "
        "the merge tells otherwise than what was public before it: aliases, memberships"
    ]


def test_a_merge_that_publishes_what_waited_of_the_survivor():
    loser, survivor, _ = pair_with_claims()
    edited(survivor, summary="Half-made.")

    merged_as_once(loser, survivor)

    assert complaints() == [
        f"actor {survivor.pk}, opened by edition {edition()}: "
        "the merge tells otherwise than what was public before it: summary"
    ]


@pytest.mark.parametrize(
    ("note", "fields"),
    [
        ("since “PRC” was merged into “Half-made”.", "standing_note"),
        ("since “Half-made” was merged into “China”.", "standing_note"),
    ],
)
def test_a_note_with_a_name_that_was_not_public(note, fields):
    loser, survivor, rival = pair_with_claims()
    merged(loser, into=survivor)
    text = f"Rival of stance {rival.pk + 1}, {note}"

    reported = damaged(
        f"UPDATE tracker_stance SET standing_note = '{text}' WHERE id = {rival.pk}",
        f"UPDATE tracker_event SET after = jsonb_set(after, '{{standing_note}}', '\"{text}\"') "
        f"WHERE noun = 'stance' AND record = {rival.pk} AND after ->> 'standing' = 'contested'",
        "UPDATE tracker_stancedocument SET body = "
        f"jsonb_set(body::jsonb, '{{standing_note}}', '\"{text}\"')::text WHERE record = "
        f"{rival.pk} AND closed IS NULL",
    )

    where = f"stance {rival.pk}, opened by edition {edition()}"
    assert (
        f"{where}: the merge tells otherwise than what was public before it: {fields}" in reported
    )


def test_a_note_of_a_claim_that_was_contested_before():
    loser, survivor, rival = pair_with_claims()
    edited(rival, standing="contested", standing_note="Two readings.")
    published(rival)
    merged(loser, into=survivor)
    text = f"Rival of stance {rival.pk + 1}, since “PRC” was merged into “China”."

    reported = damaged(
        "UPDATE tracker_stancedocument SET body = "
        f"jsonb_set(body::jsonb, '{{standing_note}}', '\"{text}\"')::text WHERE record = "
        f"{rival.pk} AND closed IS NULL",
    )

    where = f"stance {rival.pk}, opened by edition {edition()}"
    assert (
        f"{where}: the merge tells otherwise than what was public before it: standing_note"
        in reported
    )


def test_a_merge_that_publishes_what_was_not_public_at_all():
    loser, survivor, _ = pair_with_claims()
    draft = StanceFactory()
    publish_whole(draft)
    last = edition()
    merged(loser, into=survivor)

    reported = damaged(
        f"UPDATE tracker_stancedocument SET opened = {edition()} WHERE opened = {last}"
    )

    where = f"stance {draft.pk}, opened by edition {edition()}"
    assert f"{where}: a merge made it public, which only publishing does" in reported


def edition():
    return Edition.objects.latest("number").number


def test_what_a_merge_left_out_is_no_change_of_a_later_edition():
    """The meeting's version still has both of what became one;
    its documents don't, since edition 2.
    """
    source, survivor, loser = SourceFactory(), IssueFactory(), IssueFactory()
    meeting = MeetingFactory(
        citations=[{"source": source, "locator": "p. 1"}],
        issues=[{"issue": survivor}, {"issue": loser}],
    )
    publish_whole(meeting)
    edited(meeting, summary="Waiting.")
    merged(loser, into=survivor)

    edited(source, title="Called otherwise")
    published(source)

    assert [
        change.operation for change in Change.objects.filter(noun="meeting").order_by("edition")
    ] == [
        "published",
        "updated",
        "renamed",
    ]
    assert complaints() == []
