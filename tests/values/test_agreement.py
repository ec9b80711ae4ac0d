"""Measures of agreement over eight sums:
worked examples of the literature, and what holds of any pair.
"""

from fractions import Fraction
from itertools import pairwise

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped]
from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-untyped]

from tracker.values.agreement import (
    DRAWS,
    Sums,
    Undefined,
    alpha,
    identical,
    intervals,
    kappa,
    mean,
    pi,
    s,
)

MEASURES = (identical, mean, s, kappa, pi, alpha)
CODES = st.lists(st.tuples(st.integers(-1, 1), st.integers(-1, 1)), min_size=1, max_size=30)


def pairs(x: str, y: str) -> list[tuple[int, int]]:
    return list(zip(map(int, x), map(int, y), strict=True))


@pytest.mark.parametrize(
    ("codes", "span", "values"),
    [
        (pairs("1112233121", "1122331121"), 2, (0.7, 0.8, 0.6, 0.508197, 0.508197, 0.532787)),
        (
            [(1, 1)] * 48 + [(1, -1), (-1, 1)],
            2,
            (0.96, 0.96, 0.92, -0.020408, -0.020408, -0.010204),
        ),
        (
            list(zip([2, 1, 0, -1, -2, 1, 1, 0], [2, 1, 1, -1, -2, -1, 2, 0], strict=True)),
            4,
            (0.625, 0.875, 0.75, 0.777778, 0.777778, 0.791667),
        ),
    ],
)
def test_worked_examples(
    codes: list[tuple[int, int]], span: int, values: tuple[float, ...]
) -> None:
    sums = Sums.of(codes)
    measured = (
        identical(sums),
        mean(sums, span),
        s(sums, span),
        kappa(sums),
        pi(sums),
        alpha(sums),
    )
    assert measured == pytest.approx(values, abs=5e-7)


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_compared_is_no_number(measure) -> None:
    assert measure(Sums()) is Undefined.NOTHING_COMPARED


@pytest.mark.parametrize("measure", [kappa, pi, alpha])
def test_codes_that_never_vary_say_nothing_of_chance(measure) -> None:
    assert measure(Sums.of([(1, 1)] * 4)) is Undefined.NO_VARIATION


@given(CODES)
def test_neither_who_comes_first_nor_the_order_of_items_matters(codes) -> None:
    turned = [(y, x) for x, y in codes]
    for measure in MEASURES:
        assert (
            measure(Sums.of(codes)) == measure(Sums.of(turned)) == measure(Sums.of(sorted(codes)))
        )


@given(CODES)
def test_bounds_and_the_relations_between_measures(codes) -> None:
    sums = Sums.of(codes)
    assert 0 <= identical(sums) <= 1
    assert 0 <= mean(sums) <= 1
    assert s(sums) == pytest.approx(2 * mean(sums) - 1)
    values = [measure(sums) for measure in (pi, kappa)]
    assume(not any(isinstance(value, Undefined) for value in values))
    assert all(-1 <= value <= 1 for value in values)
    assert all(lower <= higher + 1e-12 for lower, higher in pairwise(values))
    assert alpha(sums) >= pi(sums)


@given(st.lists(st.integers(-1, 1), min_size=2, max_size=30))
def test_who_always_agrees_agrees_wholly(codes) -> None:
    assume(len(set(codes)) > 1)
    sums = Sums.of((code, code) for code in codes)
    assert [measure(sums) for measure in MEASURES] == [1] * 6


@given(CODES)
def test_kappa_is_that_of_the_table_of_weights(codes) -> None:
    """As Cohen (1968) writes it:
    one less observed disagreement over that expected by chance, squares of distances.
    """
    n = len(codes)
    observed = Fraction(sum((x - y) ** 2 for x, y in codes), n)
    expected = Fraction(sum((x - y) ** 2 for x, _ in codes for _, y in codes), n * n)
    assume(expected)
    assert kappa(Sums.of(codes)) == pytest.approx(float(1 - observed / expected), abs=1e-12)


@given(CODES)
def test_kappa_is_what_another_hand_computes(codes) -> None:
    sums = Sums.of(codes)
    assume(not isinstance(kappa(sums), Undefined))
    expected = cohen_kappa_score(*zip(*codes, strict=True), labels=[-1, 0, 1], weights="quadratic")
    assert kappa(sums) == pytest.approx(expected, abs=1e-9)


@given(CODES)
def test_alpha_is_what_another_hand_computes(codes) -> None:
    sums = Sums.of(codes)
    assume(not isinstance(alpha(sums), Undefined))
    rows = [[x for x, _ in codes], [y for _, y in codes]]
    expected = krippendorff.alpha(reliability_data=rows, level_of_measurement="interval")
    assert alpha(sums) == pytest.approx(expected, abs=1e-9)


@settings(deadline=None, max_examples=20)
@given(st.lists(CODES, min_size=20, max_size=24), st.binary(min_size=32, max_size=32))
def test_intervals_are_the_same_of_the_same_and_within_bounds(days, seed) -> None:
    by_measure = intervals([Sums.of(day) for day in days], seed)
    assert by_measure == intervals([Sums.of(sorted(day)) for day in days], seed)
    for name, (ends, undefined) in by_measure.items():
        assert 0 <= undefined <= DRAWS
        if isinstance(ends, tuple):
            low, high = ends
            assert -1 - 1e-9 <= low <= high <= 1 + 1e-9, name


def test_an_interval_is_what_draws_of_days_give() -> None:
    """The percentiles by hand of the same draws; where a draw has no value, it is counted."""
    days = [Sums.of([(1, 1)])] * 19 + [Sums.of([(1, -1), (-1, 1)])]
    by_measure = intervals(days, b"\x01" * 32)
    stream = np.random.RandomState(np.frombuffer(b"\x01" * 32, dtype="<u4"))
    drawn = [
        [int(place * 20) for place in draw] for draw in stream.random_sample((DRAWS, 20)).tolist()
    ]
    varied = [Sums.of([(1, 1)] * agreed + [(1, -1)]) for agreed in range(20)]
    sums = [Sums(*map(sum, zip(*(varied[place] for place in draw), strict=True))) for draw in drawn]
    for measure in (mean, identical):
        percentiles = tuple(np.percentile([measure(drawn) for drawn in sums], (2.5, 97.5)))
        assert intervals(varied, b"\x01" * 32)[measure.__name__].ends == pytest.approx(percentiles)
    without = sum(19 not in draw for draw in drawn)
    assert (by_measure["kappa"].undefined_draws, by_measure["mean"].undefined_draws) == (without, 0)
    assert 250 < without < 450
    alike = intervals(days[:1] * 20, b"\x01" * 32)
    assert alike["kappa"] == (Undefined.NO_VARIATION, DRAWS)


@pytest.mark.parametrize("measure", MEASURES)
def test_few_days_and_no_votes_have_no_interval(measure) -> None:
    few = [Sums.of([(1, 0)] * 100)] * 19
    assert intervals(few, b"\x01" * 32)[measure.__name__].ends is Undefined.FEW_DAYS
    assert intervals([], b"\x01" * 32)[measure.__name__].ends is Undefined.NOTHING_COMPARED


def test_intervals_cover_a_share_where_votes_of_a_day_are_alike() -> None:
    """As often as 95 % intervals of thirty days can;
    such as take votes for independent are too narrow for it.
    """
    random, drawn, independent = np.random.default_rng(20181201), 0, 0
    for number in range(200):
        agreed = random.beta(2, 1, size=30)  # of the votes of a day, 2/3 on average
        days = [
            Sums.of((1, 1) if hit else (1, -1) for hit in random.random(10) < share)
            for share in agreed
        ]
        low, high = intervals(days, number.to_bytes(32, "big"), ["identical"])["identical"].ends
        drawn += low <= 2 / 3 <= high
        low, high = proportion_confint(sum(day.identical for day in days), 300, method="wilson")
        independent += low <= 2 / 3 <= high
    assert 0.88 <= drawn / 200 <= 0.99
    assert independent / 200 < 0.85
