"""Alignments in the admin."""

import pytest

from tests.admin.conftest import errors
from tests.api.publishing import publish_whole
from tests.factories import ActorFactory, AlignmentFactory, VoteFactory
from tracker.models import Alignment

pytestmark = pytest.mark.django_db


def test_an_alignment_is_of_two_actors(analyst, filled):
    alignment = AlignmentFactory()
    address = f"/admin/tracker/alignment/{alignment.pk}/change/"
    form = filled(analyst.get(address)) | {"counterpart": alignment.actor.pk}

    assert errors(analyst.post(address, form)) == {"counterpart": ["Choose another actor than the first."]}


def test_an_alignment_is_changed_with_its_citation(analyst, filled):
    alignment = AlignmentFactory()
    address, third = f"/admin/tracker/alignment/{alignment.pk}/change/", ActorFactory()
    form = filled(analyst.get(address)) | {"counterpart": third.pk, "citations-0-DELETE": "on"}

    assert analyst.post(address, form).status_code == 302

    alignment = Alignment.objects.get()
    assert (alignment.counterpart, alignment.citations.count()) == (third, 0)


def test_lists_are_filtered_by_either_actor(analyst):
    wanted = AlignmentFactory()
    AlignmentFactory(actor=wanted.counterpart)

    page = analyst.get("/admin/tracker/alignment/", {"counterpart__exact": wanted.counterpart.pk})

    assert list(page.context["cl"].result_list) == [wanted]


def test_beside_it_stands_how_alike_the_two_vote_for_readers(analyst):
    """By the latest edition, with the years that readers can follow; nothing where no frame covers their votes."""
    alignment = AlignmentFactory(actor__slug="russia", counterpart__slug="china")
    address = f"/admin/tracker/alignment/{alignment.pk}/change/"
    body = ActorFactory(kind="organization", frames=[{"kinds": ["resolution"], "since": "1971", "until": "2020"}])
    ballots = [{"actor": alignment.actor}, {"actor": alignment.counterpart, "choice": "no"}]
    votes = [VoteFactory(body=body, held="1990-10-01", ballots=ballots) for _ in range(20)]
    publish_whole(*votes[:19])
    assert "How alike the two vote" not in analyst.get(address).content.decode()

    publish_whole(votes[19])
    page = analyst.get(address).content.decode()

    assert "How alike the two vote" in page
    assert 'href="/pairs/china/russia/1990/"' in page
    assert "1990: 0.00, 20 votes compared" in page
