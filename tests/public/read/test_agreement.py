"""What is counted of votes for agreement, once it is read."""

from datetime import date

import pytest

from tests.public.cards.documents import vague
from tracker.public.read.agreement import AgreementActor, BallotTable, FramedVotes
from tracker.values.periods import EMPTY, Days

BODY = AgreementActor(1, "assembly", "The Assembly", None, [])


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (None, None, Days(None, None)),
        ("2011", None, Days(date(2011, 12, 31), None)),
        (None, "2011", Days(None, date(2011, 1, 1))),
        ("2011", "2012", Days(date(2011, 12, 31), date(2012, 1, 1))),
        ("2011-05-01", "2011-05-01", Days(date(2011, 5, 1), date(2011, 5, 1))),
        ("2011", "2011", EMPTY),
    ],
)
def test_a_frame_covers_for_certain_what_lies_between_its_ends_whatever_these_mean(
    since, until, days
) -> None:
    assert (
        FramedVotes(BODY, {"since": vague(since), "until": vague(until)}, ["resolution"]).certain
        == days
    )


@pytest.mark.parametrize(
    ("cast", "reason"),
    [
        ("73", "no_seat"),
        ("57", "no_seat"),
        ("63", "not_evidenced"),
        ("35", "no_ballot"),
        ("34", "absent"),
        ("04", "not_participating"),
    ],
)
def test_a_vote_is_left_out_under_the_first_reason_whoever_has_it(cast: str, reason: str) -> None:
    [counted] = BallotTable([(2019, 0, 1, cast, None, None, 0)], of=[7, 3]).pairs([(0, 1)])

    assert {why for why, number in counted.left_out.items() if number} == {reason}


def test_intervals_of_a_pair_are_drawn_alike_whoever_comes_first() -> None:
    ballots = BallotTable(
        [(2019, 0, 2, "0212", [date(2019, 1, 1), date(2019, 1, 2)], [b"one", b"two"], 0)], of=[7, 3]
    )

    (days, seed), (turned, same) = map(ballots.drawn_of, ballots.pairs([(0, 1), (1, 0)]))

    assert seed == same
    assert (
        [(day.x, day.y) for day in days] == [(day.y, day.x) for day in turned] == [(-1, 1), (0, 1)]
    )
