"""The curve of time to done, against published values and against scipy."""

import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcircles.measures import survival
from learningcircles.measures.survival import product_limit

SIX_MP = [6, 6, 6, 7, 10, 13, 16, 22, 23]
SIX_MP_CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def freireich():
    """Weeks in remission under 6-MP (Freireich et al. 1963, Blood 21: 699)."""
    return [(day, True) for day in SIX_MP] + [(day, False) for day in SIX_MP_CENSORED]


def test_the_remissions_of_freireich_have_the_published_curve_and_median():
    """Values as printed by Kleinbaum & Klein, Survival Analysis, table 2.2, and by SAS LIFETEST
    (whose interval of the median is that of log(-log S) too: 13 to not reached)."""
    curve = product_limit(freireich())
    published = [
        (6, 21, 3, 0.8571),
        (7, 17, 1, 0.8067),
        (10, 15, 1, 0.7529),
        (13, 12, 1, 0.6902),
        (16, 11, 1, 0.6275),
        (22, 7, 1, 0.5378),
        (23, 6, 1, 0.4482),
    ]
    assert [(s.day, s.at_risk, s.done, round(s.still_open, 4)) for s in curve.steps] == published
    assert (curve.median, curve.interval, curve.censored) == (23, (13, None), 12)


def test_where_nothing_is_censored_it_is_the_median_of_all():
    curve = product_limit([(day, True) for day in PLACEBO])
    assert (curve.median, curve.interval) == (8, (4, 11))


def test_leaving_out_what_is_open_would_flatter():
    done = [(day, True) for day in (10, 12, 14, 32)]
    assert product_limit(done).median == 12
    assert product_limit([*done, (40, False), (45, False), (50, False)]).median == 32


def test_a_half_that_is_never_reached_has_no_median():
    curve = product_limit([(5, True), (9, False), (9, False), (9, False)])
    assert (curve.median, curve.interval) == (None, (5, None))
    assert product_limit([(9, False)]).median is None
    assert product_limit([(9, False)]).interval is None
    assert product_limit([]).steps == ()


def test_a_half_that_is_reached_exactly_is_reached_whatever_the_rounding():
    curve = product_limit([(day, True) for day in range(1, 50)] + [(60, False)] * 49)
    assert curve.median == 49


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60))
def test_it_is_what_scipy_computes(durations):
    from scipy.stats import CensoredData, ecdf

    curve = product_limit(durations)
    ended = [day for day, done in durations if done]
    longer = [day for day, done in durations if not done]
    theirs = ecdf(CensoredData(uncensored=ended, right=longer)).sf
    for step in curve.steps:
        assert step.still_open == pytest.approx(theirs.evaluate(step.day), abs=1e-9)
        assert step.at_risk == curve.at_risk(step.day)


def test_its_intervals_are_what_scipy_computes():
    from scipy.stats import CensoredData, ecdf

    theirs = ecdf(CensoredData(uncensored=SIX_MP, right=SIX_MP_CENSORED)).sf
    interval = theirs.confidence_interval(method="log-log")
    for step in product_limit(freireich()).steps:
        assert step.low == pytest.approx(interval.low.evaluate(step.day), abs=1e-9)
        assert step.high == pytest.approx(interval.high.evaluate(step.day), abs=1e-9)


def test_its_examples_hold():
    assert doctest.testmod(survival).failed == 0
