"""A merge makes nothing public that was not:
neither of the loser, nor of the survivor, nor of what names them.
"""

from collections.abc import Callable

import pytest

from tests.desk.merge.acts import merged, refusals
from tests.desk.undo.acts import desk, done, undone
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.publishing.acts import all_of, body, changes, edited, published
from tests.publishing.test_leaks import SECRET, everything_public, make_secret, publish_whole
from tracker.desk.merge import merge
from tracker.desk.merge.moving import UNWRITABLE
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen
from tracker.publishing.status import statuses

pytestmark = [
    pytest.mark.slow,
    pytest.mark.gate,
    pytest.mark.django_db,
    pytest.mark.usefixtures("agreed"),
]
PARTS = ("memberships", "predecessors", "core_interests", "participants", "issues", "citations")


def actor(number: int) -> Record:
    return ActorFactory(
        name=f"Name {number}",
        aliases=[f"Alias {number}"],
        names={"ru": "Имя"} if number else {"zh": "名"},
        memberships=[{"organization": ActorFactory(kind="bloc"), "role": "member"}],
        predecessors=[{"predecessor": ActorFactory()}],
    )


def issue(number: int) -> Record:
    return IssueFactory(core_interests=[{"actor": ActorFactory(), "note": "A note."}])


def meeting(number: int) -> Record:
    return MeetingFactory(
        participants=[{"actor": ActorFactory()}],
        issues=[{"issue": IssueFactory(), "outcome": "An outcome."}],
        citations=[{"source": SourceFactory(), "locator": "p. 1"}],
    )


def source(number: int) -> Record:
    return SourceFactory()


NOUNS = pytest.mark.parametrize("make", [actor, issue, meeting, source])
Make = Callable[[int], Record]


def pair_of(make: Make) -> tuple[Record, Record]:
    """Return two records that are one, both public with all that they name."""
    pair = make(0), make(1)
    for record in pair:
        publish_whole(record)
    return pair


def merging(loser: Record, survivor: Record) -> None:
    noun = noun_of(loser)
    merge(loser=Chosen(noun, loser.pk), survivor=Chosen(noun, survivor.pk))


def half_make(record: Record) -> None:
    """Write the secret into everything of a record;
    what only one record can have, with its number.
    """
    make_secret(record)
    only = {name: f"{SECRET}-{record.pk}" for name in ("ref", "slug") if hasattr(record, name)}
    edited(
        record,
        **only,
        **({"url": f"https://example.org/{SECRET}/{record.pk}"} if hasattr(record, "url") else {}),
    )


def waits(record: Record) -> bool:
    record.refresh_from_db()
    return statuses(noun_of(record), [record.pk])[record.pk].version != record.version


@NOUNS
@pytest.mark.parametrize("half_made", [(0,), (1,), (0, 1)], ids=["loser", "survivor", "both"])
def test_half_made_edits_of_the_two_wait_at_the_survivor(
    make: Make, half_made: tuple[int, ...]
) -> None:
    loser, survivor = pair = pair_of(make)
    theirs, ours = body(loser), body(survivor)
    for which in half_made:
        half_make(pair[which])
    before = desk()

    changeset = done(lambda: merging(loser, survivor))

    assert SECRET not in everything_public()
    merged_body = body(survivor)
    assert {name: merged_body.get(name) for name in PARTS} == {
        name: [*ours[name], *theirs[name]] if name in merged_body else None for name in PARTS
    }
    if make is actor:
        assert merged_body["aliases"] == ["Alias 1", "Name 0", "Alias 0"]
        assert merged_body["names"] == {"ru": "Имя", "zh": "名"}
    assert waits(survivor) == (make is not source or 1 in half_made)
    undone(changeset)
    assert desk() == before


@NOUNS
def test_what_waited_of_the_two_is_public_once_the_survivor_is_published(make: Make) -> None:
    loser, survivor = pair_of(make)
    half_make(loser)
    half_make(survivor)
    merged(loser, into=survivor)

    publish_whole(survivor)

    assert SECRET in everything_public()


@NOUNS
def test_two_in_step_are_one_in_step(make: Make) -> None:
    loser, survivor = pair_of(make)

    merged(loser, into=survivor)

    assert not waits(survivor)


def test_what_the_desk_took_away_of_the_loser_is_told_until_that_is_published() -> None:
    loser, survivor = pair_of(actor)
    loser.memberships.all().delete()
    edited(loser, aliases=[])

    merged(loser, into=survivor)

    assert "Alias 0" in body(survivor)["aliases"]
    assert len(body(survivor)["memberships"]) == 2
    survivor.refresh_from_db()
    assert (survivor.aliases, survivor.memberships.count()) == (["Alias 1", "Name 0"], 1)
    published(survivor)
    assert len(body(survivor)["memberships"]) == 1


def test_parts_that_the_desk_added_changed_and_took_away_keep_their_rows() -> None:
    loser, survivor = pair_of(meeting)
    kept = survivor.issues.get()
    edited(kept, outcome="Half-made.")
    survivor.participants.all().delete()
    new = survivor.participants.create(actor=ActorFactory())

    merged(loser, into=survivor)

    assert len(body(survivor)["participants"]) == 2
    assert [discussion["outcome"] for discussion in body(survivor)["issues"]] == [
        "An outcome.",
        "An outcome.",
    ]
    kept.refresh_from_db()
    assert kept.outcome == "Half-made."
    assert survivor.participants.filter(pk=new.pk).exists()
    assert survivor.participants.count() == 2


def test_the_note_of_a_contested_claim_is_made_of_public_names() -> None:
    china, prc, matter = ActorFactory(name="China"), ActorFactory(name="PRC"), IssueFactory()
    kept, rival = (StanceFactory(actor=named, issue=matter) for named in (china, prc))
    pair = (
        AlignmentFactory(actor=named, counterpart__name="Russia", issue=matter)
        for named in (china, prc)
    )
    one, other = pair
    edited(other, counterpart=one.counterpart)
    for claim in (kept, rival, one, other):
        publish_whole(claim)
    edited(prc, name=f"{SECRET} name")
    edited(china, name=f"{SECRET} other name")

    merged(prc, into=china)

    assert (
        body(rival)["standing_note"]
        == f"Rival of stance {kept.pk}, since “PRC” was merged into “China”."
    )
    assert (
        body(other)["standing_note"]
        == f"Rival of alignment {one.pk}, since “PRC” was merged into “China”."
    )
    assert SECRET not in everything_public()


def test_a_half_made_claim_of_the_loser_stays_at_the_desk() -> None:
    stance, survivor = StanceFactory(), ActorFactory()
    published(*all_of(stance), survivor)
    make_secret(stance)

    edition = merged(stance.actor, into=survivor)

    assert SECRET not in everything_public()
    assert changes(edition)["stance", stance.pk] == "renamed"


def test_what_was_public_and_the_desk_can_not_hold_any_more_is_refused() -> None:
    loser, survivor = pair_of(actor)
    edited(survivor, iso3="CHN")
    published(survivor)
    edited(survivor, iso3=None)
    ActorFactory(iso3="CHN")

    assert refusals(loser, into=survivor) == [f"actor {survivor.pk}: {UNWRITABLE}"]

    published(survivor)
    merged(loser, into=survivor)
