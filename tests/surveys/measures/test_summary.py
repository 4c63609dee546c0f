"""Means, shares and changes, held to published values and to scipy."""

import doctest
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from surveys.measures import summary
from surveys.measures.summary import (
    change_of_groups,
    change_of_pairs,
    share_of,
    spread_of,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    # Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in
    # Medicine 17, table I, method 3 (score).
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_share_is_the_published_one(count, n, low, high):
    assert [round(end, 4) for end in wilson_interval(count, n)] == [low, high]


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_a_share_is_that_of_scipy(given):
    count, n = given
    expected = stats.binomtest(count, n).proportion_ci(method="wilson")
    assert wilson_interval(count, n) == pytest.approx(tuple(expected), abs=1e-9)


# Student (1908), The probable error of a mean, Biometrika 6: additional hours of sleep of ten
# patients under two soporifics, in tenths of an hour. He gives mean differences of 1.58.
SLEEP = [
    (7, 19),
    (-16, 8),
    (-2, 11),
    (-12, 1),
    (-1, -1),
    (34, 44),
    (37, 55),
    (8, 16),
    (0, 46),
    (20, 34),
]


def test_a_change_of_pairs_is_that_of_students_patients():
    before, now = zip(*SLEEP, strict=True)
    squares = sum((b - a) ** 2 for a, b in SLEEP)
    change = change_of_pairs(10, sum(before), sum(now), squares)
    assert change.value == pytest.approx(15.8)
    # R, t.test(extra ~ group, sleep, paired): 0.7001142 to 2.4598858.
    assert change.interval == pytest.approx((7.001142, 24.598858))
    assert change.is_clear and change.pairs == 10


def test_a_change_of_groups_is_that_of_welch():
    columns = [dict.fromkeys(column, 0) for column in zip(*SLEEP, strict=True)]
    for pair in SLEEP:
        for column, value in zip(columns, pair, strict=True):
            column[value] += 1
    change = change_of_groups(spread_of(columns[0]), spread_of(columns[1]))
    # R, t.test(extra ~ group, sleep): the other sign, -3.3654832 to 0.2054832, df = 17.776.
    assert change.interval == pytest.approx((-2.054832, 33.654832))
    assert not change.is_clear


answers = st.lists(st.integers(1, 11), min_size=2, max_size=60)


@given(answers)
def test_a_spread_is_what_the_answers_one_by_one_come_to(values):
    found = spread_of({value: values.count(value) for value in range(1, 12)})
    assert (found.n, found.median) == (len(values), statistics.median(values))
    assert found.mean == pytest.approx(statistics.fmean(values))
    assert found.sd == pytest.approx(statistics.stdev(values))
    if found.sd:
        scale = found.sd / len(values) ** 0.5
        expected = stats.t.interval(0.95, len(values) - 1, found.mean, scale)
        assert found.interval == pytest.approx(expected)


def test_several_answers_of_the_same_people_make_it_no_surer():
    once, twice = spread_of({2: 5, 4: 5}), spread_of({2: 10, 4: 10}, people=10)
    assert twice.interval[0] == pytest.approx(once.interval[0], abs=0.05)


def test_of_nobody_there_is_nothing():
    assert spread_of({1: 0}).mean is None
    assert share_of(0, 0).value is None and share_of(0, 0).interval is None
    assert change_of_pairs(0, 0, 0, 0) is None
    assert change_of_groups(spread_of({}), spread_of({1: 3})) is None


def test_of_one_there_is_no_interval():
    found = spread_of({4: 1})
    assert (found.mean, found.sd, found.interval) == (4, None, None)
    assert change_of_pairs(1, 2, 3, 1).interval is None
    assert change_of_groups(found, found).interval is None


def test_the_examples_in_the_documentation_hold():
    assert doctest.testmod(summary).failed == 0
