"""Differences between groups and between waves, against scipy's exact tests and published ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evaluation.measures.groups import NoEffect, cliffs_delta, kruskal_wallis, mann_whitney
from evaluation.measures.partial import Partials, partial_tau
from evaluation.measures.spread import distribution, median_interval
from evaluation.measures.waves import friedman, page, rank_biserial, signed_rank

HOLLANDER_BEFORE = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
HOLLANDER_AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
"""Hamilton depression scores of nine patients: Hollander and Wolfe (1973), table 3.1."""
RUNNERS = [
    (5.40, 5.50, 5.55), (5.85, 5.70, 5.75), (5.20, 5.60, 5.50), (5.55, 5.50, 5.40),
    (5.90, 5.85, 5.70), (5.45, 5.55, 5.60), (5.40, 5.40, 5.35), (5.45, 5.50, 5.35),
    (5.25, 5.15, 5.00), (5.85, 5.80, 5.70), (5.25, 5.20, 5.10), (5.65, 5.55, 5.45),
    (5.60, 5.35, 5.45), (5.05, 5.00, 4.95), (5.50, 5.50, 5.40), (5.45, 5.55, 5.50),
    (5.55, 5.55, 5.35), (5.45, 5.50, 5.55), (5.50, 5.45, 5.25), (5.65, 5.60, 5.40),
    (5.70, 5.65, 5.55), (6.30, 6.30, 6.25),
]  # fmt: skip
"""Rounding first base in three ways: Hollander and Wolfe (1973), p. 140."""
small = st.lists(st.integers(0, 4), min_size=3, max_size=6)
tables = st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=6, max_size=10)


def test_wilcoxons_signed_rank_is_that_of_the_textbook():
    """V = 40 of 45 (R's help of wilcox.test), exact two-sided p = 0.03906."""
    found = signed_rank(HOLLANDER_AFTER, HOLLANDER_BEFORE)
    assert found.p == pytest.approx(0.03906, abs=0.00001)
    assert found.value == pytest.approx((40 - 5) / 45)
    assert found.interval[0] < found.value < found.interval[1] <= 1
    assert "all 512 patterns" in found.method


def test_friedman_and_kendalls_w_are_those_of_the_textbook():
    """chi2 = 11.143 and p = 0.003805 in R's help of friedman.test; W = chi2 / (22 * 2)."""
    found = friedman(RUNNERS)
    assert found.value == pytest.approx(11.143 / 44, abs=0.0001)
    assert found.p == pytest.approx(0.0038, abs=0.002)


def test_a_perfect_order_of_few_has_an_honest_p():
    """pingouin 0.7 gives p = 0.0 for four by three in perfect order; with six, 6 of 6^6 agree."""
    found = friedman([(1, 2, 3)] * 6, resamples=2000)
    assert found.p == pytest.approx(1 / 2001)
    assert friedman([(1, 2, 3)] * 5) == NoEffect("few")
    assert friedman([(1, 1, 1)] * 6) == NoEffect("constant")


def test_pages_trend_agrees_with_scipy():
    ours = page(RUNNERS)
    theirs = stats.page_trend_test([row[::-1] for row in RUNNERS], method="asymptotic")
    assert ours.value < 0
    # One-sided there and two-sided here.
    assert ours.p == pytest.approx(2 * theirs.pvalue, abs=0.002)
    assert ours.interval[1] < 0


def test_mann_whitney_is_exact_as_scipys_is():
    first, second = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], [
        1.15, 0.88, 0.90, 0.74, 1.21,
    ]  # fmt: skip
    # Hollander and Wolfe (1973), p. 69; R gives W = 35 and one-sided p = 0.1272.
    found = mann_whitney(first, second)
    assert found.value == pytest.approx(2 * 35 / 50 - 1)
    assert found.p == pytest.approx(stats.mannwhitneyu(first, second, method="exact").pvalue)
    assert found.p == pytest.approx(2 * 0.1272, abs=0.0002)
    assert "all 3003 divisions" in found.method
    assert found.interval[0] < found.value < found.interval[1]


def test_of_many_divisions_as_many_are_drawn_as_asked():
    first, second = list(range(24)), list(range(6, 30))
    found = mann_whitney(first, second, resamples=4000)
    assert found.p == pytest.approx(stats.mannwhitneyu(first, second).pvalue, abs=0.01)


def test_kruskal_wallis_agrees_with_scipys_statistic():
    groups = [[2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0]]
    # Hollander and Wolfe (1973), p. 116: H = 0.7714.
    found = kruskal_wallis(groups)
    assert found.value == pytest.approx(0.7714 / 13, abs=0.0001)
    assert found.p == pytest.approx(0.71, abs=0.02)


@given(small, small)
@settings(deadline=None, max_examples=40)
def test_turning_the_groups_around_turns_the_sign_and_nothing_else(first, second):
    found = mann_whitney(first, second, resamples=99)
    turned = mann_whitney(second, first, resamples=99)
    if isinstance(found, NoEffect):
        assert found == turned
    else:
        assert found.p == pytest.approx(turned.p, abs=0.3)  # drawn, if there are over 99
        assert cliffs_delta(first, second) == -cliffs_delta(second, first)


@given(tables)
@settings(deadline=None, max_examples=30)
def test_effects_between_waves_stay_within_bounds(table):
    for test in (friedman, page):
        found = test(table, resamples=99)
        if not isinstance(found, NoEffect):
            assert -1 - 1e-9 <= found.value <= 1 + 1e-9
            assert 0.01 <= found.p <= 1
    before, after = [row[0] for row in table], [row[1] for row in table]
    assert rank_biserial(before, after) == pytest.approx(-rank_biserial(after, before))


def test_a_relation_that_a_third_variable_makes_goes_away_when_it_is_held():
    size = [0] * 8 + [1] * 8
    x = [0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 2, 3]
    y = [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3]
    assert stats.kendalltau(x, y).pvalue < 0.01
    held = partials(x, y, size).of("x", "y", "held", tested=True)
    assert held.whole == pytest.approx(stats.kendalltau(x, y).statistic)
    assert abs(held.value) < 0.2
    assert held.p > 0.5
    assert held.interval[0] < 0 < held.interval[1]
    # Kendall's formula with scipy's three tau-b.
    xy, xh, yh = (stats.kendalltau(*pair).statistic for pair in ((x, y), (x, size), (y, size)))
    expected = (xy - xh * yh) / ((1 - xh**2) * (1 - yh**2)) ** 0.5
    assert partial_tau(x, y, size) == pytest.approx(expected)
    assert held.value == pytest.approx(expected)


def partials(x, y, held):
    columns = {"x": x, "y": y, "held": held}
    scores = {
        name: np.array(own, dtype=float).reshape(len(own), -1) for name, own in columns.items()
    }
    return Partials(scores, resamples=500)


def test_a_relation_of_its_own_stays_when_another_is_held():
    x, other = [1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 0, 1, 0, 1, 0, 1]
    held = partials(x, [*x[:6], 8, 7], other).of("x", "y", "held", tested=True)
    assert held.value > 0.9
    assert held.p == pytest.approx(1 / 288, abs=0.01)  # of (4!)^2 orders 2 are as far


def test_where_no_unit_has_another_like_it_there_is_no_p_and_of_few_nothing():
    found = partials([1, 2, 3, 4, 5, 6], [1, 3, 2, 4, 6, 5], [1, 2, 3, 4, 6, 5])
    assert found.of("x", "y", "held", tested=True).p is None
    assert found.of("x", "y", "x").reason == "same"
    few = partials([1, 2, 3, 4, 5, np.nan], [1, 3, 2, 4, 6, 5], [1, 2, 3, 4, 6, 5])
    assert few.of("x", "y", "held").reason == "few"
    assert partials([1] * 6, [1, 3, 2, 4, 6, 5], [1, 2, 3, 4, 6, 5]).of(
        "x", "y", "held"
    ).reason == ("constant")


def test_over_several_rounds_a_common_trend_is_held_as_well():
    """Each round is the first with a rise for all: the partial stays that of one round."""
    x, y, held = [1, 2, 3, 4, 5, 6, 7], [2, 1, 4, 3, 6, 5, 7], [0, 1, 1, 0, 1, 0, 1]
    once = partials(x, y, held).of("x", "y", "held")
    rising = [[[value, value + 50, value + 100] for value in own] for own in (x, y)]
    over = partials(*rising, [[value] * 3 for value in held]).of("x", "y", "held")
    assert (over.value, over.whole, over.n) == (pytest.approx(once.value), once.whole, 7)


def test_location_and_spread_with_their_intervals():
    """Darwin's fifteen differences of maize (1876): mean 20.93, sd 37.74, t 0.03 to 41.84."""
    darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    found = distribution(darwin, resamples=2000)
    assert found.mean.value == pytest.approx(20.93, abs=0.01)
    assert found.mean.interval == pytest.approx((0.03, 41.84), abs=0.01)
    assert found.sd.value == pytest.approx(37.74, abs=0.01)
    assert found.median.interval == (8, 49)  # the 4th from either side: 96.5%
    assert found.sd.interval[0] < found.sd.value < found.sd.interval[1]
    assert distribution(darwin[:5]).mean.interval is None
    assert median_interval(darwin[:5]) is None
