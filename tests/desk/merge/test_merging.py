"""Merging: at the desk, in the publication, and both in step."""

import json
from functools import partial

import pytest

from tests.costs import assert_same_cost
from tests.desk.merge.acts import merged
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.publishing.acts import all_of, body, changes, edited, live_document, published, retracted
from tracker.desk.merge import survivors
from tracker.models import Edition, Event, Participant, StanceDocument
from tracker.models.snapshots import load
from tracker.publishing.publish import Chosen
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]


def public(*records):
    """Publish records with all that they name."""
    wanted, reached = (
        set(),
        {Chosen(Noun(record._meta.model_name), record.pk) for record in records},
    )
    while reached - wanted:
        wanted |= reached
        reached = {
            Chosen(*name)
            for chosen in reached
            for whole in load(chosen.noun, [chosen.id])
            for name in whole.named()
        }
    published(*sorted(wanted))


def test_what_named_the_loser_names_the_survivor_at_the_desk_and_in_one_edition():
    china, prc = ActorFactory(slug="china", name="China"), ActorFactory(slug="prc", name="PRC")
    stance, deferring = StanceFactory(actor=prc), StanceFactory(defers_to=prc)
    alignment = AlignmentFactory(counterpart=prc)
    meeting = MeetingFactory(participants=[{"actor": prc, "role": "host"}])
    public(china, stance, deferring, alignment, meeting)

    edition = merged(prc, into=china, note="They are one.")

    assert changes(edition) == {
        ("actor", prc.pk): "merged",
        ("actor", china.pk): "updated",  # it is found by the name of the other now
        ("stance", stance.pk): "renamed",
        ("stance", deferring.pk): "renamed",
        ("alignment", alignment.pk): "renamed",
        ("meeting", meeting.pk): "renamed",
    }
    assert edition.changes.get(noun="actor", record=prc.pk).into == china.pk
    assert edition.note == "They are one."
    assert body(stance)["actor"] == {
        "url": "/api/v1/actors/china/",
        "slug": "china",
        "name": "China",
    }
    assert live_document(stance).actor == china.pk
    assert live_document(meeting).participants == [china.pk]
    stance.refresh_from_db()
    assert stance.actor_id == china.pk
    prc.refresh_from_db()
    assert prc.merged_into_id == china.pk


def test_all_that_a_merge_does_at_the_desk_is_one_change_set():
    china, prc = (
        ActorFactory(),
        ActorFactory(memberships=[{"organization": ActorFactory(kind="bloc")}]),
    )
    StanceFactory.create_batch(3, actor=prc)
    before = Event.objects.count()

    merged(prc, into=china)

    events = Event.objects.order_by("id")[before:]
    assert len({event.changeset_id for event in events}) == 1
    assert {(event.noun, event.part) for event in events} == {
        ("actor", ""),
        ("actor", "membership"),
        ("stance", ""),
    }


def test_records_that_were_in_step_with_the_publication_are_in_step_afterwards():
    china, prc = ActorFactory(), ActorFactory()
    stance = StanceFactory(actor=prc)
    public(china, stance)

    merged(prc, into=china)

    stance.refresh_from_db()
    assert statuses(Noun.STANCE, [stance.pk])[stance.pk].version == stance.version


def test_edits_that_were_not_published_stay_at_the_desk():
    china, prc = ActorFactory(slug="china"), ActorFactory()
    stance = StanceFactory(actor=prc, summary="As published.")
    public(china, stance)
    edited(stance, summary="Half-made.")

    edition = merged(prc, into=china)

    assert changes(edition)["stance", stance.pk] == "renamed"
    assert (body(stance)["summary"], body(stance)["actor"]["slug"]) == ("As published.", "china")
    stance.refresh_from_db()
    assert (stance.summary, stance.actor_id) == ("Half-made.", china.pk)
    assert statuses(Noun.STANCE, [stance.pk])[stance.pk].version < stance.version


def test_a_record_that_names_another_by_now_is_told_as_it_was_published():
    china, prc, russia = ActorFactory(slug="china"), ActorFactory(), ActorFactory()
    stance = StanceFactory(actor=prc)
    public(china, russia, stance)
    edited(stance, actor=russia)

    merged(prc, into=china)

    assert body(stance)["actor"]["slug"] == "china"
    stance.refresh_from_db()
    assert stance.actor_id == russia.pk


def test_what_was_merged_can_be_merged_further_with_edits_waiting_all_the_while():
    first, second, third = ActorFactory(), ActorFactory(), ActorFactory(slug="third")
    stance = StanceFactory(actor=first)
    public(second, third, stance)
    edited(stance, summary="Waiting.")
    merged(first, into=second)

    merged(second, into=third)

    assert survivors(Noun.ACTOR, [first.pk, second.pk, third.pk]) == {
        first.pk: third.pk,
        second.pk: third.pk,
    }
    assert body(stance)["actor"]["slug"] == "third"
    assert published(stance).changes.get().operation == "updated"


def test_the_claims_of_the_loser_become_contested_where_the_survivor_has_accepted_ones():
    china, prc, issue = ActorFactory(name="China"), ActorFactory(name="PRC"), IssueFactory()
    kept = StanceFactory(actor=china, issue=issue, since="2018", until="2019-06-30")
    rival = StanceFactory(actor=prc, issue=issue, since="2019-01-01", until="2019-12-31")
    later = StanceFactory(actor=prc, issue=issue, since="2020-01-01")
    second = StanceFactory(actor=china, issue=issue, since="2019-07-01", until="2019-12-31")
    public(kept, rival, later, second)

    edition = merged(prc, into=china)

    operations = changes(edition)
    assert (operations["stance", rival.pk], operations["stance", later.pk]) == (
        "updated",
        "renamed",
    )
    assert body(rival)["standing"] == "contested"
    assert (
        body(rival)["standing_note"]
        == f"Rival of stance {kept.pk}, since “PRC” was merged into “China”."
    )
    assert body(later)["standing"] == "accepted"
    assert ("stance", kept.pk) not in operations


@pytest.mark.parametrize("are_older", [True, False])
def test_alignments_are_rivals_of_one_pair_whichever_way_they_were_entered_and_of_no_other(
    are_older,
):
    older, issue = ActorFactory.create_batch(2), IssueFactory()
    china, prc = ActorFactory(), ActorFactory()
    russia, iran = older if are_older else ActorFactory.create_batch(2)
    kept = AlignmentFactory(actor=china, counterpart=russia, issue=issue)
    rival = AlignmentFactory(actor=russia, counterpart=prc, issue=issue)
    other = AlignmentFactory(actor=prc, counterpart=iran, issue=issue)
    public(kept, rival, other)

    merged(prc, into=china)

    assert [body(claim)["standing"] for claim in (kept, rival, other)] == [
        "accepted",
        "contested",
        "accepted",
    ]


def test_issues_are_merged_with_their_claims_and_what_lies_below_them():
    one, two, actor = IssueFactory(slug="one"), IssueFactory(slug="two"), ActorFactory()
    below = IssueFactory(parent=two)
    kept, rival = StanceFactory(actor=actor, issue=one), StanceFactory(actor=actor, issue=two)
    meeting = MeetingFactory(
        issues=[{"issue": one, "outcome": "None."}, {"issue": two, "outcome": "None."}]
    )
    public(below, kept, rival, meeting)

    edition = merged(two, into=one)

    assert changes(edition)["meeting", meeting.pk] == "updated"
    assert [discussion["issue"]["slug"] for discussion in body(meeting)["issues"]] == ["one"]
    assert body(below)["parent"]["slug"] == "one"
    assert body(rival)["standing"] == "contested"


@pytest.mark.parametrize("has_waiting", [False, True], ids=["in step", "with edits that wait"])
def test_a_participant_of_one_meeting_is_not_in_it_twice(has_waiting):
    china, prc = ActorFactory(slug="china"), ActorFactory()
    meeting = MeetingFactory(
        participants=[{"actor": prc, "role": "host"}, {"actor": china, "role": "host"}]
    )
    public(meeting)
    if has_waiting:
        edited(meeting, summary="Waiting.")

    edition = merged(prc, into=china)

    assert changes(edition)["meeting", meeting.pk] == "updated"
    [participant] = body(meeting)["participants"]
    assert (participant["actor"]["slug"], participant["role"]) == ("china", "host")
    assert Participant.objects.get().actor_id == china.pk


def test_the_survivor_gains_the_parts_and_names_that_only_the_loser_had():
    bloc, both = ActorFactory(kind="bloc"), ActorFactory(kind="bloc")
    china = ActorFactory(
        name="China", names={"zh": "中国"}, memberships=[{"organization": both, "role": "member"}]
    )
    prc = ActorFactory(
        name="PRC",
        short_name="P.R.C.",
        aliases=["China", "Red China"],
        names={"zh": "中华", "ru": "Китай"},
        memberships=[
            {"organization": both, "role": "member"},
            {"organization": bloc},
            {"organization": china},
        ],
    )
    public(china, prc)

    merged(prc, into=china)

    merged_body = body(china)
    assert merged_body["aliases"] == ["PRC", "P.R.C.", "Red China"]
    assert merged_body["names"] == {"ru": "Китай", "zh": "中国"}
    assert [membership["organization"]["slug"] for membership in merged_body["memberships"]] == [
        both.slug,
        bloc.slug,
    ]


def test_whoever_followed_the_loser_follows_the_survivor_which_follows_what_the_loser_did():
    union, empire, ussr = ActorFactory(slug="union"), ActorFactory(slug="empire"), ActorFactory()
    russia, ukraine = (
        ActorFactory(predecessors=[{"predecessor": ussr, "since": "1991-12"}]) for _ in range(2)
    )
    ukraine.predecessors.create(predecessor=union, since="1991-12")
    ussr.predecessors.create(predecessor=empire), ussr.predecessors.create(predecessor=union)
    public(russia, ukraine)

    merged(ussr, into=union)

    followed = {
        actor.pk: [part["predecessor"]["slug"] for part in body(actor)["predecessors"]]
        for actor in (russia, ukraine, union)
    }
    assert followed == {russia.pk: ["union"], ukraine.pk: ["union"], union.pk: ["empire"]}
    assert live_document(russia).predecessors == live_document(ukraine).predecessors == [union.pk]


def test_meetings_are_merged_with_their_evidence():
    china, russia, source = ActorFactory(), ActorFactory(), SourceFactory()
    kept = MeetingFactory(
        participants=[{"actor": china}], citations=[{"source": source, "locator": "p. 1"}]
    )
    twin = MeetingFactory(
        participants=[{"actor": china}, {"actor": russia}],
        citations=[
            {"source": source, "locator": "p. 1"},
            {"source": SourceFactory(title="Other"), "locator": "p. 2"},
        ],
    )
    public(kept, twin)

    edition = merged(twin, into=kept)

    assert changes(edition) == {("meeting", twin.pk): "merged", ("meeting", kept.pk): "updated"}
    assert [participant["actor"]["slug"] for participant in body(kept)["participants"]] == [
        china.slug,
        russia.slug,
    ]
    assert [citation["locator"] for citation in body(kept)["citations"]] == ["p. 1", "p. 2"]


def test_sources_are_merged_though_their_address_is_the_same():
    kept, twin = (
        SourceFactory(url="https://example.org/a", issued="2019"),
        SourceFactory(issued="2019"),
    )
    stance = StanceFactory(citations=[{"source": twin, "locator": "p. 1"}])
    public(kept, stance)
    merged(twin, into=kept)

    assert body(stance)["citations"][0]["source"]["id"] == kept.pk


def test_a_loser_that_is_not_public_is_merged_at_the_desk_alone():
    china, prc = ActorFactory(), ActorFactory()
    draft = StanceFactory(actor=prc)
    published(china)

    assert merged(prc, into=china) is None

    draft.refresh_from_db()
    assert (draft.actor_id, Edition.objects.count()) == (china.pk, 1)


def test_a_retracted_record_is_merged_at_the_desk_alone():
    china, prc = ActorFactory(), ActorFactory()
    published(china, prc)
    retracted(prc)

    assert merged(prc, into=china) is None


def test_names_of_the_survivor_that_were_not_published_stay_at_the_desk():
    china, prc = ActorFactory(name="China"), ActorFactory()
    stance = StanceFactory(actor=prc)
    public(china, stance)
    edited(china, name="Half-made")

    edition = merged(prc, into=china)

    assert body(stance)["actor"]["name"] == "China"
    assert changes(edition)["actor", china.pk] == "updated"
    assert (body(china)["name"], body(china)["aliases"]) == ("China", [prc.name])
    china.refresh_from_db()
    assert (china.name, china.aliases) == ("Half-made", [prc.name])
    assert statuses(Noun.ACTOR, [china.pk])[china.pk].version < china.version


def test_a_survivor_that_is_renamed_later_is_renamed_where_it_came_in_by_a_merge():
    china, prc = ActorFactory(name="China"), ActorFactory()
    stance = StanceFactory(actor=prc)
    public(china, stance)
    edited(stance, summary="Waiting.")
    merged(prc, into=china)
    edited(china, name="People’s Republic of China")

    edition = published(china)

    assert changes(edition)["stance", stance.pk] == "renamed"
    assert body(stance)["actor"]["name"] == "People’s Republic of China"


@pytest.mark.slow
def test_merging_what_twenty_name_takes_as_many_statements_as_what_one_names():
    def prepare(count):
        china, prc, issue = ActorFactory(), ActorFactory(), IssueFactory()
        stances = StanceFactory.create_batch(count, actor=prc, issue=issue, until="2018")
        waiting = StanceFactory.create_batch(count, actor=prc, until="2018")
        for number, stance in enumerate(stances):
            edited(stance, since=f"{1900 + number}", until=f"{1900 + number}")
        public(china, *stances, *waiting)
        for stance in waiting:
            edited(stance, summary="Waiting.")
        return partial(merged, prc, into=china)

    assert_same_cost(prepare)


def test_earlier_editions_answer_as_they_did():
    china, prc = ActorFactory(), ActorFactory(slug="prc")
    stance = StanceFactory(actor=prc)
    published(china, *all_of(stance))
    before = body(stance)

    merged(prc, into=china)

    then = StanceDocument.objects.get(record=stance.pk, closed__isnull=False)
    assert json.loads(then.body) == before
