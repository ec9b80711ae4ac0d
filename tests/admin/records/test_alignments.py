"""Alignments in the admin."""

import pytest

from tests.admin.conftest import errors
from tests.factories import ActorFactory, AlignmentFactory
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
