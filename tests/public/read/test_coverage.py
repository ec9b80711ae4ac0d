"""How many records are public, and up to which day."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tracker.public.cards.covered import in_a_sentence
from tracker.public.read.coverage import UNKNOWN, facts
from tracker.values.nouns import Noun

ActingAs = Callable[[str], AbstractContextManager[None]]


@pytest.mark.django_db
def test_only_what_is_live_counts() -> None:
    stances = StanceFactory.create_batch(3)
    publish_whole(*stances[:2])
    publish(edit(stances[0], summary="Otherwise."))
    retract(stances[1])
    edition = publish(ActorFactory())

    assert facts(edition).records == {
        Noun.ISSUE: 2,
        Noun.ACTOR: 3,
        Noun.SOURCE: 2,
        Noun.STANCE: 1,
        Noun.ALIGNMENT: 0,
        Noun.MEETING: 0,
        Noun.VOTE: 0,
        Noun.ACT: 0,
    }


@pytest.mark.django_db
def test_claims_that_cite_nothing_are_counted_and_nothing_else() -> None:
    cited, bare = StanceFactory(), StanceFactory(position="no_evidence", citations=[])
    edition = publish_whole(cited, bare)

    assert facts(edition).sourceless == 1


def until(edition: int) -> dict[str, str]:
    """Return up to which day an edition goes, by resource, and of votes by the slug of the body."""
    told = facts(edition).covers
    return {
        f"{of.resource}{f' {of.body.slug}' if of.body else ''}": of.until.isoformat() for of in told
    }


@pytest.mark.django_db
def test_it_goes_up_to_the_newest_day_that_is_told_of_or_confirmed() -> None:
    """Not of what is forecast, planned or cancelled, and of no day to come;
    of vague days the first.
    """
    body, other = (
        ActorFactory(slug="body", kind="organization"),
        ActorFactory(slug="other", kind="organization"),
    )
    likely = {"basis": "forecast", "likelihood": "likely"}
    edition = publish_whole(
        StanceFactory(since="2018", confirmed_on="2019-06-01"),
        StanceFactory(since="2019-07", confirmed_on="2019-06-02"),
        StanceFactory(since="2020-01-01", **likely),
        StanceFactory(since=""),
        AlignmentFactory(since="2019-01-05", until="", confirmed_on="2019-02-03"),
        AlignmentFactory(since="2019-03-05", confirmed_on=None, **likely),
        MeetingFactory(since="2019-04-05"),
        MeetingFactory(since="2019-05-05", status="planned", citations=[]),
        MeetingFactory(since="2019-05-06", status="cancelled"),
        ActFactory(since="2019-05-21", until="2019-05-23"),
        VoteFactory(body=body, held="2019-02-28"),
        VoteFactory(body=body, held="2018-02-28"),
        VoteFactory(body=other, held="2017-02-28"),
        SourceFactory(issued="2019-08"),
    )

    assert until(edition) == {
        "stances": "2019-07-01",
        "alignments": "2019-02-03",
        "meetings": "2019-04-05",
        "acts": "2019-05-21",
        "votes body": "2019-02-28",
        "votes other": "2017-02-28",
        "sources": "2019-08-01",
    }


@pytest.mark.django_db
def test_no_later_edition_changes_how_far_one_goes_and_no_draft_does() -> None:
    stance = StanceFactory(since="2018-01-01", confirmed_on="2018-01-02")
    first = publish_whole(stance)
    edit(stance, confirmed_on="2019-01-01")
    VoteFactory()
    assert until(first)["stances"] == "2018-01-02"
    second = publish(stance)

    assert [until(edition)["stances"] for edition in (first, second)] == [
        "2018-01-02",
        "2019-01-01",
    ]
    assert not any(key.startswith("votes") for key in until(second))
    assert facts(0).covers == ()


@pytest.mark.django_db
def test_a_set_is_closed_if_each_frame_of_the_body_has_an_end() -> None:
    whole = [
        {"since": "1971-09-21", "until": "2020-12-31"},
        {"since": "2021-01-01", "until": "2021-03-03"},
    ]
    closed = ActorFactory(slug="closed", name="General Assembly", kind="organization", frames=whole)
    going_on = ActorFactory(
        kind="organization", frames=[whole[0], {"since": "2021-01-01", "until": ""}]
    )
    edition = publish_whole(
        *(VoteFactory(body=body) for body in (closed, going_on, ActorFactory(kind="bloc")))
    )

    told = {of.body.slug: of for of in facts(edition).covers if of.body}
    assert {slug: of.closed and of.closed.isoformat() for slug, of in told.items()} == {
        **dict.fromkeys(told), "closed": "2021-03-03"
    }  # fmt: skip
    assert [len(of.frames) for of in (told["closed"], told[going_on.slug])] == [2, 2]
    assert (
        "votes of the General Assembly up to 28 February 2019 (complete from 21 September "
        "1971 until 31 December 2020 and from 1 January 2021 until 3 March 2021; this set is "
        "closed)"
    ) in in_a_sentence([told["closed"]]).replace("Votes", "votes")
    assert "on)" in in_a_sentence([told[going_on.slug]])
    assert "closed" not in in_a_sentence([told[going_on.slug]])


@pytest.mark.django_db
def test_facts_are_one_statement_however_many_records_there_are() -> None:
    few = publish_whole(VoteFactory())
    many = publish_whole(*(VoteFactory() for _ in range(20)), *StanceFactory.create_batch(20))
    for edition in (few, many):
        with CaptureQueriesContext(connection) as queries:
            facts(edition)
        assert len(queries) == 1


@pytest.mark.django_db
def test_facts_that_are_missing_or_damaged_are_unknown(
    acting_as: ActingAs,
) -> None:
    edition = publish_whole(StanceFactory())
    for damage in (
        "UPDATE tracker_editionfacts SET records = '[]'",
        'UPDATE tracker_editionfacts SET records = \'{"stance": "many"}\'',
        'UPDATE tracker_editionfacts SET until = \'[["planet", null, "2019-01-01"]]\', '
        "records = '{}'",
        "DELETE FROM tracker_editionfacts",
    ):
        with acting_as("NONE"), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(damage)
            cursor.execute("SET LOCAL session_replication_role = origin")
        assert facts(edition) == UNKNOWN, damage
