"""What an edition is said to hold, and doesn't."""

import pytest

from tests.verify.world import World, complaints, damage, run
from tracker.models import EditionFacts


def test_facts_that_are_missing_are_told_and_the_next_edition_goes_on(world: World) -> None:
    last = EditionFacts.objects.order_by("edition").last()
    assert last is not None
    with damage():
        assert run(f"DELETE FROM tracker_editionfacts WHERE edition = {last.edition}") == 1

    assert complaints() == [f"edition {last.edition}: its facts are missing"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ("records = records || '{\"stance\": 99}'", "records"),
        ("independent = '{1,2,3,4}'", "independent"),
        ("with_address = 77", "with_address"),
        ("sourceless = 77", "sourceless"),
        ("coded = '{77}'", "coded"),
        ('until = \'[["stance", null, "1999-01-01"]]\'', "until"),
    ],
)
def test_facts_that_are_others_than_the_edition_are_told(
    world: World, change: str, field: str
) -> None:
    with damage():
        assert run(f"UPDATE tracker_editionfacts SET {change} WHERE edition = 2") == 1

    assert f"edition 2: its facts don’t follow from the edition before: {field}" in complaints()


def test_the_latest_edition_is_counted_whole(world: World) -> None:
    """Also where every row follows from a wrong one before."""
    with damage():
        run("UPDATE tracker_editionfacts SET sourceless = sourceless + 5")

    told = complaints()
    assert any("by its facts sourceless is" in complaint for complaint in told)
