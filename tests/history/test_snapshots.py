"""Records as they were at a version, from their events."""

from contextlib import closing

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.models.sessions import Session
from tracker.history.snapshots import at, versions
from tracker.models import Record, Stance, StanceCitation
from tracker.models.nouns import PARTS, noun_of
from tracker.values.nouns import Noun


def values(row: models.Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def everything(record: Record) -> dict[str, object]:
    """Return a record of the desk with its parts, read from its tables."""
    noun = noun_of(record)
    return {
        "": values(type(record)._default_manager.get(pk=record.pk)),
        **{
            part: [
                values(row)
                for row in model._default_manager.filter(**{noun.value: record}).order_by("pk")
            ]
            for part, model in PARTS[noun].items()
        },
    }


def full_actor():
    actor = ActorFactory(
        iso3="CHN",
        names={"zh": "中国", "ru": "Китай"},
        aliases=["PRC", "Middle Kingdom"],
        wikidata_id="Q148",
        ref="china",
        since="1949-10-01",
        until="20XX",
    )
    source = SourceFactory()
    actor.memberships.create(
        organization=ActorFactory(kind="bloc"), role="member", since="200X", source=source
    )
    actor.memberships.create(
        organization=ActorFactory(kind="bloc"), until="[2019-05-01..2019-05-04]"
    )
    actor.predecessors.create(predecessor=ActorFactory(), since="1949-10")
    actor.frames.create(
        kinds=["resolution", "draft"], since="1971", note="Six members.", source=source
    )
    actor.refresh_from_db()
    return actor


def full_meeting():
    person, issue = ActorFactory(kind="person"), IssueFactory()
    return MeetingFactory(
        participants=[
            {"actor": ActorFactory(), "represented_by": person},
            {"actor": ActorFactory()},
        ],
        issues=[{"issue": issue, "outcome": "None."}],
        until="2019-06~",
    )


FULL = {
    Noun.ISSUE: lambda: IssueFactory(
        parent=IssueFactory(),
        themes=["energy", "trade"],
        core_interests=[{"actor": ActorFactory()}],
    ),
    Noun.ACTOR: full_actor,
    Noun.SOURCE: lambda: SourceFactory(
        authors=[{"family": "Stokes", "given": "Jacob"}],
        keywords=["China"],
        accessed_on="2019-06-04",
        issued="2019~",
    ),
    Noun.STANCE: lambda: StanceFactory(
        defers_to=ActorFactory(), instruments=["legal", "economic"], until="2019-XX"
    ),
    Noun.ALIGNMENT: AlignmentFactory,
    Noun.MEETING: full_meeting,
    Noun.ACT: lambda: ActFactory(
        text=SourceFactory(),
        instruments=["legal"],
        until="2019-06",
        importance=2,
        issues=[{"outcome": "Agreed."}],
    ),
    Noun.VOTE: lambda: VoteFactory(
        issue=IssueFactory(),
        yes_means="opposes",
        themes=["disarmament"],
        tally_yes=1,
        tally_no=0,
        tally_abstain=0,
        session=66,
        ballots=[{"actor": ActorFactory(), "choice": "no", "note": "Late."}],
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("noun", Noun)
def test_the_latest_version_is_the_desk_s_in_every_field_and_of_the_same_type(noun):
    record = FULL[noun]()

    snapshot = at(noun, record.pk, record.version)

    assert snapshot is not None
    rebuilt = {
        "": values(snapshot.record),
        **{part: [values(row) for row in rows] for part, rows in snapshot.parts.items()},
    }
    assert rebuilt == everything(record)
    assert snapshot.record._state.adding, "it is no row of the desk"


@pytest.mark.django_db
def test_each_version_has_the_parts_that_it_had():
    stance = StanceFactory(citations=[], summary="First.")
    first_citation = stance.citations.create(source=SourceFactory(), locator="one")
    second_citation = stance.citations.create(source=SourceFactory(), locator="two")
    StanceCitation.objects.filter(pk=first_citation.pk).update(locator="one, changed")
    first, second = first_citation.pk, second_citation.pk
    second_citation.delete()
    Stance.objects.filter(pk=stance.pk).update(summary="Last.")

    rebuilt = [
        (
            snapshot.record.version,
            snapshot.record.summary,
            [(part.pk, part.locator) for part in snapshot.parts["citation"]],
        )
        for snapshot in versions(Noun.STANCE, {stance.pk: range(1, 10)})
    ]

    assert rebuilt == [
        (1, "First.", []),
        (2, "First.", [(first, "one")]),
        (3, "First.", [(first, "one"), (second, "two")]),
        (4, "First.", [(first, "one, changed"), (second, "two")]),
        (5, "First.", [(first, "one, changed")]),
        (6, "Last.", [(first, "one, changed")]),
    ]


@pytest.mark.django_db
def test_a_version_that_never_was_is_none_of_the_past():
    stance = StanceFactory()

    assert at(Noun.STANCE, stance.pk, 99) is None
    assert at(Noun.MEETING, stance.pk, 1) is None


@pytest.mark.django_db
def test_a_deleted_record_keeps_its_versions():
    stance = StanceFactory()
    key, version = stance.pk, stance.version
    stance.delete()

    snapshot = at(Noun.STANCE, key, version)

    assert snapshot is not None
    assert len(snapshot.parts["citation"]) == 1


@pytest.mark.django_db
def test_a_column_that_is_no_field_any_more_is_passed_over(acting_as):
    stance = StanceFactory()
    with acting_as("NONE"), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE tracker_event SET after = after - 'hedged' || '{\"removed\": 1}' WHERE "
            "noun = 'stance'"
        )
        cursor.execute("SET session_replication_role = origin")

    snapshot = at(Noun.STANCE, stance.pk, 1)

    assert snapshot is not None
    assert snapshot.record.hedged is False, "a column added since has its default"


@pytest.mark.django_db
def test_a_date_that_a_record_had_not_yet_is_empty_and_the_desk_is_not_asked(acting_as):
    meeting = MeetingFactory(until="2019-06")
    with acting_as("NONE"), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE tracker_event SET after = after - 'until' - 'until_earliest' - 'until_latest'"
        )
        cursor.execute("SET session_replication_role = origin")

    snapshot = at(Noun.MEETING, meeting.pk, 1)

    assert snapshot is not None
    with CaptureQueriesContext(connection) as queries:
        held = values(snapshot.record)
    assert len(queries) == 0
    assert (held["until"], held["until_earliest"], held["until_latest"]) == ("", None, None)


@pytest.mark.django_db
def test_versions_of_many_records_are_read_in_one_statement():
    stances = StanceFactory.create_batch(3)

    with CaptureQueriesContext(connection) as queries:
        snapshots = list(versions(Noun.STANCE, {stance.pk: {1, 2} for stance in stances}))

    assert len(queries) <= 1
    assert [(snapshot.record.pk, snapshot.record.version) for snapshot in snapshots] == [
        (stance.pk, version) for stance in stances for version in (1, 2)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_part_counts_from_the_version_that_it_made_though_its_event_was_numbered_earlier():
    """A transaction adds a part, and waits for another one that is editing the record;
    the other one goes on first.
    """
    stance = StanceFactory(citations=[])
    source = SourceFactory()

    with closing(Session()) as other:
        with transaction.atomic():
            Stance.objects.filter(pk=stance.pk).update(summary="Second.")
            adding = other.start(
                "INSERT INTO tracker_stancecitation (stance_id, source_id, relation, "
                "locator_label, locator, quote, quote_language, credibility, ends) VALUES "
                "(%s, %s, 'supports', '', 'p. 1', '', '', '', false)",
                stance.pk,
                source.pk,
            )
            assert other.waits(adding)
            Stance.objects.filter(pk=stance.pk).update(summary="Third.")
        adding.result(timeout=10)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(CASE part WHEN '' THEN after ->> 'version' ELSE part END ORDER "
            "BY id) FROM tracker_event WHERE noun = 'stance'"
        )
        assert cursor.fetchone() == (["1", "2", "citation", "3", "4"],)
    parts_by_version = {
        snapshot.record.version: len(snapshot.parts["citation"])
        for snapshot in versions(Noun.STANCE, {stance.pk: range(9)})
    }
    assert parts_by_version == {1: 0, 2: 0, 3: 0, 4: 1}
