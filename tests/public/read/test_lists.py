"""Pages of documents: one statement, the same now and as of an edition, and only what was live."""

import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, IssueFactory, StanceFactory, VoteFactory
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tests.public.read.questions import listed, plan
from tracker.public.read import queries
from tracker.public.read.connection import rows
from tracker.schema.records import FILTERS, USUAL
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def test_a_page_takes_one_statement_now_and_then():
    """However many records it has, and with a count."""
    publish_whole(*StanceFactory.create_batch(3))
    publish(ActorFactory())

    for noun, edition in product(Noun, (None, 0, 1, 2)):
        with CaptureQueriesContext(connections["publication"]) as asked:
            selection = listed(noun, edition=edition, counts=True)
        assert len(asked) == 1
        assert (
            selection.answering.number
            == selection.page.edition
            == (2 if edition is None else edition)
        )
        assert selection.answering.latest == 2
        assert selection.count == len(selection.page.results)


def test_the_latest_edition_answers_alike_now_and_by_its_number() -> None:
    actors = ActorFactory.create_batch(6)
    publish(*actors)
    publish(*(edit(actor, name=f"Other {actor.pk}") for actor in actors[:3]))
    number = retract(actors[0], actors[5])

    now = listed(Noun.ACTOR, size=3, counts=True)
    then = listed(Noun.ACTOR, size=3, counts=True, edition=number)

    assert now == then
    assert len(now.page.results) == 3
    assert now.page.after is not None
    assert now.count == 4
    assert listed(Noun.ACTOR, edition=1, counts=True).count == 6


def test_a_document_that_an_edition_closed_stood_until_the_one_before() -> None:
    actor = ActorFactory(name="0")
    publish(actor)
    for name in "123":
        publish(edit(actor, name=name))

    for edition in range(1, 5):
        results = listed(Noun.ACTOR, edition=edition).page.results
        assert [b'"name":"%d"' % (edition - 1) in record for record in results] == [True]
        assert results[0].startswith(b'{"edition":%d,"id":%d,' % (edition, actor.pk))


def test_the_kind_of_an_actor_is_that_of_the_edition() -> None:
    stance = StanceFactory(actor=ActorFactory(kind="armed_group"), issue=IssueFactory())
    publish_whole(stance)
    publish(edit(stance.actor, kind="state"))
    groups = {"actor_kind": ["armed_group"]}

    assert listed(Noun.STANCE, groups, edition=1, counts=True).count == 1
    assert listed(Noun.STANCE, groups, edition=2, counts=True).count == 0


@pytest.mark.parametrize("few", [0, 4, queries.FEW_RECORDS])
@pytest.mark.parametrize("counts", [True, False])
def test_claims_are_the_same_whichever_way_they_are_looked_for(few, counts, monkeypatch):
    """Issue by issue where they are few, or all in order; there are four."""
    monkeypatch.setattr(queries, "FEW_RECORDS", few)
    queries.page.cache_clear()
    top = IssueFactory(slug="top")
    below = [IssueFactory(parent=top), IssueFactory(parent=IssueFactory(parent=top))]
    stances = [
        StanceFactory(issue=issue, since=f"{year}")
        for year in (2011, 2012)
        for issue in (top, *below)
    ]
    publish_whole(*stances, StanceFactory())

    pages, after = [], None
    for _ in range(3):
        selection = listed(Noun.STANCE, {"under": ["top"]}, size=2, after=after, counts=counts)
        pages += selection.page.results
        after = selection.page.after
        assert selection.count == (6 if counts else None)
    queries.page.cache_clear()

    expected = sorted(stances, key=lambda stance: (stance.since, stance.pk), reverse=True)
    assert after is None
    assert [
        b'"id":%d,' % stance.pk in result for stance, result in zip(expected, pages, strict=True)
    ] == [True] * 6


@pytest.mark.parametrize("noun", Noun)
def test_the_same_filters_make_the_same_statement(noun: Noun) -> None:
    """In whatever order they are asked for; so it is prepared once, and short enough to be kept."""
    names = [declared.name for declared in FILTERS[noun]]
    asked: dict[str, Any] = {"as_of": "latest", "further": True, "counted": True}
    made = [
        queries.page(noun, frozenset(given), USUAL[noun], **asked)
        for given in (names, reversed(names))
    ]

    assert made[0] == made[1]
    statement = queries.page(noun, frozenset(names[:2]), USUAL[noun], **asked)
    assert len(statement) < 4096


@pytest.mark.parametrize("prepared", [True, False])
@pytest.mark.parametrize(
    "text", ["it's", 'a "phrase"', "100 %", "%(text)s", "{text}", "back\\slash", "', 1); --"]
)
def test_a_value_stays_a_value_whether_it_is_bound_or_written_in(text: str, prepared: bool) -> None:
    """A search's words are written into its statement, by the driver."""
    assert rows("SELECT %(text)s::text, 7 %% 4", {"text": text}, prepared=prepared) == [(text, 3)]


@pytest.mark.parametrize("edition", [None, 1])
@pytest.mark.parametrize(
    ("noun", "name"),
    [(Noun.STANCE, "on"), (Noun.ALIGNMENT, "to"), (Noun.MEETING, "to"), (Noun.VOTE, "to")],
)
def test_a_list_of_a_day_begins_in_the_index_at_that_day(
    noun: Noun, name: str, edition: int | None
) -> None:
    """However much came later: an index that has all in order is entered where the day is."""
    publish(ActorFactory())

    text = plan(
        lambda: listed(noun, {name: date(1971, 9, 5)}, edition=edition),
        "seqscan",
        "bitmapscan",
        "sort",
        "mergejoin",
    )

    assert re.search(
        rf"Index.* Scan using {noun}_(now|then)\w* on .*\n\s+Index Cond: \(+sort <= ", text
    ), text


@pytest.mark.parametrize("edition", [None, 1])
def test_claims_of_an_actor_on_a_day_are_found_in_an_index_alone(edition: int | None) -> None:
    """A matrix asks for them; it reads documents only once it is known which ones it has."""
    publish(ActorFactory(slug="china"))
    chosen = {"actor": ["china"], "on": date(2019, 6, 15), "standing": ["any"]}

    text = plan(
        lambda: listed(Noun.STANCE, chosen, edition=edition),
        "seqscan",
        "bitmapscan",
        "sort",
        "mergejoin",
    )

    index = "stance_now_actor" if edition is None else "stance_then_actor"
    assert f"Index Only Scan using {index} on " in text, text


def test_a_vote_of_an_unknown_day_is_in_no_list_up_to_a_day() -> None:
    publish_whole(VoteFactory(held=""), vote := VoteFactory(held="1971-09"))

    [record] = listed(Noun.VOTE, {"to": date(1971, 9, 5)}).page.results

    assert b'"id":%d,' % vote.pk in record
