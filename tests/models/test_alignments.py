"""Alignments: of two actors, stored as entered."""

import pytest

from tests.factories import ActorFactory, AlignmentFactory
from tests.models.rows import refused, row_of, write

pytestmark = pytest.mark.django_db


def test_an_alignment_is_of_two_actors(by):
    alignment = AlignmentFactory(citations=[])

    with refused("alignment_is_of_two_actors"):
        write(by, alignment, counterpart_id=alignment.actor_id)
    with refused("alignment_is_of_two_actors"):
        write(by, alignment, actor_id=alignment.counterpart_id)


def test_an_alignment_is_kept_the_way_round_it_was_entered(by):
    alignment = AlignmentFactory(citations=[])
    first, second = ActorFactory(), ActorFactory()

    alignment.pk = write(by, alignment, actor_id=second.pk, counterpart_id=first.pk, pattern="defers")

    row = row_of(alignment)
    assert (row["actor_id"], row["counterpart_id"]) == (second.pk, first.pk)
