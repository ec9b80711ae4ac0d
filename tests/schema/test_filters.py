"""How the values of parameters are read, and what is said of those that don't fit."""

from datetime import UTC, date, datetime

import pytest

from tracker.schema.filters import (
    BadValueError,
    Codes,
    Day,
    Filter,
    Flag,
    Ids,
    Moment,
    OneOf,
    Terms,
    Words,
)
from tracker.schema.number_filters import Number
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Confidence

DAY = Day("on", "")
MOMENT = Moment("as_of", "")
FLAG = Flag("hedged", "")
IDS = Ids("id", "", noun=Noun.STANCE)
WHOLE = Number("score", "", minimum=-2, maximum=2_147_483_647)
TERMS = Terms("confidence", "", vocabulary=Confidence)
WORDS = Words("standing", "", words=("accepted", "any"))
ONE_OF = OneOf("format", "", words=("json",))
CODES = Codes("country", "", pattern="[A-Z]{3}", example="CHN")


@pytest.mark.parametrize(
    ("declared", "values", "parsed"),
    [
        (DAY, ["2020-02-29"], date(2020, 2, 29)),
        (MOMENT, ["2026-11-25t01:00:00+01:00"], datetime(2026, 11, 25, tzinfo=UTC)),
        (MOMENT, ["2026-11-25T00:00:00z"], datetime(2026, 11, 25, tzinfo=UTC)),
        (FLAG, ["true"], True),
        (FLAG, ["false"], False),
        (IDS, ["1", "007", "2147483647"], ["1", "7", "2147483647"]),
        (WHOLE, ["-2"], -2),
        (WHOLE, ["2147483647"], 2_147_483_647),
        (TERMS, ["low", "high"], ["low", "high"]),
        (WORDS, ["any"], ["any"]),
        (ONE_OF, ["json"], "json"),
        (CODES, ["CHN", "RUS"], ["CHN", "RUS"]),
    ],
)
def test_a_value_that_fits_is_read(declared: Filter, values: list[str], parsed: object) -> None:
    assert declared.parse(values) == parsed


@pytest.mark.parametrize(
    ("declared", "values", "remedy"),
    [
        (DAY, ["2019-02-29"], "write YYYY-MM-DD"),
        (DAY, ["2019-W01-1"], "write YYYY-MM-DD"),
        (DAY, ["２０１９-01-01"], "write YYYY-MM-DD"),
        (DAY, ["2019-01-01", "2019-01-02"], "give it once"),
        (FLAG, ["True"], "neither true nor false"),
        (IDS, ["1", "0"], "“0” is not the number of a record"),
        (IDS, ["2147483648"], "write digits"),
        (IDS, ["٣"], "write digits"),
        (WHOLE, ["2147483648"], "from -2 to 2147483647"),
        (WHOLE, ["1e3"], "from -2 to 2147483647"),
        (TERMS, ["low", "certain"], "“certain” is not one of low, moderate, high"),
        (WORDS, ["none"], "not one of accepted, any"),
        (ONE_OF, ["csv"], "not one of json"),
        (CODES, ["CHN\n"], "the form of e.g. CHN"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_the_remedy(
    declared: Filter, values: list[str], remedy: str
) -> None:
    with pytest.raises(BadValueError, match=remedy):
        declared.parse(values)
