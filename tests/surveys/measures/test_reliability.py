"""Alpha and what belongs to it, held to published values, to pingouin and to a count by hand."""

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.measures import distributions, moments, reliability
from surveys.measures.moments import moments_of
from surveys.measures.reliability import feldt_interval, reliability_of

# Chatterjee and Price (1977), Regression analysis by example, table 3.3: thirty departments of a
# large financial organisation, the percentage of favourable answers to seven questions.
QUESTIONS = ("rating", "complaints", "privileges", "learning", "raises", "critical", "advance")
ATTITUDE = """
43 51 30 39 61 92 45  63 64 51 54 63 73 47  71 70 68 69 76 86 48  61 63 45 47 54 84 35
81 78 56 66 71 83 47  43 55 49 44 54 49 34  58 67 42 56 66 68 35  71 75 50 55 70 66 41
72 82 72 67 71 83 31  67 61 45 47 62 80 41  64 53 53 58 58 67 34  67 60 47 39 59 74 41
69 62 57 42 55 63 25  68 83 83 45 59 77 35  77 77 54 72 79 77 46  81 90 50 72 60 54 36
74 85 64 69 79 79 63  65 60 65 75 55 80 60  65 70 46 57 75 85 46  50 58 68 54 64 78 52
50 40 33 34 43 64 33  64 61 52 62 66 80 41  53 66 52 50 63 80 37  40 37 42 58 50 57 49
63 54 42 48 66 75 33  66 77 66 63 88 76 72  78 75 58 74 80 78 49  48 57 44 45 51 83 38
85 85 71 71 77 74 55  82 82 39 59 64 78 39
"""
DEPARTMENTS = np.array(ATTITUDE.split(), dtype=int).reshape(-1, 7)


def published(*numbers):
    return [pytest.approx(number, abs=0.0005) for number in numbers]


def test_alpha_is_that_which_the_r_package_psych_gives_for_the_attitude_data():
    found = reliability.reliability(DEPARTMENTS.tolist())
    assert (found.n, round(found.alpha, 3)) == (30, 0.843)
    # psych::alpha(attitude), "Reliability if an item is dropped", raw_alpha.
    dropped = published(0.810, 0.797, 0.828, 0.803, 0.795, 0.864, 0.840)
    assert [item.alpha_if_dropped for item in found.items] == dropped


def test_an_interval_agrees_with_pingouin_once_incomplete_cases_are_dropped():
    import pingouin

    cases = pingouin.read_dataset("cronbach_wide_missing").dropna()
    found = reliability.reliability(cases.to_numpy().tolist())
    alpha, interval = pingouin.cronbach_alpha(cases)
    assert found.alpha == pytest.approx(alpha)
    assert found.interval == pytest.approx(tuple(interval), abs=0.0005)
    # The documentation of pingouin has 0.801695 (listwise) for these data.
    assert round(found.alpha, 6) == 0.801695


def test_item_rest_is_the_correlation_with_the_sum_of_the_others():
    frame = pd.DataFrame(DEPARTMENTS, columns=QUESTIONS)
    found = reliability.reliability(DEPARTMENTS.tolist()).items
    for name, item in zip(QUESTIONS, found, strict=True):
        rest = frame.drop(columns=name).sum(axis=1)
        assert item.item_rest == pytest.approx(frame[name].corr(rest))
        assert (item.mean, item.sd) == pytest.approx((frame[name].mean(), frame[name].std()))


def test_an_item_that_was_not_turned_around_is_pointed_at_and_turning_it_mends_it():
    answers = [(1, 2, 2, 5), (2, 2, 1, 4), (3, 3, 3, 3), (4, 5, 4, 2), (5, 4, 5, 1)]
    wrong = reliability.reliability(answers)
    assert wrong.against == (3,)
    right = reliability_of(moments_of(answers).turned(3, 6))
    assert right.against == ()
    assert right == reliability.reliability([(a, b, c, 6 - d) for a, b, c, d in answers])


def test_few_respondents_are_pointed_at():
    assert reliability.reliability([(1, 2), (3, 5)] * 14 + [(2, 2)]).is_few
    assert not reliability.reliability([(1, 2), (3, 5)] * 15).is_few


@pytest.mark.parametrize("rows", [[(3, 3)] * 6, [(1, 5), (5, 1)]])
def test_where_the_sum_is_the_same_for_everyone_there_is_no_alpha(rows):
    found = reliability.reliability(rows)
    assert (found.alpha, found.interval) == (None, None)


def test_one_respondent_has_no_deviation_and_no_alpha():
    found = reliability.reliability([(1, 2)])
    assert (found.n, found.alpha, found.items[0].mean, found.items[0].sd) == (1, None, 1, None)


@pytest.mark.parametrize("rows", [[], [(1, 2), (1,)], [(1,), (2,)]])
def test_what_is_no_scale_is_refused(rows):
    with pytest.raises(ValueError):
        reliability.reliability(rows)


def test_two_items_have_no_alpha_without_one_of_them():
    found = reliability.reliability([(1, 2), (2, 2), (4, 5)])
    assert [item.alpha_if_dropped for item in found.items] == [None, None]
    assert found.items[0].item_rest == pytest.approx(found.items[1].item_rest)


def test_chunks_come_to_the_same_as_all_at_once(monkeypatch):
    rows = DEPARTMENTS.tolist()
    whole = moments_of(rows)
    monkeypatch.setattr(moments, "CHUNK", 7)
    assert moments_of(iter(rows)) == whole


tables = st.integers(2, 5).flatmap(
    lambda k: st.lists(st.tuples(*[st.integers(1, 5)] * k), min_size=2, max_size=40)
)


@settings(deadline=None, max_examples=60)
@given(tables)
def test_alpha_is_that_of_the_covariance_matrix(rows):
    covariance = np.cov(np.array(rows, dtype=float), rowvar=False)
    k = len(rows[0])
    found = reliability.reliability(rows)
    if covariance.sum() < 1e-12:
        assert found.alpha is None or found.alpha < -1e6
    else:
        by_numpy = k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())
        assert found.alpha == pytest.approx(by_numpy)
        assert found.interval[0] <= found.alpha <= 1


@pytest.mark.parametrize("df1", [1, 4, 29, 999, 999_999])
@pytest.mark.parametrize("df2", [1, 12, 87, 2_999_997])
def test_quantiles_of_f_and_t_are_those_of_scipy(df1, df2):
    from scipy import stats

    for p in (0.005, 0.025, 0.5, 0.95, 0.975):
        assert distributions.f_quantile(p, df1, df2) == pytest.approx(stats.f.ppf(p, df1, df2))
    assert distributions.t_quantile(0.95, df2) == pytest.approx(stats.t.ppf(0.975, df2))


def test_a_wider_level_gives_a_wider_interval():
    narrow, wide = feldt_interval(0.8, 50, 4, level=0.9), feldt_interval(0.8, 50, 4, level=0.99)
    assert wide[0] < narrow[0] < 0.8 < narrow[1] < wide[1]


@pytest.mark.parametrize("module", [distributions, moments, reliability])
def test_the_examples_in_the_documentation_hold(module):
    assert doctest.testmod(module).failed == 0
