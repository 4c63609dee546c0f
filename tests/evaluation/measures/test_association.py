"""Associations of few units, against values computed by hand and by other libraries."""

import doctest
import importlib
import math
import pkgutil
import warnings

import numpy as np
import pingouin
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from evaluation import measures
from evaluation.measures.association import (
    FEWEST_UNITS,
    NoAssociation,
    cramers_v,
    kendall_tau_b,
    nominal_association,
    ordinal_association,
)
from evaluation.measures.bootstrap import bootstrap_interval

SOCIAL = [2, 2, 1, 1, 1, 1, 1, 3, 3, 2, 3, 0, 0, 1, 0, 0]
SUPPORT = [2, 1, 1, 1, 1, 2, 2, 2, 2, 2, 1, 0, 0, 2, 0, 1]
"""Levels of social learning and of support of municipalities 1 to 16 of the 2007 study."""

ranks = st.lists(st.integers(0, 3), min_size=6, max_size=12)
pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=6, max_size=12)


@pytest.mark.parametrize(
    "name", [module.name for module in pkgutil.iter_modules(measures.__path__)]
)
def test_the_examples_in_the_docstrings_are_true(name):
    module = importlib.import_module(f"evaluation.measures.{name}")
    assert doctest.testmod(module).failed == 0


def test_the_examples_of_the_rules_for_relations_are_true():
    from evaluation.findings import relations

    found = doctest.testmod(relations)
    assert found.failed == 0
    assert found.attempted > 0


def test_tau_b_by_hand_on_the_2007_study():
    """Of the 120 pairs in table 7.7 (municipality 1 at ample) 57 are concordant and 8 discordant;
    27 are tied in social learning and 39 in support: 49 / sqrt(93 * 81)."""
    assert kendall_tau_b(SOCIAL, SUPPORT) == pytest.approx((57 - 8) / math.sqrt(93 * 81))
    assert kendall_tau_b(SOCIAL, SUPPORT) == pytest.approx(0.5646, abs=0.0001)


def test_tau_b_is_that_of_scipy_and_of_pingouin():
    ours = kendall_tau_b(SOCIAL, SUPPORT)
    assert ours == pytest.approx(stats.kendalltau(SOCIAL, SUPPORT).statistic)
    theirs = pingouin.corr(SOCIAL, SUPPORT, method="kendall")
    assert ours == pytest.approx(theirs["r"].iloc[0])


def test_with_six_units_in_perfect_order_p_is_exact():
    """Of the 720 orders of six, one agrees wholly: 1/720 in one tail, twice that in two."""
    found = ordinal_association([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6])
    assert found.p == pytest.approx(2 / 720)
    assert found.value == 1
    assert found.interval is None
    assert "all 720 pairings" in found.method
    assert "same in every resample" in found.method


def test_the_permutation_p_agrees_with_going_through_all_pairings():
    """Seven units: all 5,040 pairings, against 10,000 drawn by hand with another generator."""
    x, y = [1, 1, 2, 2, 3, 3, 3], [1, 2, 1, 2, 2, 3, 3]
    found = ordinal_association(x, y)
    assert "all 5040 pairings" in found.method
    rng = np.random.default_rng(1)
    observed = kendall_tau_b(x, y)
    drawn = np.array([kendall_tau_b(x, rng.permutation(y)) for _ in range(4000)])
    tail = min(np.mean(drawn >= observed - 1e-9), np.mean(drawn <= observed + 1e-9))
    assert found.p == pytest.approx(min(1, 2 * tail), abs=0.025)


def test_the_same_seed_gives_the_same_numbers_and_another_seed_almost():
    first = ordinal_association(SOCIAL, SUPPORT, resamples=2000)
    assert ordinal_association(SOCIAL, SUPPORT, resamples=2000) == first
    other = ordinal_association(SOCIAL, SUPPORT, resamples=2000, seed=1)
    assert other.value == first.value
    assert other.p == pytest.approx(first.p, abs=0.01)


def test_the_bca_interval_is_that_of_scipy():
    """Where no resample is degenerate, the interval is that of scipy.stats.bootstrap."""
    x, y = np.array(SOCIAL, dtype=float), np.array(SUPPORT, dtype=float)
    ours, how = bootstrap_interval(x, y, kendall_tau_b, kendall_tau_b(x, y), resamples=4000)
    theirs = stats.bootstrap(
        (x, y),
        lambda a, b: stats.kendalltau(a, b).statistic,
        paired=True,
        vectorized=False,
        n_resamples=4000,
        method="BCa",
        rng=np.random.default_rng(5),
    ).confidence_interval
    assert ours[0] == pytest.approx(theirs.low, abs=0.08)
    assert ours[1] == pytest.approx(theirs.high, abs=0.08)
    assert "BCa" in how


def test_a_variable_that_is_constant_in_many_resamples_leaves_no_interval():
    found = ordinal_association([0, 0, 0, 0, 0, 1], [1, 2, 3, 1, 2, 3], resamples=500)
    assert found.interval is None
    assert "constant in" in found.method


@pytest.mark.parametrize("associate", [ordinal_association, nominal_association])
@pytest.mark.parametrize("units", range(FEWEST_UNITS))
def test_with_five_or_fewer_nothing_is_tested(associate, units):
    values = list(range(units))
    assert associate(values, values) == NoAssociation("few")


@pytest.mark.parametrize("associate", [ordinal_association, nominal_association])
def test_a_constant_variable_has_no_association(associate):
    assert associate([1] * 8, [1, 2] * 4) == NoAssociation("constant")
    assert associate([1, 2] * 4, [1] * 8) == NoAssociation("constant")


@pytest.mark.parametrize("associate", [ordinal_association, nominal_association])
def test_unequal_lengths_are_an_error(associate):
    with pytest.raises(ValueError, match="as many"):
        associate([1, 2], [1])


def test_fisher_exact_on_fishers_own_tea():
    """Fisher (1935): three of four cups right each way; two-sided p = 34/70."""
    found = nominal_association([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 1, 1, 1], resamples=99)
    assert found.p == pytest.approx(34 / 70)
    assert found.value == pytest.approx(0.5)


def test_fisher_freeman_halton_against_all_tables_counted_one_by_one():
    """A 2 x 3 table with margins 4, 4 and 3, 3, 2: every table with these margins, by hand."""
    rows = [0, 0, 0, 0, 1, 1, 1, 1]
    columns = [0, 0, 0, 1, 1, 1, 2, 2]
    total = math.comb(8, 4)

    def weight(a, b, c):
        return math.comb(3, a) * math.comb(3, b) * math.comb(2, c)

    tables = [(a, b, 4 - a - b) for a in range(4) for b in range(4) if 0 <= 4 - a - b <= 2]
    observed = weight(3, 1, 0)
    exact = sum(weight(*t) for t in tables if weight(*t) <= observed) / total
    assert nominal_association(rows, columns).p == pytest.approx(exact, abs=0.015)


def test_cramers_v_is_that_of_scipy():
    rows, columns = [0, 0, 1, 1, 2, 2, 2, 0], [0, 1, 1, 1, 0, 2, 2, 0]
    table = np.zeros((3, 3))
    np.add.at(table, (rows, columns), 1)
    theirs = stats.contingency.association(table.astype(int), method="cramer")
    assert cramers_v(rows, columns) == pytest.approx(theirs)


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_tau_b_is_symmetric_bounded_and_turns_with_the_order(cases):
    x, y = [a for a, _ in cases], [b for _, b in cases]
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    value = kendall_tau_b(x, y)
    assert -1 - 1e-9 <= value <= 1 + 1e-9
    assert kendall_tau_b(y, x) == pytest.approx(value)
    assert kendall_tau_b([-a for a in x], y) == pytest.approx(-value)
    assert kendall_tau_b([10 * a + 3 for a in x], y) == pytest.approx(value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert value == pytest.approx(stats.kendalltau(x, y).statistic)


@settings(max_examples=40, deadline=None)
@given(pairs, st.permutations(range(4)))
def test_cramers_v_is_bounded_and_doesnt_care_what_values_are_called(cases, names):
    x, y = [a for a, _ in cases], [b for _, b in cases]
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    value = cramers_v(x, y)
    assert -1e-9 <= value <= 1 + 1e-9
    assert cramers_v([names[a] for a in x], y) == pytest.approx(value)
    assert cramers_v(y, x) == pytest.approx(value)


@settings(max_examples=25, deadline=None)
@given(pairs)
def test_p_and_interval_stay_within_bounds_for_any_data(cases):
    x, y = [a for a, _ in cases], [b for _, b in cases]
    for associate in (ordinal_association, nominal_association):
        found = associate(x, y, resamples=60)
        if isinstance(found, NoAssociation):
            assert found.reason == "constant"
            continue
        assert 0 < found.p <= 1
        if found.interval is not None:
            low, high = found.interval
            assert -1 - 1e-9 <= low <= high <= 1 + 1e-9


@settings(max_examples=20, deadline=None)
@given(ranks)
def test_the_order_of_the_units_changes_nothing_but_the_draws(values):
    assume(len(set(values)) > 1)
    other = [value % 3 for value in values]
    assume(len(set(other)) > 1)
    assert kendall_tau_b(values, other) == pytest.approx(kendall_tau_b(values[::-1], other[::-1]))


@settings(max_examples=15, deadline=None)
@given(pairs, st.randoms(use_true_random=False))
def test_one_table_has_one_answer_however_it_is_laid(cases, shuffled):
    x, y = [a for a, _ in cases], [b for _, b in cases]
    again = list(cases)
    shuffled.shuffle(again)
    for associate in (ordinal_association, nominal_association):
        first = associate(x, y, resamples=99)
        assert associate(y, x, resamples=99) == first
        assert associate([a for a, _ in again], [b for _, b in again], resamples=99) == first
