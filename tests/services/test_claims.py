"""The day a claim was last checked, if nobody said."""

from datetime import date

from tracker.services.claims import default_confirmed_on, known_on

MAY, JUNE = date(2019, 5, 1), date(2019, 6, 1)


def test_a_source_vouches_for_the_day_it_appeared_or_else_was_read() -> None:
    assert known_on(issued_latest=MAY, accessed_on=JUNE) == MAY
    assert known_on(issued_latest=None, accessed_on=JUNE) == JUNE
    assert known_on(issued_latest=None, accessed_on=None) is None


def test_the_newest_source_counts() -> None:
    assert default_confirmed_on(sources=[MAY, None, JUNE]) == JUNE
    assert default_confirmed_on(sources=[None]) is None
    assert default_confirmed_on(sources=[]) is None
