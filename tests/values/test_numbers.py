"""Numbers that clients write, as long as they may be."""

from tracker.values.numbers import number


def test_a_number_has_as_many_digits_as_are_allowed() -> None:
    assert number("123456789") == 123_456_789
    assert number("1234567890") is None
    assert number("12", digits=2) == 12
    assert number("123", digits=2) is None


def test_what_is_no_number_is_none() -> None:
    for text in ("", "-1", "+1", "1.5", " 1", "1_000", "x", "²", "٣"):
        assert number(text) is None, text
