"""Pages of documents: one statement, the same now and as of an edition, and only what stood."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.api.publishing import edit, publish, publish_whole, retract
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tracker.publication.read import lists
from tracker.publication.shapes.narrowing import FILTERS
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("edition", [None, 0, 1, 2])
@pytest.mark.parametrize("noun", Noun)
def test_a_page_takes_one_statement_now_and_then(noun: Noun, edition: int | None) -> None:
    """However many records it has."""
    publish_whole(*StanceFactory.create_batch(3))
    publish(ActorFactory())

    with CaptureQueriesContext(connections["publication"]) as queries:
        page = lists.page(noun, {}, edition=edition, after=None, size=50)

    assert len(queries) == 1
    assert page.edition == (2 if edition is None else edition)


def test_the_latest_edition_answers_alike_now_and_by_its_number() -> None:
    """After records came, changed and went."""
    actors = ActorFactory.create_batch(6)
    publish(*actors)
    publish(*(edit(actor, name=f"Other {actor.pk}") for actor in actors[:3]))
    number = retract(actors[0], actors[5])

    now = lists.page(Noun.ACTOR, {}, edition=None, after=None, size=3)
    then = lists.page(Noun.ACTOR, {}, edition=number, after=None, size=3)

    assert now == then
    assert len(now.results) == 3
    assert now.after is not None
    assert lists.count(Noun.ACTOR, {}, edition=number) == 4
    assert lists.count(Noun.ACTOR, {}, edition=1) == 6


def test_a_document_that_an_edition_closed_stood_until_the_one_before() -> None:
    """Never both versions, never none."""
    actor = ActorFactory(name="0")
    publish(actor)
    for name in "123":
        publish(edit(actor, name=name))

    for edition in range(1, 5):
        page = lists.page(Noun.ACTOR, {}, edition=edition, after=None, size=5)
        assert [f'"name":"{edition - 1}"' in record for record in page.results] == [True]
        assert page.results[0].startswith(f'{{"edition":{edition},"id":{actor.pk},')


def test_the_kind_of_an_actor_is_that_of_the_edition() -> None:
    """Though the stance's own document is the same."""
    stance = StanceFactory(actor=ActorFactory(kind="armed_group"), issue=IssueFactory())
    publish_whole(stance)
    publish(edit(stance.actor, kind="state"))

    assert lists.count(Noun.STANCE, {"actor_kind": ["armed_group"]}, edition=1) == 1
    assert lists.count(Noun.STANCE, {"actor_kind": ["armed_group"]}, edition=2) == 0


@pytest.mark.parametrize("noun", Noun)
def test_conditions_come_in_the_order_in_which_filters_are_declared(noun: Noun) -> None:
    """So that the same filters make the same statement, whatever order they are asked in."""
    names = [declared.name for declared in FILTERS[noun]]

    assert lists.conditions(noun, dict.fromkeys(names)) == lists.conditions(noun, dict.fromkeys(reversed(names)))
