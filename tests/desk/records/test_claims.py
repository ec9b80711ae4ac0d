"""The day a claim was last checked, if nobody said."""

from datetime import date

from tracker.desk.records.references import default_confirmed_on, known_on

MAY, JUNE, JULY = date(2019, 5, 1), date(2019, 6, 1), date(2019, 7, 1)


def test_a_source_vouches_for_the_first_day_it_can_have_appeared_on_or_else_was_read() -> None:
    assert known_on(issued_earliest=MAY, accessed_on=JUNE) == MAY
    assert known_on(issued_earliest=None, accessed_on=JUNE) == JUNE
    assert known_on(issued_earliest=None, accessed_on=None) is None


def test_the_newest_source_counts() -> None:
    assert default_confirmed_on(sources=[MAY, None, JUNE], today=JULY) == JUNE
    assert default_confirmed_on(sources=[None], today=JULY) is None
    assert default_confirmed_on(sources=[], today=JULY) is None


def test_it_is_never_after_today() -> None:
    assert default_confirmed_on(sources=[MAY, JULY], today=JUNE) == JUNE
