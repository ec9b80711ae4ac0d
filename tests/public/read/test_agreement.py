"""What is counted of votes for agreement, once it is read."""

from datetime import date

from tracker.public.read.agreement import BallotTable


def test_intervals_of_a_pair_are_drawn_alike_whoever_comes_first() -> None:
    ballots = BallotTable([(2019, 0, 2, "0212", [date(2019, 1, 1), date(2019, 1, 2)], [b"one", b"two"])], of=[7, 3])

    (days, seed), (turned, same) = map(ballots.drawn_of, ballots.pairs([(0, 1), (1, 0)]))

    assert seed == same
    assert [(day.x, day.y) for day in days] == [(day.y, day.x) for day in turned] == [(-1, 1), (0, 1)]
