"""The difference in change, its checks, levelling, regression to the mean and power."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evaluation.measures.change import Cell, NoDifference, difference, estimate_of
from evaluation.measures.drawing import CHUNK, orders, stream
from evaluation.measures.levelling import levelling
from evaluation.measures.panel import NEVER, comparisons, mean_change
from evaluation.measures.power import error_of_change, least_to_be_found, power_of_change
from evaluation.measures.regression_to_mean import expected_change, reliability_of_figure
from evaluation.measures.verdict import (
    CONTRADICTED,
    PLAUSIBLE,
    STRONG,
    UNSUPPORTED,
    grade,
    judge,
)
from tests.evaluation.measures.simulated import World, called, called_naively, programme

figures = st.lists(st.integers(-20, 20), min_size=10, max_size=10)


def covariance_by_hand(before, after, acted):
    """Least squares of the outcome on a constant, the figure before and acting."""
    design = np.column_stack([np.ones(len(before)), before, acted])
    line, *_rest = np.linalg.lstsq(design, after, rcond=None)
    left = after - design @ line
    variance = left @ left / (len(after) - 3) * np.linalg.inv(design.T @ design)
    return line[2], variance[2, 2] ** 0.5


@pytest.fixture
def some():
    rng = np.random.default_rng(3)
    values, starts = programme(World(2, effect=0.5), rng)
    return values, starts


def test_with_one_beginning_it_is_the_covariance_of_the_textbook(some):
    values, starts = some
    found = difference(comparisons(values, starts), resamples=4000)
    before, after, acted = values[:, :2].mean(axis=1), values[:, 2:].mean(axis=1), starts != NEVER
    estimate, error = covariance_by_hand(before, after, acted)
    assert found.estimate == pytest.approx(estimate)
    # Freedman-Lane agrees with Student where errors are normal, as they are here.
    student = 2 * stats.t.sf(abs(estimate / error), 41 - 3)
    assert found.p == pytest.approx(student, abs=0.02)
    assert found.interval == pytest.approx(
        (estimate - 2.02 * error, estimate + 2.02 * error), abs=0.1
    )
    assert (found.p < 0.05) == (not found.interval[0] <= 0 <= found.interval[1])


def test_leaving_one_out_is_as_if_it_had_never_been_there(some):
    values, starts = some
    found = difference(comparisons(values, starts), resamples=99)
    without = [
        estimate_of(comparisons(np.delete(values, unit, 0), np.delete(starts, unit)))
        for unit in range(41)
    ]
    assert found.lowest_without_one == pytest.approx(min(without))


def test_beginnings_at_different_periods_are_compared_each_at_its_own(some):
    """Made by hand: every figure is the organisation's own, plus 2 from where it acts, plus a trend
    that is nobody's doing. Some begin in the third period and some in the fourth."""
    rng = np.random.default_rng(8)
    own = rng.normal(0, 3, 20)
    starts = np.array([2] * 5 + [3] * 5 + [NEVER] * 10)
    values = own[:, None] + np.array([0.0, 1, 5, 6, 4])
    values += 2.0 * ((np.arange(5) >= starts[:, None]) & (starts != NEVER)[:, None])
    found = difference(comparisons(values, starts), resamples=999)
    assert found.estimate == pytest.approx(2)
    assert (found.acted, found.reference) == (10, 10)
    assert found.p == pytest.approx(0.001)
    assert found.interval == pytest.approx((2, 2))


def test_few_units_one_group_or_groups_apart_give_no_number():
    values = np.array([[1.0, 2], [2, 4], [3, 3], [4, 5], [5, 7], [6, 6]])
    for starts, reason in (
        ([1, 1, NEVER, NEVER, NEVER], "few"),
        ([1] * 6, "no_reference"),
        ([NEVER] * 6, "no_periods"),
        ([1, NEVER, NEVER, NEVER, NEVER, NEVER], "few"),
        ([0, 0, 0, NEVER, NEVER, NEVER], "no_periods"),
    ):
        units = len(starts)
        assert difference(comparisons(values[:units], np.array(starts))) == NoDifference(reason)
    apart = np.array([[1.0, 2], [1, 4], [1, 3], [9, 5], [9, 7], [9, 6]])
    found = difference(comparisons(apart, np.array([1, 1, 1, NEVER, NEVER, NEVER])))
    assert found == NoDifference("apart")


def test_an_organisation_without_a_figure_before_or_after_is_left_out():
    values = np.array(
        [[1.0, 3], [2, 4.5], [3, 5], [1, 1], [2, 2.2], [3, 3], [np.nan, 9], [9, np.nan]]
    )
    starts = np.array([1, 1, 1, NEVER, NEVER, NEVER, 1, NEVER])
    found = difference(comparisons(values, starts))
    assert (found.acted, found.reference) == (3, 3)
    without = difference(comparisons(values[:6], starts[:6]))
    assert found.estimate == pytest.approx(without.estimate)
    assert np.isnan(mean_change(values, starts)[6:]).all()


@given(figures, figures, st.floats(0.5, 4), st.floats(-50, 50))
@settings(deadline=None, max_examples=25)
def test_another_unit_or_a_common_trend_changes_nothing(before, after, scale, trend):
    acted = np.array([1.0] * 4 + [0.0] * 6)
    first, then = np.array(before, float), np.array(after, float)
    found = difference([Cell(then, first[:, None], acted)], resamples=99)
    moved = difference([Cell(then * scale + trend, first[:, None] * scale, acted)], resamples=99)
    if isinstance(found, NoDifference):
        assert found == moved
    else:
        assert moved.estimate == pytest.approx(found.estimate * scale, abs=1e-6)
        assert 0.01 <= found.p <= 1
        assert found.interval[0] <= found.estimate <= found.interval[1]


def test_chunks_are_the_same_whoever_draws_them_in_whatever_order():
    whole = np.concatenate(list(orders(9, 2 * CHUNK, seed=5)))
    second = np.argsort(stream(5, 1).random((CHUNK, 9)), axis=1)
    first = np.argsort(stream(5, 0).random((CHUNK, 9)), axis=1)
    assert (whole == np.vstack([np.arange(9), first, second])).all()


# --- The simulations, small: `make bench` runs each 1,000 times ---------------------------------


@pytest.mark.parametrize("periods", [1, 2, 4])
def test_choosing_the_weakest_makes_no_improvement(periods):
    """One side of 5% allows 2.5%; ten of 120 is far from that, and a naive test has 49."""
    assert called(World(periods), 120, resamples=199) < 10 / 120


def test_a_naive_test_of_the_weakest_is_fooled():
    assert 0.3 < called_naively(World(1), 200) < 0.55


def test_a_real_change_is_found():
    assert called(World(2, effect=0.8), 60, resamples=199) >= 0.65


@pytest.mark.parametrize(
    "world",
    [World(2, luck_goes_on=0.5), World(2, converging=0.4), World(4, rising=0.15)],
    ids=["luck goes on", "all converge", "the weak were rising already"],
)
def test_other_things_that_look_like_improvement_do_not_pass_for_it(world):
    assert called(world, 80, resamples=199) < 0.1


# --- What may be said ---------------------------------------------------------------------------


def test_each_grade_has_its_rule():
    rng = np.random.default_rng(4)
    own = rng.normal(50, 8, 30)
    starts = np.array([2] * 15 + [NEVER] * 15)
    still = own[:, None] + rng.normal(0, 2, (30, 4))
    acted = (starts != NEVER)[:, None] & (np.arange(4) >= 2)

    def judged(change, **more):
        return judge(still + change * acted, starts, resamples=999, **more)

    better, worse, none = judged(6), judged(-6), judged(0)
    assert grade(better, better.p) == STRONG
    assert better.rivals == ("not_drawn",)
    assert grade(better, 0.05) == UNSUPPORTED  # corrected for its family
    assert grade(worse, worse.p) == CONTRADICTED
    assert grade(none, none.p) == UNSUPPORTED
    assert none.rivals[0] == "chance"
    small = judged(6, least=8)
    assert (grade(small, small.p), small.rivals[0]) == (UNSUPPORTED, "too_small")
    one_before = judge((still + 6 * acted)[:, 1:], starts - (starts > 0), resamples=999)
    assert grade(one_before, one_before.p) == PLAUSIBLE
    assert "no_pre_trend" in one_before.rivals


def test_who_was_rising_already_is_not_said_to_improve_by_acting():
    rng = np.random.default_rng(6)
    starts = np.array([3] * 15 + [NEVER] * 15)
    values = rng.normal(50, 5, 30)[:, None] + rng.normal(0, 0.5, (30, 5))
    rising = np.where(starts != NEVER, 2.0, 0)[:, None] * np.arange(5)
    found = judge(values + rising, starts, resamples=999)
    assert found.difference.p < 0.01
    assert "already_rising" in found.rivals
    assert not found.improved


def test_organisations_fall_in_one_of_four():
    values = np.array([[1.0, 6], [2, 7], [3, 3.1], [1, 9], [2, 2], [3, 3], [4, np.nan]])
    found = judge(values, np.array([1, 1, 1, NEVER, NEVER, NEVER, NEVER]), least=1)
    counts = found.counts
    assert (counts.with_chain, counts.without_chain) == (2, 1)
    assert (counts.chain_only, counts.neither) == (1, 2)
    assert found.changed == (True, True, False, True, False, False, None)
    assert found.n == 6


def test_levelling_is_seen_where_the_weak_rise_and_the_best_do_not():
    rng = np.random.default_rng(2)
    before = rng.normal(50, 10, (30, 1))
    closer = 50 + (before - 50) * 0.4
    found = levelling(before, closer, resamples=999)
    assert found.levelled
    assert found.spread.change == pytest.approx(-0.6 * before.std(ddof=1))
    assert found.best.interval[1] < 0
    assert levelling(before, before + 5, resamples=999).levelled is False
    # A mean of four periods is no smaller spread: periods are compared one by one.
    four = rng.normal(50, 10, (200, 4))
    assert abs(levelling(four[:, :1], four[:, 1:], resamples=99).spread.change) < 2


def test_regression_to_the_mean_is_what_simulated_organisations_do():
    rng, changes, foretold = np.random.default_rng(1), [], []
    for _run in range(100):
        values, starts = programme(World(2), rng)
        acted = starts != NEVER
        changes.append(np.mean(values[acted, 2] - values[acted, 1]))
        foretold.append(expected_change(values[acted, 1].mean(), values[:, 1].mean(), 0.6).expected)
    assert np.mean(changes) == pytest.approx(np.mean(foretold), abs=0.05)
    assert reliability_of_figure(rng.normal(0, 1, (2, 3))) is None
    assert reliability_of_figure(np.ones((5, 3))) is None


def test_power_foretells_what_the_simulation_finds():
    """The standard error of theory is that of 200 estimates; power then follows."""
    rng, estimates = np.random.default_rng(9), []
    for _run in range(200):
        values, starts = programme(World(2, effect=0.8), rng)
        estimates.append(estimate_of(comparisons(values, starts)))
    assert np.mean(estimates) == pytest.approx(0.8, abs=0.05)
    assert np.std(estimates) == pytest.approx(error_of_change(20, 21, 0.6, 2, 2), abs=0.03)
    assert 0.7 < power_of_change(0.8, 20, 21, 0.6, 2, 2) < 0.9
    assert least_to_be_found(3, 2, 0.6, 2, 2) is None
