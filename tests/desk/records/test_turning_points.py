"""Turning points: one claim ends where another begins, citing what that cites, as one change;
or all that is wrong.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    SourceFactory,
    StanceFactory,
)
from tests.public.api.publishing import edit, publish_whole, retract
from tracker import history
from tracker.desk import records
from tracker.desk.records.turning_points import last_day
from tracker.models import Alignment, ChangeSet, Stance, StanceCitation
from tracker.models.nouns import noun_of
from tracker.values.dates import bounds
from tracker.values.problems import InvalidError, RefusedError
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def change(claim, **payload):
    """Return the claim that takes the place of one."""
    with history.changeset(made_by=None, reason="", channel=Channel.COMMAND):
        new = records.change(noun=noun_of(claim), record=claim.pk, payload=payload)
    claim.refresh_from_db()
    return new.snapshot.record


def cited(*sources):
    return [{"source": source.pk, "locator": "p. 3"} for source in sources]


def told(error):
    return [(problem.code, problem.field) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2024-12-08", "2024-12-07"),
        ("2024-03-01~", "2024-02-29~"),
        ("2024-12", "2024-12"),
        ("[2019-03..2019-05]", "[2019-03..2019-05]"),
        ("[2019-03-01..2019-03-01]", "2019-02-28"),
    ],
)
def test_the_earlier_claim_ends_the_day_before_or_on_the_same_vague_day(since, until):
    claim = StanceFactory(since="2018")

    later = change(claim, since=since, position="opposes")

    assert (claim.until, later.since, later.until) == (until, since, "")


@given(st.dates())
def test_the_day_before_a_day_is_never_later_and_leaves_no_gap(day):
    until = last_day(day.isoformat())

    assert bool(until) == (day != day.min)
    assert not until or (day - bounds(until).latest).days == 1


def test_what_is_not_said_is_as_before_and_the_change_is_one():
    claim = StanceFactory(
        since="2018",
        position="supports",
        hedged=True,
        instruments=["economic"],
        summary="It helped.",
    )
    source, before = SourceFactory(), ChangeSet.objects.count()

    later = change(
        claim, since="2024-12-08", position="opposes", citations=cited(source), summary="It turned."
    )

    assert (later.actor_id, later.issue_id, later.hedged, later.instruments) == (
        claim.actor_id, claim.issue_id, True, ["economic"]
    )  # fmt: skip
    assert (later.position, later.summary, claim.summary) == ("opposes", "It turned.", "It helped.")
    assert ChangeSet.objects.count() == before + 1
    assert Stance.objects.get(pk=later.pk).version == 1


def test_the_earlier_one_cites_what_tells_that_it_ended_once():
    known, told_anew, contrary = SourceFactory(), SourceFactory(), SourceFactory()
    claim = StanceFactory(since="2018", citations=[{"source": known, "locator": "p. 3"}])
    citations = [
        *cited(known, told_anew),
        {"source": contrary.pk, "locator": "p. 9", "relation": "contradicts"},
    ]

    later = change(claim, since="2024-12-08", position="opposes", citations=citations)

    assert list(claim.citations.order_by("pk").values_list("source", "ends")) == [
        (known.pk, True),
        (told_anew.pk, True),
    ]
    assert not StanceCitation.objects.filter(stance=later.pk, ends=True).exists()


def test_of_two_actors_and_another_issue():
    claim, issue = AlignmentFactory(since="2019", pattern="coordinated"), IssueFactory()

    later = change(claim, since="2025-10-15", pattern="divergent", issue=issue.slug)

    assert Alignment.objects.get(pk=later.pk).issue == issue
    assert (later.actor_id, later.counterpart_id, claim.until) == (
        claim.actor_id,
        claim.counterpart_id,
        "2025-10-14",
    )


@pytest.mark.parametrize("since", ["2018-03-01", "2018", "2017", "2018-01-01"])
def test_it_can_not_have_changed_before_it_began_or_on_that_day(since):
    claim = StanceFactory(since="2018-03-01")

    with pytest.raises(InvalidError) as error:
        change(claim, since=since, position="opposes")

    assert told(error) == [("invalid", "since")]
    assert Stance.objects.count() == 1
    assert Stance.objects.get().until == ""


@pytest.mark.parametrize(
    ("until", "since"), [("2019-05", "2019-06-01"), ("2019", "2019"), ("2024-12-07", "2024-12-08")]
)
def test_nor_after_it_ended_and_not_twice(until, since):
    claim = StanceFactory(since="2018", until=until)

    with pytest.raises(InvalidError) as error:
        change(claim, since=since, position="opposes")

    assert told(error) == [("invalid", "since")]


def test_nor_while_nobody_holds_that_it_was_so():
    contested = StanceFactory(since="2018", standing="contested", standing_note="One paper only.")
    withdrawn = StanceFactory(since="2018")
    publish_whole(withdrawn)
    retract(withdrawn)

    for claim in (contested, withdrawn):
        with pytest.raises(RefusedError) as error:
            change(claim, since="2024-12-08", position="opposes")
        assert told(error) == [("refused", "")]
        assert error.value.problems[0].others == ((noun_of(claim), claim.pk),)


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written():
    claim = StanceFactory(since="2018")
    before = Stance.objects.get().version

    for payload, wrong in (
        ({}, [("required", "since")]),
        ({"since": "0001-01-01"}, [("invalid", "since")]),
        ({"since": "soon", "actor": "atlantis"}, [("invalid", "since"), ("unknown", "actor")]),
        ({"since": "2017", "position": "maybe", "colour": 1},
         [("invalid", "since"), ("unknown_field", "colour"), ("invalid", "position")]),
    ):  # fmt: skip
        with pytest.raises(InvalidError) as error:
            change(claim, **payload)
        assert told(error) == wrong, payload

    assert Stance.objects.get().version == before


def test_both_are_published_as_one_edition_and_neither_alone_beside_the_other():
    claim = StanceFactory(since="2018")
    publish_whole(claim)

    later = change(claim, since="2024-12-08", position="opposes", citations=cited(SourceFactory()))

    with pytest.raises(RefusedError) as error:
        publish_whole(Stance.objects.get(pk=later.pk))
    assert [problem.rule for problem in error.value.problems] == ["stance_one_accepted_at_once"]
    assert publish_whole(Stance.objects.get(pk=later.pk), claim) == 2


def test_that_nothing_was_found_is_nobody_s_rival():
    found = StanceFactory(since="2018")
    nothing = StanceFactory(
        actor=found.actor, issue=found.issue, position="no_evidence", citations=[]
    )
    again = StanceFactory(
        actor=found.actor, issue=found.issue, position="no_evidence", citations=[]
    )

    publish_whole(found, nothing, again)

    assert publish_whole(edit(found, position="opposes")) == 2


def test_the_later_claim_is_of_the_same_actor():
    claim, another = StanceFactory(since="2018"), ActorFactory()

    with pytest.raises(InvalidError) as error:
        change(claim, since="2024-12-08", position="opposes", actor=another.slug)

    assert told(error) == [("invalid", "actor")]
    assert Stance.objects.get().until == ""


def test_of_two_actors_either_comes_first_and_neither_is_another():
    claim = AlignmentFactory(since="2019", pattern="coordinated")
    sides = {"actor": claim.counterpart.slug, "counterpart": claim.actor.slug}

    with pytest.raises(InvalidError) as error:
        change(claim, since="2025-10-15", pattern="divergent", counterpart=ActorFactory().slug)

    assert told(error) == [("invalid", "counterpart")]
    change(claim, since="2025-10-15", pattern="divergent", **sides)
