"""What is nearest to a value that isn't valid:
each kind of filter knows it, and it is always valid itself.
"""

import pytest

from tracker.schema.filters import BadValueError, Day, Filter, Flag, Moment, OneOf, Search, Terms
from tracker.schema.number_filters import Number
from tracker.values.vocabularies import Theme

DAY, MOMENT, FLAG, NUMBER = (
    Day("on", ""),
    Moment("as_of", ""),
    Flag("differ", ""),
    Number("n", "", minimum=1, maximum=9),
)


@pytest.mark.parametrize(
    ("by", "value", "nearest"),
    [
        (DAY, "2019-06-31", "2019-06-30"),
        (DAY, "2019-13", "2019-12-01"),
        (DAY, "2019/2/30", "2019-02-28"),
        (DAY, "0000", "0001-01-01"),
        (DAY, "June", ""),
        (MOMENT, "2019-02-30", "2019-02-28T00:00:00Z"),
        (MOMENT, "now", ""),
        (FLAG, "YES", "true"),
        (FLAG, "no", ""),
        (NUMBER, "0", "1"),
        (NUMBER, "9" * 30, "9"),
        (NUMBER, "9" * 31, ""),
        (NUMBER, "2.5", ""),
        (Terms("theme", "", vocabulary=Theme), "Trades", "trade"),
        (OneOf("o", "", words=("any", "none")), "nane", "none"),
        (OneOf("o", "", words=("any", "none")), "xyz", ""),
        (Search("q", ""), "x" * 2000, ""),
    ],
)
def test_the_nearest_is_valid(by: Filter, value: str, nearest: str) -> None:
    with pytest.raises(BadValueError):
        by.parse([value])
    assert by.near(value) == nearest
    assert not nearest or by.parse([nearest])
