"""Alignments in the admin."""

import pytest
from django.db import connections

from tests.costs import cost
from tests.desk.admin.conftest import address, errors
from tests.factories import ActorFactory, AlignmentCitationFactory, AlignmentFactory, VoteFactory
from tests.public.api.publishing import publish_whole
from tracker.models import Alignment, Vote

pytestmark = pytest.mark.django_db


def test_an_alignment_is_of_two_actors(analyst, filled):
    alignment = AlignmentFactory()
    form = filled(analyst.get(address(alignment))) | {"counterpart": alignment.actor.pk}

    assert errors(analyst.post(address(alignment), form)) == {
        "counterpart": ["Choose another actor than the first."]
    }


def test_an_alignment_is_changed_with_its_citation(analyst, filled):
    alignment, third = AlignmentFactory(), ActorFactory()
    form = filled(analyst.get(address(alignment))) | {
        "counterpart": third.pk,
        "citations-0-DELETE": "on",
    }

    assert analyst.post(address(alignment), form).status_code == 302

    alignment = Alignment.objects.get()
    assert (alignment.counterpart, alignment.citations.count()) == (third, 0)


@pytest.mark.parametrize("page", ["change", "review"])
def test_beside_it_stands_how_alike_the_two_vote_for_readers(analyst, voting, page):
    """By the latest edition, with the years that readers can follow;
    nothing where no frame covers their votes.
    """
    alignment, votes = voting(20)
    publish_whole(*votes[:19])
    assert "How alike the two vote" not in analyst.get(address(alignment, page)).content.decode()

    publish_whole(votes[19])
    shown = analyst.get(address(alignment, page)).content.decode()

    assert "How alike the two vote" in shown
    assert 'href="/pairs/china/russia/1990/"' in shown
    assert "1990: 0.00, 20 votes compared" in shown
    # though votes are of enough days: it is on the page of the two
    assert 'class="interval"' not in shown
    assert 'href="/pairs/china/russia/#agreement"' in shown
    assert 'class="interval"' in analyst.get("/pairs/china/russia/").content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("page", ["change", "review"])
def test_it_costs_as_much_with_twenty_years_of_votes_and_twenty_citations(analyst, voting, page):
    alignment, votes = voting(39)

    def asked() -> None:
        assert (
            "1990: 0.00, 20 votes compared"
            in analyst.get(address(alignment, page)).content.decode()
        )

    publish_whole(*votes[:20])
    asked()
    cost_of_one = cost(asked)
    publish_whole(*votes[20:])
    AlignmentCitationFactory.create_batch(19, alignment=alignment)
    asked()

    assert cost(asked) == cost_of_one


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", ["change", "review"])
def test_it_is_counted_where_the_desk_is_not_on_a_replica_of_readers(
    analyst, voting, page, monkeypatch
):
    alignment, votes = voting(20)
    publish_whole(*votes)
    monkeypatch.setitem(connections["publication"].settings_dict, "NAME", "nowhere")

    shown = analyst.get(address(alignment, page)).content.decode()

    assert "1990: 0.00, 20 votes compared" in shown


@pytest.fixture
def voting():
    """Return how to make an alignment of two and votes:
    up to twenty days of 1990, then one of each year.
    """

    def made(number: int) -> tuple[Alignment, list[Vote]]:
        alignment = AlignmentFactory(actor__slug="russia", counterpart__slug="china")
        body = ActorFactory(
            kind="organization",
            frames=[{"kinds": ["resolution"], "since": "1971", "until": "2020"}],
        )
        ballots = [{"actor": alignment.actor}, {"actor": alignment.counterpart, "choice": "no"}]
        held = [f"1990-10-{day + 1:02}" for day in range(20)] + [
            f"{year}-10-01" for year in range(1991, 2010)
        ]
        return alignment, [
            VoteFactory(body=body, held=day, ballots=ballots) for day in held[:number]
        ]

    return made
