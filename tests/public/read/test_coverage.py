"""How many records are public."""

import pytest

from tests.factories import ActorFactory, StanceFactory
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tracker.public.read.coverage import counts
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
