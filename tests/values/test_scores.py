"""Scores of forecasts: a worked example to the last digit, what holds of any,
and the interval by another's code.
"""

from collections import Counter
from datetime import date
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-untyped]

from tracker.values.scores import PROBABILITY, Tally, outcome_by, scores
from tracker.values.vocabularies import ForecastOutcome, Likelihood

EXAMPLE = [
    ("likely", True),
    ("likely", True),
    ("very_likely", True),
    ("almost_certain", False),
    ("unlikely", False),
]
FORECASTS = st.lists(st.tuples(st.sampled_from(Likelihood), st.booleans()), min_size=1, max_size=60)


def tallied(forecasts: list[tuple[str, bool]]) -> dict[Likelihood, Tally]:
    counted = Counter((Likelihood(term), came_about) for term, came_about in forecasts)
    return {
        term: Tally(counted[term, True] + counted[term, False], counted[term, True])
        for term in Likelihood
    }


def test_the_probability_of_a_term_is_the_middle_of_its_range() -> None:
    assert [float(PROBABILITY[term]) for term in Likelihood] == [
        0.03,
        0.125,
        0.325,
        0.5,
        0.675,
        0.875,
        0.97,
    ]


def test_a_worked_example_to_the_last_digit() -> None:
    come_to = scores(tallied(EXAMPLE))

    assert come_to is not None
    assert (come_to.n, come_to.brier, come_to.reliability) == (5, 0.25468, 0.25468)
    assert (come_to.resolution, come_to.uncertainty) == (0.24, 0.24)
    assert come_to.log == pytest.approx(-0.963843, abs=5e-7)


def test_of_nothing_there_is_no_score() -> None:
    assert scores(tallied([])) is None


@given(FORECASTS)
def test_scores_are_the_means_that_they_say_and_add_up(forecasts: list[tuple[str, bool]]) -> None:
    given_to_it = [
        float(PROBABILITY[Likelihood(term)]) if yes else 1 - float(PROBABILITY[Likelihood(term)])
        for term, yes in forecasts
    ]
    come_to = scores(tallied(forecasts))

    assert come_to is not None
    assert come_to.n == len(forecasts)
    assert come_to.brier == pytest.approx(sum((1 - p) ** 2 for p in given_to_it) / len(forecasts))
    assert come_to.log == pytest.approx(sum(map(log, given_to_it)) / len(forecasts))
    assert come_to.brier == pytest.approx(
        come_to.reliability - come_to.resolution + come_to.uncertainty, abs=1e-12
    )
    assert 0 <= come_to.resolution <= come_to.uncertainty + 1e-12
    assert come_to.uncertainty <= 0.25


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_the_interval_is_wilsons(counted: tuple[int, int]) -> None:
    n, yes = counted
    low, high = Tally(n, yes).interval

    assert (low, high) == pytest.approx(proportion_confint(yes, n, method="wilson"), abs=1e-9)
    assert 0 <= low <= yes / n + 1e-12
    assert yes / n - 1e-12 <= high <= 1


def test_what_was_decided_later_is_open_until_then() -> None:
    resolution = {"outcome": "no", "resolved_on": "2019-12-18"}

    assert outcome_by(resolution, date(2019, 12, 17)) is ForecastOutcome.OPEN
    assert outcome_by(resolution, date(2019, 12, 18)) is ForecastOutcome.NO
    assert outcome_by(resolution, None) is ForecastOutcome.NO
