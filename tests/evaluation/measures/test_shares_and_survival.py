"""Shares, funnels and time to done, against published values and counts by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.measures.learning import RATINGS, USES, knowledge_use, rating_level
from evaluation.measures.shares import funnel
from evaluation.measures.survival import survival

SIX_MP = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
"""Weeks in remission with 6-MP: relapsed, and still well. Freireich and others (1963), Blood 21."""
counts = st.lists(st.integers(0, 40), min_size=1, max_size=6).map(lambda c: sorted(c, reverse=True))


def test_survival_of_freireichs_patients_is_as_printed_everywhere():
    relapsed, well = SIX_MP
    found = survival([*relapsed, *well], [True] * 9 + [False] * 12)
    assert (found.n, found.done, found.median) == (21, 9, 23)
    assert [step.at_risk for step in found.steps] == [21, 17, 15, 12, 11, 7, 6]
    assert [round(step.open, 3) for step in found.steps] == [
        0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448,
    ]  # fmt: skip
    # R's survfit(conf.type = "log-log"): 0.620 to 0.952 at 6 weeks, median 13 to NA.
    assert found.steps[0].interval == pytest.approx((0.620, 0.952), abs=0.001)
    assert found.median_interval == (13, None)


def test_a_median_of_what_is_done_alone_would_flatter():
    """Anchors: where most are open still, the median of the closed ones misleads."""
    closed, still_open = [5, 10, 12, 14, 20], [30, 30, 32, 40, 40, 40]
    found = survival([*closed, *still_open], [True] * 5 + [False] * 6)
    assert found.median is None
    assert survival(closed, [True] * 5).median == 12


def test_few_actions_have_a_curve_and_no_interval():
    found = survival([1, 2, 3], [True, True, False])
    assert found.median == 2
    assert found.median_interval is None
    assert all(step.interval is None for step in found.steps)
    assert survival([], []).median is None
    with pytest.raises(ValueError, match="negative"):
        survival([-1], [True])


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=20))
def test_a_curve_falls_and_ends_at_nought_only_when_the_last_is_done(rows):
    found = survival([time for time, _done in rows], [done for _time, done in rows])
    left = [1.0, *(step.open for step in found.steps)]
    assert left == sorted(left, reverse=True)
    last = max((time for time, _done in rows), default=0)
    all_done = bool(rows) and all(done for time, done in rows if time == last)
    assert (left[-1] < 1e-12) == all_done
    for step in found.steps:
        assert step.interval is None or step.interval[0] <= step.open <= step.interval[1]


def test_a_funnel_counts_each_link_against_the_one_before():
    stages = funnel([("figure", 20), ("signal", 10), ("action", 4), ("done", 0)])
    assert [stage.of_all.value for stage in stages] == [1, 0.5, 0.2, 0]
    assert [stage.of_previous.count for stage in stages] == [20, 10, 4, 0]
    assert stages[3].of_previous.interval == pytest.approx(
        (0, 0.4899), abs=0.0001
    )  # Wilson, 0 of 4
    with pytest.raises(ValueError, match="between 0 and n"):
        funnel([("signal", 1), ("action", 2)])


@given(counts)
def test_intervals_of_a_funnel_hold_their_share_and_stay_in_bounds(links):
    for stage in funnel([(str(place), count) for place, count in enumerate(links)]):
        for found in (stage.of_all, stage.of_previous):
            if found.value is not None:
                assert 0 <= found.interval[0] <= found.value <= found.interval[1] <= 1


@given(st.lists(st.sampled_from(USES)))
def test_uses_of_knowledge_are_named_once_and_in_order(mentions):
    found = knowledge_use(mentions)
    assert set(found) == set(mentions)
    assert list(found) == sorted(found, key=USES.index)


@given(st.lists(st.sampled_from(RATINGS), min_size=1))
def test_the_middle_rating_has_half_on_both_sides(ratings):
    level = RATINGS.index(rating_level(ratings))
    ranks = [RATINGS.index(rating) for rating in ratings]
    assert sum(rank <= level for rank in ranks) * 2 >= len(ranks)
    assert sum(rank >= level for rank in ranks) * 2 >= len(ranks)


def test_another_word_is_refused():
    with pytest.raises(ValueError, match="three ways"):
        knowledge_use(["political"])
    assert rating_level([]) is None
