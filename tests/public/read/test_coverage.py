"""How many records are public, and up to which day."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from threading import Barrier
from time import sleep

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
from tracker.public.read.coverage import SingleFlight, counts, covers
from tracker.values.nouns import Noun


@pytest.mark.django_db
def test_only_what_is_live_counts() -> None:
    stances = StanceFactory.create_batch(3)
    publish_whole(*stances[:2])
    publish(edit(stances[0], summary="Otherwise."))
    retract(stances[1])
    edition = publish(ActorFactory())

    assert {noun: number.whole for noun, number in counts(edition, None).items()} == {
        Noun.ISSUE: 2, Noun.ACTOR: 3, Noun.SOURCE: 2, Noun.STANCE: 1, Noun.ALIGNMENT: 0, Noun.MEETING: 0, Noun.VOTE: 0,
        Noun.ACT: 0,
    }  # fmt: skip


@pytest.mark.django_db
def test_claims_that_cite_nothing_are_counted_and_nothing_else() -> None:
    cited, bare = StanceFactory(), StanceFactory(position="no_evidence", citations=[])
    edition = publish_whole(cited, bare)

    assert {noun: number.sourceless for noun, number in counts(edition, None).items() if number.sourceless} == {
        Noun.STANCE: 1
    }


def until(edition: int) -> dict[str, str]:
    """Return up to which day an edition goes, by resource, and of votes by the slug of the body."""
    told = covers(edition, None)
    return {f"{of.resource}{f' {of.body.slug}' if of.body else ''}": of.until.isoformat() for of in told}


@pytest.mark.django_db
def test_it_goes_up_to_the_newest_day_that_is_told_of_or_confirmed() -> None:
    """Not of what is forecast, planned or cancelled, and of no day to come; of vague days the first."""
    body, other = ActorFactory(slug="body", kind="organization"), ActorFactory(slug="other", kind="organization")
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
        "stances": "2019-07-01", "alignments": "2019-02-03", "meetings": "2019-04-05", "acts": "2019-05-21",
        "votes body": "2019-02-28", "votes other": "2017-02-28", "sources": "2019-08-01",
    }  # fmt: skip


@pytest.mark.django_db
def test_no_later_edition_changes_how_far_one_goes_and_no_draft_does() -> None:
    stance = StanceFactory(since="2018-01-01", confirmed_on="2018-01-02")
    first = publish_whole(stance)
    edit(stance, confirmed_on="2019-01-01")
    VoteFactory()
    assert until(first)["stances"] == "2018-01-02"
    second = publish(stance)
    covers.cache_clear()

    assert [until(edition)["stances"] for edition in (first, second)] == ["2018-01-02", "2019-01-01"]
    assert not any(key.startswith("votes") for key in until(second))
    assert covers(0, None) == []


@pytest.mark.django_db
def test_a_set_is_closed_if_each_frame_of_the_body_has_an_end() -> None:
    whole = [{"since": "1971-09-21", "until": "2020-12-31"}, {"since": "2021-01-01", "until": "2021-03-03"}]
    closed = ActorFactory(slug="closed", name="General Assembly", kind="organization", frames=whole)
    going_on = ActorFactory(kind="organization", frames=[whole[0], {"since": "2021-01-01", "until": ""}])
    edition = publish_whole(*(VoteFactory(body=body) for body in (closed, going_on, ActorFactory(kind="bloc"))))

    told = {of.body.slug: of for of in covers(edition, None) if of.body}
    assert {slug: of.closed and of.closed.isoformat() for slug, of in told.items()} == {
        **dict.fromkeys(told), "closed": "2021-03-03"
    }  # fmt: skip
    assert [len(of.frames) for of in (told["closed"], told[going_on.slug])] == [2, 2]
    assert (
        "votes of the General Assembly up to 28 February 2019 (complete from 21 September 1971 until 31 December 2020 "
        "and from 1 January 2021 until 3 March 2021; this set is closed)"
    ) in in_a_sentence([told["closed"]]).replace("Votes", "votes")
    assert "on)" in in_a_sentence([told[going_on.slug]])
    assert "closed" not in in_a_sentence([told[going_on.slug]])


@pytest.mark.django_db
def test_how_far_an_edition_goes_is_one_statement_and_kept() -> None:
    edition = publish_whole(*(VoteFactory() for _ in range(5)), StanceFactory())
    with CaptureQueriesContext(connection) as queries:
        covers(edition, 1)
        covers(edition, 1)
    assert len(queries) == 1


def test_who_asks_while_it_is_counted_waits_for_it() -> None:
    """Of one edition it is counted once, and of another for itself."""
    counted, at_once = list[int](), Barrier(8)

    def slowly(edition: int, stamp: int | None) -> int:
        counted.append(edition)
        sleep(0.05)
        return edition * 10

    whole = SingleFlight(lru_cache(maxsize=100)(slowly))

    def ask(edition: int) -> int:
        at_once.wait()
        return whole(edition, 1)

    with ThreadPoolExecutor(8) as readers:
        answers = [*readers.map(ask, [1, 2] * 4)]
    assert answers == [10, 20] * 4
    assert sorted(counted) == [1, 2]
    whole.cache_clear()
    assert whole(1, 1) == 10
    assert sorted(counted) == [1, 1, 2]
