"""Merging two versions of what both began with never loses what only one side changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.history.three_way import Changed, Side, ThreeWay

VALUES = st.none() | st.integers(0, 2)


def merged(sides: ThreeWay[int]) -> int | None:
    """Return what is saved."""
    return sides.mine if sides.saves_mine else sides.theirs


@pytest.mark.parametrize(
    ("seen", "theirs", "mine", "changed"),
    [
        (1, 1, 1, Changed.NOBODY),
        (1, 2, 1, Changed.THEIRS),
        (1, 1, 2, Changed.MINE),
        (1, 2, 2, Changed.ALIKE),
        (1, 2, 3, Changed.DIFFERENTLY),
        (1, None, 1, Changed.THEIRS),
        (1, None, 2, Changed.DIFFERENTLY),
        (1, None, None, Changed.ALIKE),
        (None, 1, None, Changed.THEIRS),
        (None, None, 1, Changed.MINE),
        (None, 1, 2, Changed.DIFFERENTLY),
    ],
)
def test_who_changed_it(seen, theirs, mine, changed):
    assert ThreeWay(seen, theirs, mine).changed is changed


@given(VALUES, VALUES, VALUES)
def test_what_only_one_side_changed_is_never_lost(seen, theirs, mine):
    sides = ThreeWay(seen, theirs, mine)

    if mine == seen:
        assert merged(sides) == theirs
    if theirs in (seen, mine):
        assert merged(sides) == mine
    assert sides.is_disputed == (len({seen, theirs, mine}) == 3)


@given(VALUES, VALUES, VALUES, st.sampled_from(Side))
def test_what_is_chosen_is_what_is_saved_as_long_as_nobody_changes_it_again(
    seen, theirs, mine, side
):
    before = ThreeWay(seen, theirs, mine)

    again = ThreeWay(theirs, theirs, mine, chosen=side, was_disputed=before.is_disputed)

    if before.is_disputed:
        assert again.choice is side
        assert merged(again) == {Side.THEIRS: theirs, Side.MINE: mine}[side]
    else:
        assert again.choice is None


@given(VALUES, VALUES, VALUES, st.sampled_from(Side))
def test_a_choice_of_what_is_another_by_now_is_asked_for_again(seen, theirs, mine, side):
    sides = ThreeWay(seen, theirs, mine, chosen=side, was_disputed=True)

    if seen != theirs:
        assert sides.choice is None
    assert sides.is_disputed == (mine != theirs)


@given(VALUES, VALUES, VALUES)
def test_what_is_in_dispute_is_shown_as_it_was_typed(seen, theirs, mine):
    sides = ThreeWay(seen, theirs, mine, chosen="theirs", was_disputed=True)

    assert sides.shows_mine or sides.mine == sides.theirs


def test_nonsense_is_no_choice():
    assert ThreeWay(1, 1, 2, chosen="both", was_disputed=True).choice is None
